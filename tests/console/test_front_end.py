import re
from pathlib import Path

import logindrill.console

STATIC = Path(logindrill.console.__file__).parent / "static"
TEMPLATES = STATIC.parent / "templates"
LARGEST = 34_000


def test_styles_and_scripts_stay_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.iterdir() if path.suffix in {".css", ".js"}) <= LARGEST


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    for path in [*TEMPLATES.rglob("*.html"), *STATIC.iterdir()]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! type=\"module\" src=)", text), path
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), path
