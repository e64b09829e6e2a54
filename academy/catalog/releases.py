"""The content in force: read when the academy starts, held in memory by every worker."""

from pathlib import Path

from flask import Flask, current_app

from academy.catalog.pack import read_pack
from academy.catalog.tree import Catalog

_SHELF = "academy.catalog"


def init_app(app: Flask, folder: Path) -> None:
    """Read the pack; raises BrokenPack with every mistake."""
    app.extensions[_SHELF] = read_pack(folder)


def current() -> Catalog:
    """The content of this worker."""
    catalog: Catalog = current_app.extensions[_SHELF]
    return catalog
