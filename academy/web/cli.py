"""flask academy collect-static: for a proxy that serves static files itself."""

import shutil
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from academy.web.headers import fingerprint


@click.command("collect-static")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def collect_static(folder: Path) -> None:
    """Write the static files to FOLDER, each below the `v` of its address.

    Those of other versions stay: pages that are open still ask for them.
    """
    static = Path(current_app.static_folder or "")
    written = sum(_copied(file, static, folder) for file in static.rglob("*") if file.is_file())
    click.echo(f"{written} files written; the others were there.")


def _copied(file: Path, static: Path, folder: Path) -> bool:
    """Whole or not at all, as a proxy may read it meanwhile."""
    to = folder / fingerprint(file) / file.relative_to(static)
    if to.exists():
        return False
    to.parent.mkdir(parents=True, exist_ok=True)
    new = to.with_name(f"{to.name}.new")
    shutil.copyfile(file, new)
    new.replace(to)
    return True


COMMANDS = (collect_static,)
"""What `flask academy` gathers."""
