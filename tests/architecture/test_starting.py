"""What a process pays for at its start, whatever it is then asked."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

HEAVY = ("numpy", "scipy", "openpyxl", "alembic", "typst", "icalendar")
STARTED = f"""
import sys
from academy import create_app, settings
create_app(settings.read({{"ACADEMY_HOME": sys.argv[1], "ACADEMY_DEMO": "1"}}))
print(*(name for name in {HEAVY} if name in sys.modules))
"""


def test_a_web_process_does_not_carry_what_the_worker_counts_with(tmp_path: Path) -> None:
    """40 MB in each of them, of which jobs, files, papers and migrations alone make use."""
    begun = [sys.executable, "-c", STARTED, str(tmp_path)]
    made = subprocess.run(  # noqa: S603  # our own program
        begun, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert made.stdout.split() == []
