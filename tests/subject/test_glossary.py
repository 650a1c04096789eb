"""The glossary and its flashcards: looked up by any form, shown closed, exported for Anki."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

import notthesame as nts
from notthesame import evidence, lessons, questions
from notthesame._live import live
from notthesame.authoring.glossary_page import entry, flashcards_page, glossary_page
from notthesame.course import Course, course
from notthesame.subject import flashcards
from notthesame.subject.glossary import Meaning, lesson_books, meanings

ODD = Meaning(
    "It costs $2 <b>or</b> *more*.",
    ("law-signing",),
    2,
    "those who | ask",
    ("one-word-is-neutral", "no-such-slug"),
    ("odd one",),
)


def test_some_terms_or_all_are_shown_with_links_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*nts.glossary("steelman", "Premise").terms] == ["steelman", "premise"]
    everything = nts.glossary()
    assert [*everything.terms] == sorted(meanings(), key=str.casefold)
    monkeypatch.chdir(course().lessons)
    page = str(everything.__html__())
    assert page.count('<th scope="row"') == len(meanings()) and not live(page)
    targets = {target.partition("#")[0] for target in re.findall(r'href="([^"]+)"', page)}
    assert len(targets) > 10 and all(Path(target).exists() for target in targets)


@pytest.mark.parametrize("term", ["premis", "", "\N{ZERO WIDTH SPACE}", "x" * 500, 12, None])
def test_an_unknown_term_is_one_line(term: str) -> None:
    with pytest.raises(KeyError) as raised:
        nts.glossary(term)
    said = str(raised.value.args[0])
    assert said.startswith("There is no term") and "\n" not in said and len(said) < 300
    assert "premise" in said or term != "premis"


def test_another_form_finds_its_term(tmp_path: Path, copy_course: Callable[[Path], Course]) -> None:
    of = copy_course(tmp_path)
    words = "\n  odd: {text: It is so., facts: [], lesson: 2, also: [odd one, act]}\n"
    path = of.data / "glossary.yaml"
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
    with of.in_use():
        assert [*nts.glossary("Odd One", "act").terms] == ["odd", "act"]  # a term before another's form


def test_every_term_of_a_lesson_has_one_card_and_each_is_closed() -> None:
    cards = nts.flashcards()
    assert sorted(term for terms in cards.lessons.values() for term in terms) == sorted(meanings())
    assert [*cards.lessons] == sorted(cards.lessons)
    page = str(cards.__html__())
    parts = len(re.findall(r"<summary>Cards \d+ to \d+ of \d+</summary>", page))
    assert page.count("<details>") == len(meanings()) + len(cards.lessons) + parts
    assert "<details open" not in page
    one = str(nts.flashcards("12").__html__())
    assert one.count("<details>") == len(cards.lessons[12]) and "12 The consent debate" in one


@pytest.mark.parametrize("number", [2, 7, 12])
def test_many_cards_of_a_lesson_lie_a_handful_in_each_fold(number: int) -> None:
    terms = [*nts.flashcards(number).lessons[number]]
    page = str(nts.flashcards(number).__html__())
    at = [page.index(f"<summary>{term}</summary>") for term in terms]
    assert at == sorted(at)  # in the order of the lesson
    folds = [tuple(map(int, found)) for found in re.findall(r"Cards (\d+) to (\d+) of (\d+)<", page)]
    assert bool(folds) == (len(terms) > flashcards.HANDFUL)
    assert {total for *_, total in folds} <= {len(terms)}
    held = [range(first, last + 1) for first, last, _ in folds]
    assert not folds or [*chain(*held)] == [*range(1, len(terms) + 1)]
    assert all(len(fold) <= flashcards.HANDFUL for fold in held)
    for fold, start in zip(held, re.finditer("<summary>Cards", page), strict=True):
        assert page.find(f"<summary>{terms[fold[0] - 1]}<") > start.start()


def test_as_text_a_card_does_not_tell_its_meaning() -> None:
    said = repr(nts.flashcards(12))
    assert "premise" in said and meanings()["premise"].text not in said


@pytest.mark.parametrize("lesson", ["02", 2, 2.0, " 2 "])
def test_a_lesson_is_read_in_any_form(lesson: int | str) -> None:
    assert [*nts.flashcards(lesson).lessons] == [2]


@pytest.mark.parametrize("lesson", [13.5, 99, "x", "", -2, True, [], 2.5, "9" * 400])
def test_a_lesson_without_cards_is_one_line(lesson: int | str) -> None:
    with pytest.raises(ValueError, match=r"^lesson is .*; lessons with flashcards: 00, 01") as raised:
        nts.flashcards(lesson)
    assert len(str(raised.value)) < 300


def test_anki_gets_three_columns_under_its_own_header() -> None:
    lines = flashcards.for_anki().splitlines()
    head, rows = lines[:4], lines[4:]
    assert head == ["#separator:Comma", "#html:false", "#columns:Term,Meaning,Tags", "#tags column:3"]
    cards = [*csv.reader(rows)]
    assert {len(card) for card in cards} == {3} and len(cards) == len(meanings())
    assert all(re.fullmatch(r"lesson-\d\d", tag) for _, _, tag in cards)
    assert not [card for card in cards if card[0].startswith(("=", "+", "-", "@"))]


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_has_a_heading_a_term_and_links_that_lead_somewhere() -> None:
    page = glossary_page()
    assert page == (course().data / "glossary.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", page, re.M) == sorted(meanings(), key=str.casefold)
    ledger = (course().data / "ledger.md").read_text(encoding="utf-8")
    headings = {*re.findall(r"^## (\S+)$", ledger, re.M)}
    for _, target, _ in lessons.links(page):
        file, _, anchor = target.partition("#")
        assert (course().data / file).exists() and (not anchor or anchor in headings), target


def test_the_page_of_cards_is_current_and_each_card_stays_closed_html() -> None:
    page = flashcards_page()
    assert page == (course().data / "flashcards.md").read_text(encoding="utf-8")
    assert flashcards.for_anki() == (course().data / "flashcards.csv").read_text(encoding="utf-8")
    cards = re.findall(r"^<details><summary>.*</details>$", page, re.M)
    assert len(cards) == len(meanings()) and not live(page)
    assert not re.search(r"[$\\]", page)  # which JupyterLab would take for mathematics
    stacks = re.findall(r"^## (\d\d)", page, re.M)
    assert stacks == sorted({f"{found.lesson:02d}" for found in meanings().values()})


def test_an_entry_shows_every_text_as_it_is_and_leaves_out_what_is_not_there() -> None:
    lines = entry("an *odd* term", ODD, lesson_books().get(ODD.lesson)).splitlines()
    assert lines[1] == r"## an \*odd\* term" and "<b>" not in lines[3]
    assert [line.partition("**: ")[0] for line in lines[5:]] == [
        "- **Also", "- **Who uses it", "- **Lesson", "- **A mistaken belief", "- **Read in"
    ]  # fmt: skip
    belief = questions.misconceptions()["one-word-is-neutral"]
    assert belief.belief in lines[8] and belief.instead in lines[8]
    assert evidence.fact("law-signing").link_title in lines[9]
    assert len(entry("bare", Meaning("It is so.", (), 2), lesson_books()[2]).splitlines()) == 6
