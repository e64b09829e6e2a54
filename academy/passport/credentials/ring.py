"""Where the private keys are: in the environment, or in a file that only its owner may read."""

import os
import secrets
import stat
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app

from academy.passport.credentials.keys import BrokenKeys, Pair, new_pair, read_pair
from academy.settings import BrokenSetting, Settings

FILE = "signing-keys.pem"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def init_app(app: Flask, config: Settings) -> None:
    """Refuses to start on keys that cannot sign, or that others may read; raises BrokenSetting."""
    app.extensions["academy.signing-keys"] = config
    if config.signing_keys:
        _given(config.signing_keys)
    elif (file := config.home / FILE).exists():
        if file.stat().st_mode & OTHERS:
            raise BrokenSetting(f"Others may read {file}. Say: chmod 600 {file}")
        _kept(file)


def current() -> Pair:
    """The keys of the academy; made and kept the first time they are asked for."""
    config = _config()
    if config.signing_keys:
        return _given(config.signing_keys)
    file = config.home / FILE
    if not file.exists():
        _keep_first(file, new_pair())
    return _kept(file)


def are_given() -> bool:
    """Do the keys come from the environment?"""
    return bool(_config().signing_keys)


def put(pair: Pair) -> None:
    """From now on these sign; every process of this machine sees it at its next signature."""
    file = _config().home / FILE
    _aside(file, pair).replace(file)


def _config() -> Settings:
    config: Settings = current_app.extensions["academy.signing-keys"]
    return config


def _kept(file: Path) -> Pair:
    known = file.stat()
    return _read(file, known.st_mtime_ns, known.st_ino)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int, _number: int) -> Pair:
    try:
        return read_pair(file.read_text(encoding="ascii"))
    except (BrokenKeys, UnicodeDecodeError) as error:
        raise BrokenSetting(f"{file} does not hold the signing keys: {error}.") from error


@lru_cache(maxsize=8)
def _given(text: str) -> Pair:
    try:
        return read_pair(text)
    except BrokenKeys as error:
        raise BrokenSetting(f"ACADEMY_SIGNING_KEYS: {error}.") from error


def _keep_first(file: Path, pair: Pair) -> None:
    """Two processes may come at once: the first one's keys stay, whole."""
    made = _aside(file, pair)
    try:
        os.link(made, file)
    except FileExistsError:
        return
    finally:
        made.unlink()


def _aside(file: Path, pair: Pair) -> Path:
    made = file.with_name(f".{FILE}.{secrets.token_hex(6)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(pair.text)
        stream.flush()
        os.fsync(stream.fileno())
    return made
