"""A hand-in: what is shown is what is written, nothing is written before, and it tells nothing else."""

from __future__ import annotations

import getpass
import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython.utils.capture import capture_output

import notthesame as nts
from notthesame.front.widget import keep_out_of_notebooks
from notthesame.hand_in import Gathered, HandInButton, gathered
from notthesame.questions import answers, hand_in_file, pseudonyms, records, view
from notthesame.questions.hand_in_file import HandIn, Item, Text, read

NAME = re.compile("hand-in-([0-9a-f]{16})(-[0-9]+)?[.]json")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    """A store of its own, and an empty folder to work in."""
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "_store", found)
    for name in ("record", "latest", "load", "pseudonym"):
        monkeypatch.setattr(answers, name, getattr(found, name))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(records, "today", lambda: records.datetime.date(2026, 11, 29))  # type: ignore[attr-defined]
    return found


@pytest.fixture
def given(store: answers.Store) -> answers.Store:
    """Answers to three questions, one of them of a test, and one task with words of the learner's own."""
    view.answer("02-destitute", "a", 80)
    view.answer("00-pre-park-lamps", "b", 50)
    view.answer("02-destitute", "c")
    view.answer("00-typed-call", "b")
    view.answer("02-destitute", "b", 90)
    store.record("03-share", ["I am Ann"], status="wrong", credit=0.0)
    store.record("02-gender", ["a draft"], status=None, credit=None)
    store.record("02-gone", "a", status="wrong", credit=0.0)
    return store


ITEMS = (
    Item("00-pre-park-lamps", 1, "b", "right", 50, "2026-11-29"),
    Item("00-typed-call", 1, "b", "right", None, "2026-11-29"),
    Item("02-destitute", 1, "a", "wrong", 80, "2026-11-29"),
    Item("02-destitute", 3, "b", "right", 90, "2026-11-29"),
)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def the_file() -> Path:
    [path] = Path.cwd().iterdir()
    return path


def shown(**named: Any) -> str:
    """What the call shows, as text."""
    with capture_output() as seen:
        assert nts.hand_in(**named) is None
    # Where a test before this one has started IPython's shell, what is displayed is no longer printed.
    told = seen.stdout + "".join(f"{output.data['text/plain']}\n" for output in seen.outputs)
    assert told.endswith("\nRun this cell to write a hand-in\n")
    return str(told)


def test_showing_writes_nothing_and_names_each_answer(given: answers.Store, tmp_path: Path) -> None:
    before = files(tmp_path)
    text = shown()
    assert files(tmp_path) == before
    assert "Nothing is written yet. The file would hold 4 answers to 3 questions." in text
    rows = [line.split("; ") for line in text.splitlines() if line.endswith("; 2026-11-29")]
    assert len(rows) == 4 and rows[0][-3:] == ["after the test", "50 per cent", "2026-11-29"]
    assert [row[-4:-2] for row in rows[2:]] == [["1", "Not right"], ["3", "Right"]]
    assert "I am Ann" not in text and "in 1 task is not in it; nts.hand_in(texts=True)" in text
    assert "Left out: 1 answer to what this version does not ask." in text
    assert "nts.export_answers(" in text and "nts.delete_answers()" in text


def test_a_press_writes_what_was_shown(given: answers.Store) -> None:
    button = HandInButton(gathered(None, False))
    button.set_state({"pressed": 1})
    whole = read(the_file().read_bytes())
    assert whole.items == ITEMS and not whole.texts and whole.day == "2026-11-29"
    assert button.told == 1 and button.message.startswith(
        f"Written beside this notebook: {the_file().name}. It holds 4 answers to 3 questions."
    )
    assert the_file().name == f"hand-in-{whole.pseudonym}.json"


def test_words_of_ones_own_are_in_it_only_when_asked_for(given: answers.Store) -> None:
    assert "what you typed in tasks, word for word" in shown(texts=True) and "I am Ann" in shown(texts=True)
    assert "Written beside this notebook: " in str(nts.hand_in(texts=True, write=True))
    assert read(the_file().read_bytes()).texts == (Text("03-share", 1, ("I am Ann",), "wrong", "2026-11-29"),)
    assert b"a draft" not in the_file().read_bytes()


def test_one_lesson_alone(given: answers.Store) -> None:
    assert "hold 2 answers to 1 question." in shown(lesson=2)
    nts.hand_in("02", write=True)
    assert read(the_file().read_bytes()).items == ITEMS[2:]
    assert nts.hand_in("05") == "No answers of lesson 05 to hand in yet."
    task_only = 'What you typed in 1 task is not in it; nts.hand_in("03", texts=True) adds it'
    assert nts.hand_in("03") == f"No answers of lesson 03 to hand in yet. {task_only}, word for word."


def test_it_tells_nothing_of_person_place_or_machine(given: answers.Store, tmp_path: Path) -> None:
    nts.hand_in(write=True)
    path, text = the_file(), the_file().read_text(encoding="ascii")
    for told in (getpass.getuser(), socket.gethostname(), str(tmp_path), str(Path.home()), str(os.getpid())):
        assert told not in text or len(told) < 6
    assert not re.search("[0-9]{1,2}:[0-9]{2}", text)
    assert path.stat().st_mtime % 86_400 == 43_200  # noon, whenever it was
    keys = {key for entry in json.loads(text)["items"] for key in entry}
    assert keys == {"question", "rank", "response", "status", "confidence", "day"}


@pytest.mark.parametrize("order", [("02-destitute", "00-title"), ("00-title", "02-destitute")])
def test_in_which_order_questions_were_answered_is_not_told(store: answers.Store, order: Any) -> None:
    for name in order:
        view.answer(name, "b", 70)
    found = gathered(None, False)
    assert [(item.question, item.rank) for item, _ in found.items] == [("00-title", 1), ("02-destitute", 1)]


def test_a_pseudonym_is_kept_until_answers_are_deleted(given: answers.Store, tmp_path: Path) -> None:
    assert not (tmp_path / "answers" / pseudonyms.FILE).exists()
    first = given.pseudonym()
    assert given.pseudonym() == first == answers.Store(tmp_path / "answers").pseudonym()
    assert given.pseudonym() != answers.Store(tmp_path / "others").pseudonym()
    assert "the pseudonym of your hand-ins" in given.delete()
    assert given.pseudonym() == first
    assert "The pseudonym of your hand-ins is deleted too." in given.delete(sure=True)
    assert files(tmp_path / "answers") == []
    assert "pseudonym" not in given.delete(sure=True)
    assert given.pseudonym() != first


@pytest.mark.parametrize("content", [b"", b"Ann", b"0123456789abcdeg", b"\xff" * 16, b"=1+1", b"a" * 10**6])
def test_what_is_no_pseudonym_is_not_handed_in(given: answers.Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "answers" / pseudonyms.FILE).write_bytes(content)
    said = str(nts.hand_in(write=True))
    assert "beside your answers, holds no pseudonym; delete it for a new one. Nothing was written." in said
    assert not [*Path.cwd().iterdir()]


def test_nothing_is_overwritten_and_the_same_not_written_twice(given: answers.Store) -> None:
    nts.hand_in(write=True)
    first, content = the_file(), the_file().read_bytes()
    assert nts.hand_in(write=True) == f"{first.name} is there already and holds just this."
    view.answer("02-destitute", "d")
    assert f"{first.stem}-2.json" in str(nts.hand_in(write=True))
    (Path(f"{first.stem}-3.json")).write_text("mine")
    view.answer("00-typed-call", "a")
    assert f"{first.stem}-4.json" in str(nts.hand_in(write=True))
    assert first.read_bytes() == content and Path(f"{first.stem}-3.json").read_text() == "mine"
    assert all(map(NAME.fullmatch, os.listdir()))


def test_answers_that_changed_since_are_to_be_seen_first(given: answers.Store) -> None:
    button = HandInButton(gathered(None, False))
    view.answer("00-typed-call", "a")
    button.pressed += 1
    assert button.message.startswith("Your answers have changed. Run this cell again")
    given.delete(sure=True)
    button.pressed += 1
    assert button.told == 2 and button.message.startswith("Your answers have changed.")
    assert not [*Path.cwd().iterdir()]


@pytest.fixture
def recording_again() -> Any:
    yield
    keep_out_of_notebooks(False)


@pytest.mark.usefixtures("recording_again")
def test_where_nothing_is_recorded_there_is_nothing_to_hand_in(given: answers.Store, tmp_path: Path) -> None:
    button = HandInButton(gathered(None, False))
    nts.do_not_record()
    before = files(tmp_path)
    line = "Recording is off in this session, so there is nothing to hand in."
    assert nts.hand_in() == nts.hand_in(write=True) == nts.hand_in("02", texts=True) == line
    button.pressed += 1
    assert button.message == f"{line} Nothing was written."
    view.answer("02-debt", "a")
    nts.do_not_record(False)
    assert "02-debt" not in {item.question for item, _ in gathered(None, False).items}
    assert files(tmp_path) == before


@pytest.mark.parametrize("folder", ["nowhere", "a\0b", "file", Path("nowhere")])
def test_a_folder_that_takes_nothing_is_said_in_a_line(given: answers.Store, folder: Any) -> None:
    Path("file").write_text("")
    said = str(nts.hand_in(folder=folder, write=True))
    assert said.startswith("The hand-in cannot be written") and said.endswith("Nothing was written.")
    assert said.splitlines() == [said] and os.listdir() == ["file"]
    assert not (given.folder / pseudonyms.FILE).exists()


def test_without_a_place_for_the_pseudonym_nothing_is_written(given: answers.Store) -> None:
    (given.folder / pseudonyms.FILE).mkdir()
    said = str(nts.hand_in(write=True))
    assert said.startswith("The hand-in cannot be written: a pseudonym cannot be kept beside your answers (")
    assert said.splitlines() == [said] and not os.listdir()


@pytest.mark.usefixtures("given")
def test_a_folder_of_ones_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    said = str(nts.hand_in(folder="~", write=True))
    [path] = (tmp_path / "home").iterdir()
    assert str(Path("~") / path.name) in said and str(tmp_path) not in said


def test_what_would_be_too_large_says_what_to_do(
    given: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_in_file, "MOST", 100)
    said = str(nts.hand_in(write=True))
    assert "allowed: at most 100. Hand in one lesson, as in" in said and not os.listdir()


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: nts.hand_in("99"), "There is no lesson '99'; allowed: None for all, or 00, 01"),
    (lambda: nts.hand_in(True), "There is no lesson True"),
    (lambda: nts.hand_in(["02"]), "There is no lesson"),  # type: ignore[arg-type]
    (lambda: nts.hand_in("../02"), "There is no lesson '../02'"),
    (lambda: nts.hand_in(texts="no"), "texts is 'no'; allowed: True or False"),  # type: ignore[arg-type]
    (lambda: nts.hand_in(write=1), "write is 1; allowed: True or False"),  # type: ignore[arg-type]
    (lambda: nts.hand_in(folder=None), "folder is None; the name of a folder"),  # type: ignore[arg-type]
    (lambda: nts.hand_in(folder=""), "folder is ''"),
]


@pytest.mark.parametrize(("call", "words"), BAD)
def test_another_value_is_refused(store: answers.Store, call: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


def test_a_saved_notebook_never_tells_the_pseudonym(given: answers.Store) -> None:
    button = HandInButton(gathered(None, False))
    button.pressed += 1
    name = read(the_file().read_bytes()).pseudonym
    assert name in button.message and name not in shown() and name not in repr(gathered(None, True))
    assert {**button.get_state(), **button.instead}["message"] == ""


def test_damage_and_answers_of_another_form_are_left_out(store: answers.Store, tmp_path: Path) -> None:
    view.answer("02-destitute", "b")
    store.record("02-debt", "somebody's words", status="wrong", credit=0.0)
    (tmp_path / "answers" / "answers-x.jsonl").write_text("{\n")
    found = gathered(None, False)
    assert (len(found.items), found.unfit, found.damaged) == (1, 1, 1)
    assert "somebody" not in repr(found) and "1 line of your answers that cannot be read" in repr(found)


def test_a_hand_in_of_every_question_fits_many_times(store: answers.Store) -> None:
    from notthesame import questions

    items = tuple(
        Item(name, rank, tuple("abcdefgh"), "partly right", 99.5, "2026-11-29")
        for name in sorted(questions.known_questions())
        for rank in (1, 999)
    )
    assert len(hand_in_file.encode(HandIn("0" * 16, "2026-11-29", items))) < hand_in_file.MOST / 5


def test_the_text_that_stands_for_it_says_the_same(given: answers.Store) -> None:
    found = gathered(None, True)
    assert isinstance(found, Gathered)
    text, html = repr(found), str(found.__html__())
    one = str(gathered("02", False).__html__())
    assert "<details>" in html and "<details>" not in one and "02 What the law calls trafficking" in one
    for words in ("Nothing is written yet.", "I am Ann", "80 per cent", "03-share"):
        assert words in text and words in html
