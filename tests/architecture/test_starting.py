"""What a process pays for at its start, whatever it is then asked."""

import json
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

HEAVY = ("numpy", "scipy", "openpyxl", "alembic", "typst", "icalendar")
NEEDED = ("holidays.countries", "huey")
READY = f"""
import json, os, sys, threading
os.environ.update(ACADEMY_HOME=sys.argv[1], ACADEMY_DEMO="1")
from academy import serving
from academy.database import db
serving.make_ready(serving.app)
with serving.app.app_context():
    pool = db.engine.pool
    told = {{"connections": pool.checkedin() + pool.checkedout()}}
told["threads"] = threading.active_count()
told["modules"] = [name for name in {HEAVY + NEEDED} if name in sys.modules]
kept = {{name for _loader, name in serving.app.jinja_env.cache.keys()}}
told["templates missing"] = sorted({{*serving.app.jinja_env.list_templates()}} - kept)
print(json.dumps(told))
"""


def test_web_processes_share_what_all_of_them_need_and_nothing_else(tmp_path: Path) -> None:
    """What is for jobs, files and papers alone is 40 MB in each; connections and threads do not fork."""
    begun = [sys.executable, "-c", READY, str(tmp_path)]
    made = subprocess.run(  # noqa: S603  # our own program
        begun, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert json.loads(made.stdout) == {
        "connections": 0,
        "threads": 1,
        "modules": list(NEEDED),
        "templates missing": [],
    }
