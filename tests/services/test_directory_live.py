"""`scim2 test`, somebody else's examination of a SCIM server, run against a real one on this machine."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.directories import connect

SCIM = Path(sys.executable).with_name("scim2")
PATIENCE = 120


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The academy on a port of its own, which it tells in its answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    here = f"http://127.0.0.1:{server.server_port}"
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, public_url=here)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        app.config["SETTINGS"] = before


def test_scim2_test_finds_nothing_to_mend(app: Flask, address: str) -> None:
    with app.app_context():
        token = connect()

    found = subprocess.run(  # noqa: S603  # our own tool, on our own server
        [SCIM, "--url", f"{address}/scim/v2", "--header", f"Authorization: Bearer {token}", "test"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    verdicts = Counter(re.findall(r"^([A-Z]+) \w+$", found.stdout, re.MULTILINE))
    assert verdicts.keys() <= {"SUCCESS", "SKIPPED"}, found.stdout + found.stderr
    assert verdicts["SKIPPED"] == 0, found.stdout
    assert verdicts["SUCCESS"] > 60
