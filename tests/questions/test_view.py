"""The question on the page, in Python alone: static block, payload, control by its traits, typed answers."""

from __future__ import annotations

import ast
import errno
import html
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from anywidget import AnyWidget

from notthesame import _reading, questions
from notthesame._reading import shown
from notthesame.course import course
from notthesame.questions import Question, answers, replies, scoring, static, view
from notthesame.questions.replies import reply
from notthesame.questions.static import payload, static_block
from notthesame.questions.view import Control, answer
from tests.ordinary import NO_NUMBERS, NUMBERS

BANK_FILE = Path(__file__).parents[1] / "fixtures" / "questions" / "bank.py"
FIXTURES: dict[str, Question] = runpy.run_path(str(BANK_FILE))["QUESTIONS"]
REAL = questions.known_questions() if any((course().questions).glob("[0-9][0-9].yaml")) else {}
EVERY = {**FIXTURES, **REAL}
PRACTICE = [question for question in EVERY.values() if question.mode == "practice"]
TESTS = [question for question in EVERY.values() if question.mode == "test"]

single, multiple = FIXTURES["90-single"], FIXTURES["90-multiple"]
numeric, ordering = FIXTURES["90-numeric"], FIXTURES["90-ordering"]


def name(question: Question) -> str:
    return question.id


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    """A real store in a folder of its own, in place of the learner's."""
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "record", found.record)
    monkeypatch.setattr(answers, "latest", found.latest)
    monkeypatch.setattr(Control, "checked_here", {})  # a new kernel
    return found


def check(control: Control, response: Any) -> replies.Reply:
    """What a click on Check does: the front end sends both traits in one message."""
    control.set_state({"response": response, "checked": control.checked + 1})
    assert control.feedback is not None
    return control.feedback


class Reader(HTMLParser):
    """The tags of a block, and its text with the paragraphs apart."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


# --- the static block


@pytest.mark.parametrize("question", EVERY.values(), ids=name)
def test_static_block_is_plain_and_whole(question: Question) -> None:
    block = Reader(static_block(question))
    allowed = {"section", "div", "p", "strong", "a", "details", "summary"}
    assert {tag for tag, _ in block.tags} <= allowed
    assert {key for _, attributes in block.tags for key in attributes} <= {"class", "data-question", "href"}
    assert question.stem in block.text and question.case in block.text
    for letter, option in question.options.items():
        assert f"{letter.upper()}\u2002{option.text}" in block.text


@pytest.mark.parametrize("question", PRACTICE, ids=name)
def test_one_closed_details_holds_every_reason(question: Question) -> None:
    markup = static_block(question)
    assert markup.count("<details>") == 1
    shown, _, inside = markup.partition("<details>")
    assert "Answer first: run this cell" in inside and f"({question.id})" in inside
    for _, reason, _ in question.reasons():
        assert reason in Reader(inside).text
        assert reason not in Reader(shown).text


def test_right_and_wrong_are_words() -> None:
    text = Reader(static_block(single)).text
    assert "B, right. Palermo lists" in text and "A, not right. The US" in text
    assert "The right order: C, A, D, B." in Reader(static_block(ordering)).text
    text = Reader(static_block(numeric)).text
    for words in (
        "Give one number, in years. A difference of 0.5 or less counts as right.",
        "15 years, right.",
        "10 years, not right.",
        "100 years or more, not right.",
        "-1 years or less, not right.",
        "Any other number, not right.",
    ):
        assert words in text


@pytest.mark.parametrize("question", TESTS, ids=name)
def test_a_test_gives_nothing_away(question: Question) -> None:
    seen = static_block(question) + json.dumps(payload(question)) + static.data_block(question)
    assert "details" not in seen and "Reasons come after the test." in seen
    assert set(payload(question)) == {*payload(single)} - {"solution"}
    for _, reason, _ in question.reasons():
        assert reason not in html.unescape(seen)


def test_a_test_number_is_not_in_what_the_page_carries() -> None:
    question = FIXTURES["90-test-number"]
    seen = static_block(question) + static.data_block(question)
    assert "31415" not in seen and "31,415" not in seen and "27182" not in seen and "SECRET" not in seen


def test_hostile_text_stays_text() -> None:
    question = FIXTURES["90-hostile"]
    block = Reader(static_block(question))
    assert not {"script", "img"} & {tag for tag, _ in block.tags}
    assert question.stem in block.text
    data = static.data_block(question)
    assert data.count("</") == 1 and data.endswith("</script>")
    assert json.loads(data[data.index(">") + 1 : -len("</script>")]) == payload(question)
    shown = reply(question, ["a"])._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown


def test_another_way_to_answer_can_be_named() -> None:
    assert "Answer first: use the box below." in static_block(single, how="use the box below")


# --- the control, by its traits

CASES = [
    (single, "b", "Right.", 1.0, [single.options["b"].reason]),
    (single, "a", "Not right.", 0.0, [single.options["a"].reason]),
    (multiple, ["a", "c"], "Right.", 1.0, ["A, right.", "C, right."]),
    (multiple, ["a"], "Partly right.", 0.5, ["A, right.", "C, right but not chosen."]),
    (
        multiple,
        ["a", "b", "c", "d"],
        "Not right.",
        0.0,
        ["A, right.", "B, not right.", "C, right.", "D, not"],
    ),
    (numeric, 15, "Right.", 1.0, [numeric.reason]),
    (numeric, 15.5, "Right.", 1.0, [numeric.reason]),
    (numeric, 10, "Not right.", 0.0, [numeric.ranges[0].reason]),
    (numeric, 12, "Not right.", 0.0, ["Read the first paragraph again."]),
    (ordering, ["c", "a", "d", "b"], "Right.", 1.0, ["C.", "A.", "D.", "B."]),
    (ordering, ["c", "a", "b", "d"], "Partly right.", 2 / 3, ["B, out of place.", "D, out of place."]),
    (ordering, ["b", "d", "a", "c"], "Not right.", 0.0, ["B, out of place.", "D, out", "A, out", "C, out"]),
]


@pytest.mark.parametrize(("question", "response", "verdict", "credit", "reasons"), CASES)
def test_checking_scores_and_records(
    store: answers.Store, question: Question, response: Any, verdict: str, credit: float, reasons: list[str]
) -> None:
    control = Control(question)
    assert control.feedback is None and control.saved == ""
    check(control, response)
    found = check(control, response)  # the second check tells all
    assert found.verdict == verdict and found.credit == pytest.approx(credit)
    lines = [" ".join(reason).strip() for reason in found.reasons]
    assert len(lines) == len(reasons) and all(map(str.startswith, lines, reasons))
    assert control.saved == "Saved."
    (record,) = store.load().records
    assert (record.question, record.response, record.status) == (question.id, response, found.status)
    assert record.credit == pytest.approx(credit)


@pytest.mark.parametrize(
    ("question", "response", "how_much", "reasons"),
    [
        (multiple, ["a"], "1 of 2 right ones chosen, no wrong one.", []),
        (multiple, ["a", "b"], "1 of 2 right ones chosen, 1 wrong one.", ["B, not right."]),
        (multiple, ["b", "d"], "0 of 2 right ones chosen, 2 wrong ones.", ["B, not right."]),
        (ordering, ["c", "a", "b", "d"], "2 of 4 in their place.", ["B, out of place."]),
        (ordering, ["b", "d", "a", "c"], "0 of 4 in their place.", ["B, out of place."]),
    ],
)
def test_a_wrong_choice_of_several_or_order_gets_a_second_try(
    store: answers.Store, question: Question, response: Any, how_much: str, reasons: list[str]
) -> None:
    control = Control(question)
    found = check(control, response)
    assert found.answered.endswith(f". {how_much}") and [head for head, _ in found.reasons] == reasons
    assert Control(question).feedback == reply(question, response, first=True)  # the next day, the same
    assert check(control, response) == reply(question, response) == answer(question, response)
    assert check(Control(question), question.key) == reply(question, list(question.key))


def test_the_same_answer_twice_is_recorded_once(store: answers.Store) -> None:
    control, sure = Control(single), FIXTURES["90-exit"]
    for _ in range(3):
        check(control, "a")
        assert control.saved == "Saved."
    answer(single, "a")
    for confidence in (50, 50, 70):
        answer(sure, "b", confidence)
    answer(single, "a")  # still the latest answer to its question
    found = [(record.question, record.response, record.confidence) for record in store.load().records]
    assert found == [(single.id, "a", None), (sure.id, "b", 50), (sure.id, "b", 70)]


def test_the_same_answer_is_tried_again_while_the_disk_has_not_taken_it(
    store: answers.Store, tmp_path: Path
) -> None:
    folder = tmp_path / "answers"
    folder.write_text("a file stands where the folder should be")
    control = Control(single)
    for _ in range(2):
        check(control, "a")
        assert "not on disk" in control.saved
    folder.unlink()
    check(control, "a")
    assert control.saved == "Saved." and len(answers.Store(folder).load().records) == 1
    store.do_not_record()
    for _ in range(2):
        check(control, "b")
        assert control.saved.startswith("Recording is off")


@pytest.mark.parametrize("question", [single, multiple, numeric, ordering], ids=name)
@pytest.mark.parametrize("blank", [None, "", [], " "])
def test_blank_is_not_recorded(store: answers.Store, question: Question, blank: Any) -> None:
    control = Control(question)
    found = check(control, blank)
    assert found.verdict == "Nothing chosen yet." and replies.wanted(question) in repr(found)
    assert found.credit is None and control.saved == "" and not store.load().records


@pytest.mark.parametrize("question", [single, multiple, numeric, ordering], ids=name)
def test_a_response_that_cannot_be_read_is_not_recorded(store: answers.Store, question: Question) -> None:
    found = check(Control(question), "zz")
    assert found.verdict == "Not read." and question.id in found.answered and "allowed" in found.answered
    assert not store.load().records


def test_the_browser_sends_choices_only(store: answers.Store) -> None:
    synced = set(Control(single).keys) - set(AnyWidget().keys) - {"_esm", "holder", "itself", "instead"}
    assert synced == {"question", "response", "confidence", "checked", "saved", "left", "taken"}


def test_answers_that_no_kernel_took_are_handed_in_by_another_question(store: answers.Store) -> None:
    practice, test = (
        next(q for q in REAL.values() if q.kind == "single" and q.mode == mode)
        for mode in ("practice", "test")
    )
    control = Control(single)
    left = [[practice.id, "b", None], [test.id, "a", 70], ["90-single", "a", None], [practice.id, "x", None]]
    control.set_state({"left": left[:3]})
    assert control.taken == {practice.id: "Saved.", test.id: "Recorded."}
    found = {record.question: record for record in store.load().records}
    assert {name: record.response for name, record in found.items()} == {practice.id: "b", test.id: "a"}
    assert found[test.id].confidence == 70
    control.set_state({"left": left[3:]})  # what cannot be read is not said to be kept
    assert control.taken == {practice.id: ""} and len(store.load().records) == 2


@pytest.fixture
def unrecorded(store: answers.Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(answers, "_store", store)
    yield
    answers.do_not_record(False)


@pytest.mark.usefixtures("unrecorded")
def test_what_is_not_recorded_stays_out_of_the_saved_notebook(store: answers.Store) -> None:
    """JupyterLab writes traits into the notebook; the script puts `instead` in their place."""
    answer(single, "a")
    before = Control(single)
    assert before.instead == {} and before.response == "a"
    answers.do_not_record()
    after = Control(numeric)
    check(after, 15)
    blank: dict[str, Any] = {
        "response": None,
        "confidence": None,
        "checked": 0,
        "saved": "",
        "left": [],
        "taken": {},
    }
    assert before.instead == after.instead == blank
    answers.do_not_record(False)
    assert before.instead == after.instead == {}


def test_check_again_after_a_change(store: answers.Store) -> None:
    control = Control(single)
    assert [check(control, letter).verdict for letter in "aab"] == ["Not right.", "Not right.", "Right."]
    control.response = "c"
    assert control.feedback is not None and control.feedback.verdict == "Right."  # picking reveals nothing
    assert [record.response for record in store.load().records] == ["a", "b"]


def test_the_earlier_answer_comes_back(store: answers.Store, tmp_path: Path) -> None:
    before = static_block(single)
    check(Control(single), "a")
    control = Control(single)
    assert (control.response, control.checked, control.saved) == ("a", 1, "This is your earlier answer.")
    assert control.feedback == reply(single, "a")
    assert static_block(single) == before and repr(control) == "Run this cell to answer here"
    assert len(store.load().records) == 1  # looking is not answering
    assert check(control, "b").verdict == "Right." and control.saved == "Saved."


def test_a_question_asked_anew_shows_no_answer_of_another_day(store: answers.Store) -> None:
    store.record(single.id, "a", status=scoring.WRONG, credit=0.0)
    again = Control(single, earlier=False)
    assert (again.response, again.checked, again.saved) == (None, 0, "")


def test_a_question_asked_anew_keeps_what_was_checked_in_this_kernel(store: answers.Store) -> None:
    check(Control(single, earlier=False), "a")
    again = Control(single, earlier=False)  # as Shift+Enter runs its cell once more
    assert (again.response, again.checked) == ("a", 1)


def test_an_earlier_answer_that_no_longer_fits_is_left_out(store: answers.Store) -> None:
    store.record(single.id, "h", status=scoring.WRONG, credit=0.0)
    control = Control(single)
    assert (control.response, control.checked, control.feedback) == (None, 0, None)


@pytest.mark.parametrize("mode", ["test", "exit"])
def test_confidence_is_recorded_and_comes_back(store: answers.Store, mode: str) -> None:
    question = FIXTURES[f"90-{mode}"]
    assert payload(question)["asksConfidence"] and not payload(single)["asksConfidence"]
    control = Control(question)
    control.set_state({"response": "b", "confidence": 70, "checked": 1})
    (record,) = store.load().records
    assert record.confidence == 70 and Control(question).confidence == 70


def test_a_test_records_and_says_no_more(store: answers.Store) -> None:
    question = FIXTURES["90-test"]
    control = Control(question)
    for letter in "ab":
        found = check(control, letter)
        assert repr(found) == f"You answered {letter.upper()}. Reasons come after the test.\nRecorded."
        assert (found.status, found.credit, control.saved) == (None, None, "Recorded.")
    assert [record.status for record in store.load().records] == ["right", "wrong"]


def test_a_failing_disk_is_reported_and_loses_nothing(store: answers.Store, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.write_text("a file stands where the folder should be")
    control = Control(single)
    found = check(control, "a")
    assert found.verdict == "Not right." and found.reasons
    assert "not on disk" in control.saved and control.saved == found.note
    assert (latest := store.latest(single.id)) is not None and latest.response == "a"
    folder.unlink()
    check(control, "b")
    assert control.saved == "Saved."
    assert [record.response for record in answers.Store(folder).load().records] == ["a", "b"]


def test_a_full_disk_is_reported(
    store: answers.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def full(descriptor: int, data: bytes) -> int:
        if b'"90-single"' in data:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    control = Control(single)
    check(control, "b")
    assert "the disk is full" in control.saved


# --- typed answers


@pytest.mark.parametrize(
    "typed",
    ["b", "B", " b ", "B.", "(b)", '"b"', ["b"], ("b",), {"b"}, np.array(["b"]), pd.Series(["B"])],
    ids=repr,
)
def test_a_typed_answer_reads_as_the_control_does(store: answers.Store, typed: Any) -> None:
    found = answer(single, typed)
    assert found == reply(single, "b") == check(Control(single), "b")
    assert repr(found) == f"Right. You answered B.\n{single.options['b'].reason}"
    assert found.__html__().startswith("<p><strong>Right.</strong> You answered B.</p>")
    assert len(store.load().records) == 1


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        (multiple, "c, a", "You answered A, C."),
        (ordering, "c a d b", "You answered C, A, D, B."),
        (numeric, "1,200", "You answered 1,200 years."),
        (numeric, "\N{MINUS SIGN}2.50", "You answered -2.5 years."),
        (numeric, "1e21", "You answered 1,000,000,000,000,000,000,000 years."),
        (numeric, "0,5", "You answered 0.5 years."),
        (numeric, "15 years", "You answered 15 years."),
    ],
)
def test_what_was_answered_is_repeated(
    store: answers.Store, question: Question, typed: str, shown: str
) -> None:
    assert answer(question, typed).answered == shown


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (single, "x"),
        (single, "ab"),
        (single, 3),
        (multiple, "aa"),
        (ordering, "ca"),
        (numeric, "about 15"),
        (numeric, "1,5,0"),
        (numeric, "1_5"),
        (numeric, "nan"),
        (numeric, "1e999"),
        (numeric, 10**400),
        (numeric, True),
    ],
)
def test_bad_input_gives_a_message_and_no_record(
    store: answers.Store, question: Question, typed: Any
) -> None:
    found = answer(question, typed)
    assert re.match(rf"Not read\. Question {question.id}: found .*; allowed is .*", repr(found))
    assert not store.load().records


@pytest.mark.parametrize(("given", "read"), NUMBERS, ids=shown)
def test_a_number_and_a_confidence_are_read_in_every_form(
    store: answers.Store, given: Any, read: float
) -> None:
    assert answer(numeric, given).status is not None
    found = answer(single, "b", confidence=given)
    kept = [record.confidence for record in store.load().records if record.question == single.id]
    assert kept == ([read] if 0 <= read <= 100 else []) and ("0 to 100" in repr(found)) == (not kept)


@pytest.mark.parametrize("given", NO_NUMBERS, ids=shown)
def test_what_is_no_number_is_no_answer_and_no_confidence(store: answers.Store, given: Any) -> None:
    assert repr(answer(numeric, given)).startswith(
        ("Not read. Question 90-numeric: found ", "Nothing chosen")
    )
    found = answer(single, "b", confidence=given)
    assert repr(found).startswith("Not read. confidence: found ") or _reading.is_blank(given)
    assert len(repr(found).splitlines()) == 1 or _reading.is_blank(given)
    assert [record.confidence for record in store.load().records] in ([], [None])


class Missing:
    """What a browser's kernel has for null: no None, and no number."""


def test_a_confidence_that_is_missing_in_a_browser_costs_no_answer(store: answers.Store) -> None:
    control = Control(single)
    control.response, control.confidence = "b", Missing()
    control.checked = 1
    assert control.saved == "Saved." and store.load().records[-1].confidence is None


def test_nothing_typed_yet(store: answers.Store) -> None:
    assert repr(answer(single, ...)) == "Nothing chosen yet. Choose one of A, B, C, D."


def test_an_unknown_question_is_named() -> None:
    with pytest.raises(KeyError, match="02-no-such-thing"):
        answer("02-no-such-thing", "b")


# --- the whole


def test_outputs_are_stable_for_strict_nbval(tmp_path: Path) -> None:
    """A notebook is run and stored, then compared by nbval in a later session that finds earlier answers."""
    import nbclient
    import nbformat

    cells = [
        f"import runpy\nimport notthesame as nts\nbank = runpy.run_path({str(BANK_FILE)!r})['QUESTIONS']",
        *(f"nts.ask(bank[{slug!r}])" for slug in FIXTURES),
        "nts.answer(bank['90-single'], 'a')",
        "nts.answer(bank['90-test'], 'a')",
        "nts.answer(bank['90-single'], 'zz')",
    ]
    env = {**os.environ, "NOTTHESAME_ANSWERS": str(tmp_path / "answers"), "IPYTHONDIR": str(tmp_path)}
    env["PYTHONPATH"] = str(Path(view.__file__).parents[2])
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(book, timeout=60, kernel_name="python3").execute(env=env)
    nbformat.write(book, tmp_path / "stored.ipynb")
    plain = [
        o["data"]["text/plain"] for c in book.cells for o in c.outputs if o.output_type == "display_data"
    ]
    texts = [static.in_text(question) for question in FIXTURES.values()]
    assert (plain[::2], {*plain[1::2]}) == (texts, {"Run this cell to answer here"})
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    command += ["-c", os.devnull, "--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "stored.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{len(cells)} passed" in done.stdout


@pytest.mark.parametrize("question", EVERY.values(), ids=name)
def test_a_front_end_that_shows_text_only_shows_the_question(
    question: Question, store: answers.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    view.ask(question, earlier=False)
    seen = capsys.readouterr().out
    for text in (question.stem, question.case, *(option.text for option in question.options.values())):
        assert text in seen
    assert all(reason not in seen for _, reason, _ in question.reasons())
    typed = re.search(r'nts\.answer\("[^"]+", (.+)\) with your answer', seen)
    assert typed and answer(question, ast.literal_eval(typed[1])).verdict != "Not read."
