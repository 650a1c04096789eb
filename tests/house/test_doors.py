"""The README's pictures and its table of doors: each is there, and what it tells to type is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from notthesame import cli
from notthesame.site import live
from tests.house.checkout import ROOT
from tests.setup.loaded import load_start

README = (ROOT / "README.md").read_text("utf-8")
TABLE = README.partition("## Every door")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line[:1] == "|"
]
COMMANDS = sorted(set(re.findall(r"`python start\.py([^`]*)`", README)))
PICTURES = re.findall(r"!\[(.*?)\]\((.*?)\)", README)


def test_every_door_says_all_that_is_asked_of_it() -> None:
    heads, _, *doors = ROWS
    assert len(heads) == 8 and all(len(door) == 8 and all(door) for door in doors)
    named = {re.sub(r"\[(.*?)\].*", r"\1", door[0]) for door in doors}
    assert named == {"JupyterLab", "Pages", "Browser lab", "Binder", "conda", "Hub", "LMS", "Stick", "Paper"}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_one_that_start_and_the_package_understand(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    verb, *words = command.split() or ["lab"]
    start = load_start()
    assert verb in {"lab", "setup", *start.TRANSLATED, *start.PASSED_ON}
    called = start.PASSED_ON.get(verb, ((), []))[1]
    if called[:2] == ["-m", "notthesame"]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*called[2:], *words, "--help"])
        assert ended.value.code == 0, capsys.readouterr().err


def test_the_table_counts_the_labs_that_run_in_a_page() -> None:
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    pages = next(row for row in ROWS if row[0] == "Pages")
    assert pages[5].startswith(f"{words[len(live.PURE)]} live")


def test_a_lesson_a_lab_and_the_pages_are_shown_light_small_and_in_words() -> None:
    assert [Path(place).stem for _, place in PICTURES] == ["lesson", "lab", "site"]
    for alt, place in PICTURES:
        assert 60 <= len(alt) <= 300
        assert (ROOT / place).stat().st_size <= 150_000
        with Image.open(ROOT / place) as picture:
            assert picture.size == (1366, 768)
            assert sum(picture.convert("L").resize((1, 1)).tobytes()) > 200
