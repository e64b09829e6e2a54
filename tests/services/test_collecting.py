"""Static files for a proxy stand where the `v` of their address says."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask, url_for


def test_each_file_stands_below_the_v_of_its_address(sqlite_app: Flask, tmp_path: Path) -> None:
    def collected() -> str:
        answer = sqlite_app.test_cli_runner().invoke(
            args=["academy", "collect-static", str(tmp_path)]
        )
        assert answer.exit_code == 0
        return answer.output

    static = Path(str(sqlite_app.static_folder))
    names = [file.relative_to(static).as_posix() for file in static.rglob("*") if file.is_file()]

    assert collected() == f"{len(names)} files written; the others were there.\n"
    with sqlite_app.test_request_context():
        for name in names:
            version = parse_qs(urlsplit(url_for("static", filename=name)).query)["v"][0]
            assert (tmp_path / version / name).read_bytes() == (static / name).read_bytes()
    assert collected().startswith("0 files")
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == len(names)
