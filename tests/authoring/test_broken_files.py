"""A broken file of questions, facts or cases: every fault at once, in words, and the other lessons go on."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import notthesame as nts
from notthesame import _yaml, evidence, questions
from notthesame._loading import FileFaults
from notthesame.authoring import audit
from notthesame.course import Course, course
from notthesame.questions import answers
from tests.authoring import broken_files
from tests.questions.test_questions import GOOD as QUESTION

FACT = """\
topic: law
checked: 2026-11-22
facts:
- id: law-small
  statement: It was signed.
  source: usc_22_7102
  locator: p. 1
  read: primary
  figures: {votes: {value: 97, unit: votes, what: for it}}
"""
TAGS, UNTAGGED = "tag:yaml.org,2002:", "allowed is the value without a tag"
OPENED = "found { or [ at the start of a text; allowed is the text in quotation marks"
AGAIN = "the key 'a' stands twice, in line 1 and in line 2"
A_NUMBER = "allowed is a number such as 12 or 0.6, of at most 15 digits; a text stands in quotation marks"
A_DAY = "allowed is a day of the calendar, such as 2018-04-11; a text stands in quotation marks"
LOST = "that cannot be seen or was lost; delete it, or type it anew"
NO_FIELD = "found { or [ at the start of a text; allowed is the text in quotation marks"
CUT = "'" + "{0}" * 37 + "..." + "{0}" * 38 + "'"
TWICE = "bloom: the key 'bloom' stands twice, in line 5 and in line 8"
SPAN = "range 1: low is 9 and high is 2; allowed is low at most high"
NUMERIC = """kind: numeric
  unit: cases
  tolerance: 0
  reason: So it is.
  otherwise: {reason: No., misconception: need-is-coercion}
  ranges:
  - {low: 9, high: 2, reason: Too many., misconception: need-is-coercion}"""
OPTIONS = QUESTION[QUESTION.index("  options") : QUESTION.index("  answer")]

# What is changed in the question, into what, and what is said of it.
QUESTIONS = {
    "no day": ("2026-11-22", "2026-11-31", [f"reviewed: found '2026-11-31'; {A_DAY}"]),
    "form feed": ("Which?", "Wh\fich?", [f"stem: found a character {LOST}"]),
    "escaped": ("Which?", r'"\a"', [f"stem: found the character U+0007 {LOST}"]),
    "lists in lists": ("r: a", "r: [[b]]", ["answer is [['b']]; allowed are letters of its options (a, b)"]),
    "fields": ("r: a", "r: {b: 1}", ["answer is {'b': 1}; allowed are letters of its options (a, b)"]),
    "two brackets": ("Which?", "{{x}}", [f"stem: {NO_FIELD}"]),
    "400 digits": ("e: 1", f"e: {'9' * 400}", [f"outcome: found {CUT.format('9')}; {A_NUMBER}"]),
    "twice": ("  stem", "  bloom: apply\n  stem", [TWICE]),
    "empty option": ("{text: that, reason: It is not so., misconception: need-is-coercion}", "", [
        "options.b: fields with values are wanted here"]),
    "one text": ("[law-palermo-elements]", "some-id", [
        "facts: found 'some-id', but a list is wanted, as in [a, b]"]),
    "infinite": ("e: 1", "e: .inf", [f"outcome: found '.inf'; {A_NUMBER}"]),
    "no number": ("e: 1", "e: .nan", [f"outcome: found '.nan'; {A_NUMBER}"]),
    "a time": ("e: 1", "e: 12:30", [f"outcome: found '12:30'; {A_NUMBER}"]),
    "low above high": ("kind: single", NUMERIC, [SPAN]),
    "an alias": ("Which?", "*a", []),
    "several": ("outcome: 1\n  bloom: apply", "outcome: .nan\n  bloom: [b]", [
        f"outcome: found '.nan'; {A_NUMBER}", "bloom: found ['b'], but text is wanted"]),
}  # fmt: skip
FACTS = {
    "a time": ("97", "12:30", [f"figures.votes.value: found '12:30'; {A_NUMBER}"]),
    "400 digits": ("97", "7" * 400, [f"figures.votes.value: found {CUT.format('7')}; {A_NUMBER}"]),
    "no day": ("primary\n", "primary\n  checked: 2026-02-30\n", [f"checked: found '2026-02-30'; {A_DAY}"]),
    "a time of day": ("primary\n", "primary\n  checked: 2026-02-03 10:00:00\n", [
        f"checked: found '2026-02-03 10:00:00'; {A_DAY}"]),
    "no source": ("usc_22_7102", "''", ["There is no source ''."]),
    "a tag": ("It was signed.", "!!binary aGk=", [
        "statement: found the tag 'tag:yaml.org,2002:binary'; allowed is the value without a tag"]),
    "control": ("p. 1", "p.\x1b 1", [f"locator: found a character {LOST}"]),
    "a formula": ("read", "derivations: {x: {from: [votes], formula: votes / 0, unit: x}}\n  read", [
        "x: the formula gives no number, or more digits than 12"]),
    "many digits": ("read", "derivations: {x: {formula: '1', digits: 400, unit: x}}\n  read", [
        "x: digits is 400; allowed are 0 to 12"]),
}  # fmt: skip


def faults_of(load: Callable[[Path], object], text: str, path: Path) -> tuple[str, ...]:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(FileFaults) as found:
        load(path)
    return found.value.faults


@pytest.mark.parametrize(("old", "new", "told"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_fault_of_a_question_names_it_and_what_is_allowed(
    old: str, new: str, told: list[str], tmp_path: Path
) -> None:
    assert QUESTION.count(old) == 1
    text = QUESTION.replace(old, new)
    if "numeric" in new:
        text = text.replace(OPTIONS, "").replace("answer: a", "answer: 3")
    found = faults_of(questions.load_bank, text, tmp_path / "02.yaml")
    if told:
        assert found == tuple(f"question 02-sound: {words}" for words in told)


@pytest.mark.parametrize(("old", "new", "told"), FACTS.values(), ids=FACTS)
def test_a_fault_of_a_fact_names_it_and_what_is_allowed(
    old: str, new: str, told: list[str], tmp_path: Path
) -> None:
    assert FACT.count(old) == 1
    found = faults_of(evidence.load_facts, FACT.replace(old, new), tmp_path / "law.yaml")
    assert found == tuple(f"fact law-small: {words}" for words in told)


def test_a_byte_order_mark_is_no_fault_and_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "02.yaml"
    path.write_bytes(QUESTION.encode("utf-8-sig"))
    assert list(questions.load_bank(path).questions) == ["02-sound"]
    path.write_bytes(QUESTION.encode("utf-16"))
    with pytest.raises(FileFaults, match="byte 0: the file is not UTF-8 text; save it as UTF-8"):
        questions.load_bank(path)
    path.write_bytes(QUESTION.replace("Which?", "Café?").encode("cp1252"))
    with pytest.raises(FileFaults, match=r"the file is not UTF-8 text \(line 8\); save it as UTF-8"):
        questions.load_bank(path)


def test_aliases_that_would_grow_without_end_are_refused_at_once(tmp_path: Path) -> None:
    layers = ["&a0 [x, x]", *(f"&a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]
    bomb = "[" + ", ".join(layers) + "]"
    found = faults_of(questions.load_bank, QUESTION.replace("r: a", f"r: {bomb}"), tmp_path / "02.yaml")
    assert found == (
        "question 02-sound: answer: found an alias (*); allowed is the value itself, written out",
    )


@pytest.mark.parametrize("nested", ["[" * 5000 + "]" * 5000, "[" * 50 + "]" * 50, "\n" + "- " * 9000 + "a"])
def test_a_file_nested_without_end_is_refused(nested: str, tmp_path: Path) -> None:
    found = faults_of(questions.load_bank, QUESTION.replace("r: a", f"r: {nested}"), tmp_path / "02.yaml")
    assert "deep" in found[0] or "nesting depth" in found[0]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", None),
        ("# a remark", None),
        ("a: !x {b: [1, {c: 2}]}\nd: 3", {"a": _yaml.Unread(f"found the tag '!x'; {UNTAGGED}"), "d": 3}),
        ("a: !!map [1, [2]]\nb: 3", {"a": _yaml.Unread(f"found the tag '{TAGS}map'; {UNTAGGED}"), "b": 3}),
        ("a: ! 5\nb: !!str 5", {"a": 5, "b": "5"}),
        ("a: {[1, {b: 2}]: [3], c: 4}\nd: 5", {"a": _yaml.Unread(OPENED), "d": 5}),
        ("a: 1\na: [2, {b: 3}]\nc: 4", {"a": _yaml.Unread(AGAIN), "c": 4}),
        ("a: &x [1, *x]\n*x : 2", _yaml.Unread(OPENED)),
        ("&x a: 1\nb: {*x : 2}", {"a": 1, "b": {"a": 2}}),
    ],
)
def test_what_stands_after_a_refused_value_is_read_all_the_same(text: str, read: object) -> None:
    assert _yaml.values(text.encode()) == read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("*x", "line 1, column 1: this is not valid YAML: found undefined alias"),
        ("a: &x 1\nb: &x 2", "line 2, column 4: this is not valid YAML: second occurrence"),
        ("a: 1\n---\nb: 2", "line 2, column 1: this is not valid YAML: but found another document"),
    ],
)
def test_names_and_documents_that_cannot_be_told_apart_are_no_yaml(text: str, told: str) -> None:
    with pytest.raises(_yaml.NotYaml) as found:
        _yaml.values(text.encode())
    assert found.value.faults == [told]


def test_a_file_takes_little_more_memory_than_what_it_holds() -> None:
    """Each kernel of a class reads the facts; the nodes of this file would take five times what it holds."""
    content = course().file("data", "facts", "surveys.yaml").read_bytes()
    _yaml.values(b"a: 1")  # what is loaded once
    tracemalloc.start()
    try:
        read = _yaml.values(content)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(read["facts"]) > 100 and most < 2.5 * kept


# --- the other lessons go on ------------------------------------------------------------------------------


def spoil(of: Course, name: str, old: str, new: str) -> None:
    path = of.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_broken_file_takes_its_own_lesson_only(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path)
    spoil(of, "exercises/questions/02.yaml", "reviewed: 2026-", "reviewed: 2026-99-")
    spoil(of, "exercises/questions/04.yaml", "bloom: ", "bloom: aply #")
    spoil(of, "data/facts/surveys.yaml", "  read: primary", "  read: .inf")
    with of.in_use():
        assert {question.lesson for question in questions.known_questions().values()} >= {0, 1, 3, 5}
        assert not [found for found in questions.known_questions() if found[:2] in ("02", "04")]
        with pytest.raises(
            KeyError, match=r"02-destitute cannot be used, for its file 02\.yaml has 1 fault: que"
        ):
            nts.ask("02-destitute")
        answers.record("02-destitute", "a", status="wrong", credit=0.0)
        assert "Last answered: \u201c02-destitute\u201d" in repr(nts.where_was_i())
        assert "02-destitute" in repr(nts.my_answers()) and nts.contents().chapters[2].answered == 1
        answers.record("00-title", "a", status="wrong", credit=0.0)
        assert [begun.title[:2] for begun in nts.progress().lessons] == ["00"]
        nts.review()
        answers.delete_answers(sure=True)
        assert nts.fact("law-signing") and len(evidence.known_facts()) > 400
    told = "\n".join(str(fault) for fault in audit.audit(of).faults)
    for words in ("02.yaml: question 02-", "04.yaml: question 04-", "surveys.yaml: fact surveys-"):
        assert words in told, told
    assert len(told.splitlines()) == 3  # no fault that only follows from another


def test_a_broken_fact_says_so_where_it_is_used(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path)
    first = (of.data / "facts" / "law.yaml").read_text("utf-8").partition("- id: ")[2].partition("\n")[0]
    spoil(of, "data/facts/law.yaml", "  read: primary", "  read: heard")
    with of.in_use():
        words = (
            f"The fact {first} cannot be used until law.yaml is mended: read is 'heard'; allowed: primary, "
        )
        with pytest.raises(KeyError, match=words):
            nts.fact(first)
        assert not questions.bank_faults()


def test_a_broken_glossary_of_misconceptions_leaves_the_questions(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path)
    spoil(of, "exercises/misconceptions.yaml", "belief: ", "believed: ")
    with of.in_use():
        assert len(questions.known_questions()) > 90
        (broken,) = questions.bank_faults()
        assert broken.path.name == "misconceptions.yaml" and len(broken.faults) == 2
        assert nts.check("02-story", ...).status == "not attempted"


def test_a_broken_file_of_checks_takes_its_own_lesson_only(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path)
    (of.checks / "02.py").write_text("CHECKS = (", "utf-8")
    with of.in_use():
        assert nts.check("03-share", ...).status == "not attempted"
        with pytest.raises(KeyError, match=r"02\.py cannot be run: SyntaxError"):
            nts.check("02-story", ...)


# --- at random ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_no_broken_file_raises_anything_but_its_faults(seed: int, tmp_path: Path) -> None:
    ways = set()
    for name, kind, content in broken_files.broken(100, seed):
        path = tmp_path / Path(name).name
        path.write_bytes(content)
        try:
            ways.add(broken_files.load(name, path))
        except Exception as error:
            raise AssertionError(f"{name}, {kind}: {content!r}") from error
    assert ways == {True, False}


def test_what_is_broken_loads_before_it_is_broken(tmp_path: Path) -> None:
    for name, (head, entries) in broken_files.sources().items():
        path = tmp_path / Path(name).name
        path.write_text(head + "".join(entries[:2]), "utf-8")
        assert broken_files.load(name, path), name


def test_the_values_of_the_course_read_as_any_yaml_reader_reads_them() -> None:
    import yaml

    for name, (head, entries) in broken_files.sources().items():
        text = head + "".join(entries)
        assert _yaml.values(text.encode()) == yaml.safe_load(text), name
