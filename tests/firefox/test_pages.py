"""The pages in Firefox, from a folder and from a server: answered, searched, left; dark, a phone, a lab."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from notthesame import lessons, questions
from notthesame.course import course
from notthesame.questions import Question
from notthesame.site import _about
from tests.firefox.fox import Fox
from tests.firefox.marionette import Refused

LESSON = next(book for book in lessons.read_all(course().lessons) if book.number == "02")
PAGE = f"lessons/{LESSON.path.stem}.html"
ASKED = [questions.question(name) for name in LESSON.asked()]
SHIFT, ENTER = "\ue008", "\ue007"


@pytest.fixture(scope="module", params=["file", "http"])
def place(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the pages are, without a slash at its end."""
    served: str = request.getfixturevalue("served_site")
    return site.as_uri() if request.param == "file" else served


def responses(question: Question) -> list[list[str]]:
    """A wrong answer and the right one, as letters."""
    wrong = next(letter for letter in question.options if letter not in question.key)
    return [[wrong], [*question.key]]


def test_every_question_answers_wrong_and_right(fox: Fox, place: str) -> None:
    fox.go(f"{place}/{PAGE}")
    chosen = [question for question in ASKED if question.kind in ("single", "multiple")]
    assert len(fox.all("form.nts-control")) >= len(chosen) >= 9
    for question in chosen:
        form = fox.find(f'section[data-question="{question.id}"] + div form.nts-control')
        for letters in responses(question):
            for box in fox.all("input:is([type=radio], [type=checkbox]):enabled", form):
                script = "const box = arguments[0]; return [box.value, box.checked, box.type]"
                value, on, kind = fox.run(script, box)
                wanted = value in letters
                if value in question.options and on != wanted and (wanted or kind == "checkbox"):
                    fox.click(fox.find(f'label:has(input[value="{value}"])', form))
            fox.click(fox.find("button[type=submit]", form))
            right = letters == [*question.key]
            told = "arguments[0].querySelector('[role=status]').textContent"
            fox.until(f"/\\bRight\\b/.test({told}) === arguments[1] && {told}", form, right)


def test_words_are_found(fox: Fox, place: str) -> None:
    fox.go(f"{place}/search.html")
    fox.type(fox.find("input[type=search], main input"), "Palermo" + ENTER)
    fox.until(f"document.querySelector('#search-results a[href*=\"{LESSON.path.stem}\"]')")


def test_a_page_is_left_at_once_by_key(fox: Fox, place: str) -> None:
    fox.go(f"{place}/{PAGE}")
    host = _about.EXIT.split("/")[2]
    fox.press(SHIFT, SHIFT, SHIFT)
    fox.wait(lambda: host in fox.asked)
    fox.until("!document.querySelector('main.lesson')")
    with suppress(Refused):  # nothing answers there, which Firefox may say of the next page
        fox.go("about:blank")
    fox.asked.clear()  # it is where it should go


def test_dark_is_dark_and_a_phone_scrolls_one_way(fox: Fox, place: str) -> None:
    fox.dark(True)
    fox.size(390, 844)
    try:
        for name in ("index.html", PAGE):
            fox.go(f"{place}/{name}")
            fox.run("document.querySelectorAll('details').forEach(block => { block.open = true; })")
            assert fox.run("return document.documentElement.scrollWidth") <= 390, name
        assert fox.run("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    finally:
        fox.dark(False)


def test_a_lab_on_a_page_answers(fox: Fox, served_site: str) -> None:
    """By Python of the page's own folder; from a folder without a server the page says what to do."""
    fox.go(f"{served_site}/{PAGE}")
    live = fox.find('[data-lab="definition_machine"] + .nts-live')
    fox.click(fox.find("button", live))
    lab = fox.find("section.nts-lab", live, seconds=120)
    for skip in fox.all("button", lab):
        if fox.text(skip) == "Skip the prediction":
            fox.click(skip)
            break
    before = fox.text(fox.find("[role=status]", lab))
    fox.click(fox.find("input[type=checkbox]:enabled", lab))
    fox.until("arguments[0].querySelector('[role=status]').textContent !== arguments[1]", lab, before)


def test_from_a_folder_a_lab_says_what_to_do(fox: Fox, site: Path) -> None:
    fox.go(f"{site.as_uri()}/{PAGE}")
    live = fox.find('[data-lab="definition_machine"] + .nts-live')
    if buttons := fox.all("button", live):
        fox.click(buttons[0])
    fox.until("/start.py|web server/.test(arguments[0].textContent)", live)
