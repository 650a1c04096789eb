"""What has changed: counted from the learner's first answers, said in words, kept by nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from IPython.utils.capture import capture_output

import notthesame as nts
from notthesame.my_change import MyChange
from notthesame.questions import answers, forms
from notthesame.questions.shown import in_few_words, of_which_case
from notthesame.statistics.two_forms import usual_difference

PAIRS = forms.pairs()
N = len(PAIRS)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "_store", found)
    monkeypatch.setattr(answers, "load", found.load)
    return found


def give(
    store: answers.Store, before: Sequence[str], after: Sequence[str], sure: float | None = None
) -> None:
    """Answer the forms from their beginning: each answer a status."""
    for form, statuses in (("before", before), ("after", after)):
        for pair, status in zip(PAIRS, statuses, strict=False):
            name = getattr(pair, form).id
            store.record(name, "a", status=status, credit=None, confidence=sure)


def pressed() -> MyChange:
    shown = MyChange()
    shown.pressed += 1
    assert shown.told == 1
    return shown


def lines(shown: MyChange) -> str:
    return "\n".join(shown.parts[0]["lines"])


def test_with_no_answers_it_says_so_in_a_line(store: answers.Store) -> None:
    shown = pressed()
    assert shown.message == f"None of the {N} pairs is answered in both forms yet."
    assert lines(shown) == "Answered so far: 0 of form A (lesson 00), 0 of form B (lesson 13)."
    assert not shown.parts[0]["rows"] and not shown.parts[1]["rows"] and not shown.parts[1]["picture"]


def test_only_pairs_answered_in_both_forms_count(store: answers.Store) -> None:
    give(store, ["right", "wrong", "wrong", "right", "right"], ["right", "right", "partly right", "wrong"])
    shown = pressed()
    assert shown.message == "Of 4 pairs answered in both forms: 2 right before, 2 right after."
    assert "right after: 1. The other way: 1. Right both times: 1. Neither time: 1." in lines(shown)
    told = [row[2:] for row in shown.parts[0]["rows"]]
    assert told == [
        ["Right", "Right"],
        ["Not right", "Right"],
        ["Not right", "Partly right"],
        ["Right", "Not right"],
        ["Answered", "Open"],  # nothing is told of form A while its parallel is open
    ]


def test_a_question_is_known_by_its_case_too(store: answers.Store) -> None:
    give(store, ["right"], ["right"])
    [row] = pressed().parts[0]["rows"]
    asked = PAIRS[0].after
    assert row[1] == f"{of_which_case(asked)} {in_few_words(asked)}" and row[1].startswith(asked.case[:20])


def test_the_first_answer_to_a_question_counts(store: answers.Store) -> None:
    give(store, ["wrong"], ["wrong"])
    give(store, ["right"], ["right"])
    assert pressed().message == "Of 1 pair answered in both forms: 0 right before, 0 right after."


@pytest.mark.parametrize("gained", [0, 1, 4, 5, 6, 12, 15])
@pytest.mark.parametrize("falls", [False, True])
def test_what_luck_may_make_is_computed_and_said(store: answers.Store, gained: int, falls: bool) -> None:
    low, high = ["wrong"] * N, ["right"] * gained + ["wrong"] * (N - gained)
    give(store, *((high, low) if falls else (low, high)))
    shown = pressed()
    usual = usual_difference(N, (gained + 1) / (2 * N + 2))
    assert f"differs by up to {usual} on two forms of {N} questions in 95 of 100 cases" in lines(shown)
    assert ("which may be luck" in lines(shown)) == (0 < gained <= usual)
    assert ("more than luck usually makes" in lines(shown)) == (gained > usual)
    assert ("does not show that nothing has changed" in lines(shown)) == (gained == 0)
    assert "Nobody has measured whether form B is as hard" in lines(shown)


def test_the_confidences_are_counted_beside_it(store: answers.Store) -> None:
    give(store, ["right"] * 3 + ["wrong"] * 2, ["right"] * 5, sure=70)
    part = pressed().parts[1]
    assert part["rows"][0][:3] == ["70", "10", "80 (8 of 10)"] and part["picture"]
    assert 60 <= len(part["alt"]) <= 300
    words = " ".join([*part["lines"], part["caption"], *part["heads"], part["alt"]])
    assert "95 per cent interval fits with yours" in words
    assert "Wilson" not in words and "interval game" not in words  # taught in lessons that a route leaves out


def test_damaged_lines_are_told_and_harm_nothing(store: answers.Store) -> None:
    give(store, ["right"], ["right"])
    (store.folder / "answers-0123456789abcdef.jsonl").write_bytes(b"{nonsense\n\xff\xfe\n")
    shown = pressed()
    assert shown.message.startswith("Of 1 pair answered")
    assert "2 lines of your answers cannot be read and do not count: nts.my_answers() shows them." in lines(
        shown
    )


def test_nothing_is_shown_before_the_press_and_nothing_saved_after(store: answers.Store) -> None:
    with capture_output() as before:
        nts.my_change()
    give(store, ["right"] * N, ["right"] * N, sure=90)
    with capture_output() as after:
        nts.my_change()
    assert before.stdout == after.stdout and "Run this cell to see what has changed" in after.stdout
    shown = MyChange()
    assert not shown.parts and not shown.message
    shown.pressed += 1
    assert shown.parts and shown.message
    saved = {**shown.get_state(), **shown.instead}
    assert not any(saved[name] for name in ("pressed", "told", "message", "parts"))
    assert "Before and after" not in json.dumps({k: v for k, v in saved.items() if k in shown.theirs})


def test_it_writes_nothing(store: answers.Store, tmp_path: Path) -> None:
    give(store, ["right"] * N, ["wrong"] * N, sure=90)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    pressed()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before != {}


def test_where_recording_is_off_it_says_so(store: answers.Store) -> None:
    nts.do_not_record()
    try:
        give(store, ["right"], ["right"], sure=90)
        assert any("Recording is off" in line for line in pressed().parts[1]["lines"])
    finally:
        nts.do_not_record(False)
