"""Headings in a reason that become links, and what stays text."""

from __future__ import annotations

from pathlib import Path

import pytest

from notthesame import exercises, lessons, questions
from notthesame.course import Course, course
from notthesame.questions import replies, retrieval, static
from notthesame.questions.pointers import linked, quoted
from notthesame.site import pages

MEANS = (
    '"<a href="../lessons/02_what_the_law_calls_trafficking.ipynb#Means:-what-counts">Means: what counts</a>"'
)


@pytest.fixture(autouse=True)
def in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course().lessons)


@pytest.mark.parametrize(
    ("text", "own", "html"),
    [
        ('See "Means: what counts".', "02", f"See {MEANS}."),
        ('See "Means: what counts".', "03", "See &#34;Means: what counts&#34;."),
        ('Read "Means: what counts" in lesson 02.', "03", f"Read {MEANS} in lesson 02."),
        ('Lesson 02, "Means: what counts", has it.', "00", f"Lesson 02, {MEANS}, has it."),
        (
            '"Means: what counts" in lesson 99 <b>',
            "02",
            "&#34;Means: what counts&#34; in lesson 99 &lt;b&gt;",
        ),
        ('He says "no", see "Means: what counts".', "02", f"He says &#34;no&#34;, see {MEANS}."),
    ],
)
def test_a_heading_in_quotation_marks_becomes_a_link(text: str, own: str, html: str) -> None:
    assert linked(text, own) == html.replace('"<a', "&#34;<a").replace('</a>"', "</a>&#34;")


def test_without_lessons_everything_stays_text(tmp_path: Path) -> None:
    with Course(tmp_path).in_use():
        assert linked('See "Means: what counts".', "02") == "See &#34;Means: what counts&#34;."


def test_the_static_block_a_typed_reply_and_an_exercise_link(monkeypatch: pytest.MonkeyPatch) -> None:
    question = questions.question("02-destitute")
    link = MEANS.strip('"')
    assert link in static.static_block(question)
    assert link in replies.reply(question, "a")._repr_html_()
    assert '"' not in replies.reply(question, "b").lesson
    task = exercises.Result("02-x", "wrong", 'See "Means: what counts".')
    assert link in task._repr_html_()
    assert "href" not in repr(replies.reply(question, "a"))


def test_a_pointer_of_a_question_that_comes_back_names_its_lesson() -> None:
    """In another lesson the heading alone does not say where it stands."""
    drawn = {name for book in lessons.read_all(course().lessons) for name in retrieval.drawn(book.number)}
    bare = [
        f"{name}: {found.heading}"
        for name in sorted(drawn)
        for _, reason in replies.explained(questions.question(name))
        for found in quoted(reason)
        if not found.lesson and "<a " in linked(f'"{found.heading}"', name[:2])
    ]
    assert len(drawn) > 10 and not bare


def test_most_quoted_headings_resolve() -> None:
    """Many reasons point to a section; a change of the rule must not turn them all into text."""
    found = [static.static_block(question).count("<a ") for question in questions.known_questions().values()]
    assert sum(found) > 300


def test_pages_turn_the_links_into_theirs(tmp_path: Path) -> None:
    assert pages.markdown("## Means: what counts").startswith('<h2 id="Means:-what-counts">')
