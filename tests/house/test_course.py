"""Where the course's files lie, from wherever a notebook runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from notthesame.course import course


@pytest.mark.parametrize(
    ("folder", "up"),
    [("lessons", "../"), ("exercises", "../"), ("exercises/solutions", "../../"), ("", "")],
)
def test_a_link_leads_to_data_from_every_shelf(folder: str, up: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course().root / folder)
    assert course().link_to_data("ledger.md#x") == f"{up}data/ledger.md#x"
    assert folder == "" or (Path.cwd() / course().link_to_data("ledger.md")).is_file()


def test_elsewhere_a_link_keeps_its_usual_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert course().link_to_data("ledger.md") == "../data/ledger.md"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"The course has no data/nothing\.csv"):
        course().file("data", "nothing.csv")
