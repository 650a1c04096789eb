"""Text of the course's files stays text: markup, links to code and markdown do nothing on any page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from matplotlib.figure import Figure

import notthesame as nts
from notthesame import _html, evidence, questions
from notthesame._live import as_markdown, live, unsafe
from notthesame.authoring import audit, generated, ledger
from notthesame.authoring.link_titles import with_titles
from notthesame.course import Course
from notthesame.labs import definition_machine, interval_game
from notthesame.questions import static
from notthesame.site import pages
from tests.authoring.test_audit import change_cells, code, page, shows

POISON = (
    "<img src=x onerror=alert(1)><script>alert(1)</script></script></td></details>\"'> "
    "[press](javascript:alert(1)) ![p](https://evil.invalid/p.png) <javascript:alert(1)> `code` **bold** "
    "<b>b</b> | $x^2$ \\begin{x}y\\end{x} \\(z\\) &lt;i&gt; ~~gone~~ ~g~ __under__ {{x}} {% raw %}"
)
PLAIN = {
    "a",
    "p",
    "ul",
    "li",
    "strong",
    "em",
    "h1",
    "h2",
    "br",
    "details",
    "summary",
    "section",
    "span",
    "div",
}
PLAIN |= {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "caption",
    "figure",
    "figcaption",
    "ol",
    "small",
    "code",
}
LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(str(html))  # Markup would escape what is cut from it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def assert_dead(html: str, *more: str) -> None:
    """Nothing acts, and what the poison says stands there to read."""
    assert not live(html), live(html)
    found = Tags(html)
    assert {tag for tag, _ in found.tags} <= PLAIN | {*more}
    assert "<script>alert(1)</script>" in found.words and "[press](javascript:alert(1))" in found.words


def poisoned(value: Any, keep: re.Pattern[str]) -> Any:
    """The value with the poison after each text that no other file and no rule looks at."""
    if isinstance(value, dict):
        return {key: part if keep.fullmatch(key) else poisoned(part, keep) for key, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, keep) for part in value]
    return f"{value} {POISON}" if isinstance(value, str) else value


KEPT = {
    "data/facts/law.yaml": "id|topic|source|via|read|table|where|column|formula|from|checked|dates|term",
    "exercises/questions/02.yaml": "id|bloom|kind|mode|answer|facts|misconception|section|reviewed|low|high",
    "exercises/misconceptions.yaml": "",
    "data/vignettes.yaml": "id|features\\w*|elements|lesson_02|flip|second_order|status_values",
    "data/interval_game.yaml": "id|fact|value|ask",
    "data/argument_map.yaml": "id|question|kind|kinds|camp|source|read|facts|from|to|relation",
}


@pytest.fixture(scope="module")
def spoilt(
    tmp_path_factory: pytest.TempPathFactory, copy_course: Callable[[Path], Course]
) -> Iterator[Course]:
    """A copy of the course with poison in each field of each file, and of the tables and the sources."""
    of = copy_course(tmp_path_factory.mktemp("poison"))
    for name, kept in KEPT.items():
        path = of.root / name
        raw = poisoned(yaml.safe_load(path.read_text("utf-8")), re.compile(kept))
        path.write_text(yaml.safe_dump(raw, sort_keys=False, allow_unicode=True), "utf-8")
    path = of.data / "sources.json"
    sources = poisoned(json.loads(path.read_text("utf-8")), re.compile("type|doi"))
    path.write_text(json.dumps(sources), "utf-8")
    with of.in_use():
        yield of


def test_the_spoilt_files_load(spoilt: Course) -> None:
    assert not evidence.fact_faults() and not questions.bank_faults()
    assert POISON in nts.fact("law-signing").statement


def test_the_ledger_is_text_on_our_page(spoilt: Course) -> None:
    found = [fact for fact in evidence.known_facts().values() if fact.source and fact.read != "recalled"]
    several = [*found[:40], *(fact for fact in found if fact.label)]
    for fact in several:
        assert_dead(pages.markdown(ledger.entry(fact)).replace("<code>", "<pre>"))
        links = [attrs["href"] for tag, attrs in Tags(pages.markdown(ledger.entry(fact))).tags if tag == "a"]
        assert all(str(link).startswith(("https://", "http://")) for link in links)


def test_the_ledger_is_text_in_any_reader_of_markdown(spoilt: Course) -> None:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    entry = ledger.entry(nts.fact("law-signing"))
    html = reader.render(entry)
    assert_dead(html)
    assert {tag for tag, _ in Tags(html).tags} <= {"h2", "p", "ul", "li", "strong"} | PLAIN - {
        "code",
        "em",
        "a",
    }
    assert Tags(html).words.count(" ".join(POISON.split())) == entry.count("evil.invalid") > 3


def test_evidence_labels_titles_and_tables_are_text(spoilt: Course) -> None:
    for name in ("law-signing", "law-palermo-elements"):
        assert_dead(str(nts.label(name).__html__()))
        titled = pages.markdown(with_titles(f"[x](../data/ledger.md#{name})"))
        (link,) = [attrs for tag, attrs in Tags(titled).tags if tag == "a"]
        assert set(link) == {"href", "title"} and link["href"] == f"../data/ledger.md#{name}"
    assert_dead(str(_html.table(POISON, [POISON], [[POISON, POISON]])))
    assert_dead(str(_html.details(POISON, _html.paragraph(POISON, POISON))))


def test_questions_are_text(spoilt: Course) -> None:
    for question in questions.known_questions().values():
        if question.lesson == 2:
            assert_dead(static.static_block(question), "legend", "fieldset", "label", "input")
            block = Tags(static.data_block(question))
            assert [tag for tag, _ in block.tags] == ["script"] and "</" not in block.words


def test_cases_and_the_argument_map_are_text(spoilt: Course) -> None:
    for case in nts.lesson_vignettes():
        assert_dead(str(case.__html__()))
    assert_dead(str(nts.outline("Q2").__html__()), "i")
    assert_dead(str(nts.views("v03-promised").__html__()))
    assert_dead(str(definition_machine.static_block(nts.lesson_vignettes())))
    assert_dead(interval_game.static_block())


def test_figures_are_text() -> None:
    fig = Figure()
    fig.add_subplot().plot([1, 2])
    shown = nts.figure(
        fig, alt=f"Bars. {POISON}"[:300], caption=POISON, source="law-signing", data=[{POISON: POISON}]
    )
    html = shown._repr_html_()
    assert_dead(html, "img", "style")
    assert [set(attrs) - {"style", "class"} for tag, attrs in Tags(html).tags if tag == "img"] == [
        {"alt", "src"}
    ]


def test_a_poisoned_cell_is_a_fault_and_text_on_its_page(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path / "course")
    raw = "<p onclick='x()'>a</p>\n\n[b](javascript:x()) <a href='java&#10;script:x()'>c</a>"

    def spoil(cells: list[Any]) -> None:
        cells += [page(raw), code("1", shows(html="<script>x()</script>", plain="said"))]

    change_cells(of, LESSON, spoil)
    told = [str(fault) for fault in audit.audit(of).faults if fault.kind == "live element"]
    assert len(told) == 4 and all(
        "02_what_the_law_calls_trafficking.ipynb, cell " in fault for fault in told
    ), told
    pages.write_site(of, tmp_path / "site")
    html = (tmp_path / "site" / LESSON).with_suffix(".html").read_text("utf-8")
    body = html.partition("<main")[2].partition("</main>")[0]
    assert "<script>x()" not in body and 'javascript:x()"' not in body and "<p onclick" not in body
    assert "&lt;p onclick=" in body and "<pre>said</pre>" in body


@pytest.mark.parametrize(
    "address", ["javascript:x", " JavaScript:x", "java\nscript:x", "data:text/html,x", "vbscript:x"]
)
def test_an_address_that_runs_code_is_unsafe(address: str) -> None:
    assert unsafe(address) and live(f'<a href="{address}">x</a>')


def test_plain_text_stays_as_it_is_in_markdown() -> None:
    for text in (
        "A plain text, 5 of 10 (50%).",
        "snake_case and https://example.org/~a?b=c&d=e",
        "1.5 per cent",
    ):
        assert as_markdown(text) == text


def test_generated_files_are_current_in_the_poisoned_copy(spoilt: Course) -> None:
    assert dict(generated.generated(spoilt))[spoilt.data / "ledger.md"].count("\n## ") > 400
