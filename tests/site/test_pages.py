"""The course as pages: whole, linked, accessible in their markup, and the same bytes each time."""

from __future__ import annotations

import html
import itertools
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from notthesame import evidence, exercises, lessons, questions, ways
from notthesame.course import Course, course
from notthesame.labs import LABS
from notthesame.site import _about, _cells, _files, pages
from notthesame.subject import glossary

DRAWN = {"brief_chart", "own_law"}  # no static block of their own stands on a lesson page
VOID = {"meta", "link", "img", "input", "br", "hr"}
ASKS = r"\b(fetch|import|XMLHttpRequest|sendBeacon|sessionStorage|indexedDB|cookie)\b"


class Parsed(HTMLParser):
    """The tags of a page, its ids and links, and its text without scripts."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] in ("p", "li") and tag not in ("p", "li"):
            self._open.pop()  # HTML lets these end by themselves
        assert self._open and self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self.title = data
        elif "script" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, Parsed]:
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Parsed(path.read_text(encoding="utf-8")) for path in found}


def notebooks(shelf: str) -> list[lessons.Notebook]:
    return list(lessons.read_all(course().root / shelf))


def test_every_notebook_has_its_page(parsed: dict[str, Parsed]) -> None:
    stems = [(shelf, book.path.stem) for shelf in pages.NOTES for book in notebooks(shelf)]
    assert {f"{shelf}/{stem}.html" for shelf, stem in stems} | {"index.html", "data/ledger.html"} <= set(
        parsed
    )
    assert any(shelf == "lessons" for shelf, _ in stems)


def test_every_page_has_title_language_landmarks_and_one_first_heading(parsed: dict[str, Parsed]) -> None:
    for name, page in parsed.items():
        tags = [tag for tag, _ in page.tags]
        assert [found["lang"] for found in page.all("html")] == ["en-GB"], name
        once = ("main", "h1", "title", "header")
        assert {tag: tags.count(tag) for tag in once} == dict.fromkeys(once, 1), name
        classes = [found["class"] for found in page.all("footer")]
        assert classes.count("bd-footer") == 1, name  # those of the theme for an article say less
        (first, second, *_), target = page.all("a"), page.all("main")[0]["id"]
        assert first["href"] == f"#{target}", f"{name}: the first link does not skip to the text"
        assert (second["class"], second["href"]) == ("nts-exit", _about.EXIT), name
        labels = [nav.get("aria-label", nav.get("aria-labelledby")) for nav in page.all("nav")]
        assert all(labels) and len(labels) == len(set(labels)) >= 1, name
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), f"{name} skips a heading level"
    titles = [page.title for page in parsed.values()]
    assert all(titles) and len(set(titles)) == len(titles), titles


def test_every_link_and_anchor_leads_somewhere(site: Path, parsed: dict[str, Parsed]) -> None:
    broken, seen = [], 0
    for name, page in parsed.items():
        assert len(page.ids) == len(set(page.ids)), f"{name} uses an id twice"
        for link in page.all("a") + page.all("link"):
            address = urlsplit(link["href"])
            if address.scheme in ("http", "https", "mailto", "data"):
                continue
            seen += 1
            target = (site / name).parent / unquote(address.path) if address.path else site / name
            there = target.resolve().relative_to(site.resolve()).as_posix()
            ids = parsed[there].ids if there in parsed else []
            if not target.is_file() or (address.fragment and unquote(address.fragment) not in ids):
                broken.append(f"{name}: {link['href']}")
    assert broken == []
    assert seen > 20 + len(evidence.known_facts())


def test_every_page_can_be_reached(parsed: dict[str, Parsed]) -> None:
    reached, to_do = set(), ["index.html"]
    while to_do:
        name = to_do.pop()
        if name in reached or name not in parsed:
            continue
        reached.add(name)
        links = (urlsplit(link["href"]).path for link in parsed[name].all("a"))
        to_do += [os.path.normpath(os.path.join(os.path.dirname(name), path)) for path in links if path]
    assert reached == set(parsed)


def test_pages_ask_nothing_of_anyone(site: Path, parsed: dict[str, Parsed]) -> None:
    for name, page in parsed.items():
        fetched = [a["src"] for _, a in page.tags if "src" in a] + [a["href"] for a in page.all("link")]
        local = all(
            re.match(r"data:|#$|[\w./-]+\.(?:css|js|html)(?:\?v=\w+)?$", address) for address in fetched
        )
        assert local, f"{name}: {[address[:80] for address in fetched]}"
        forms = {"form"} if name == "search.html" else set()
        assert {"iframe", "object", "embed", "form", "base"} & {tag for tag, _ in page.tags} == forms, name
        assert not any(key.startswith("on") or key == "srcset" for _, a in page.tags for key in a), name
    css = (site / "_static/pages.css").read_text(encoding="utf-8")
    assert set(re.findall(r"url\(.{5}", css)) <= {'url("data', "url(data:"} and "@import" not in css
    for page, text in zip(parsed.values(), read(site, parsed), strict=True):
        scripts = re.findall(r"<script type=\"module\">(.*?)</script>", text, re.S)
        asks = any(a.get("class") == "nts-data" for a in page.all("script"))
        assert len(scripts) == asks  # that of the questions, once
        assert not re.search(ASKS, "".join(scripts)) and "localStorage" not in "".join(scripts)
    script = (site / "_static/pages.js").read_text(encoding="utf-8")
    assert not re.search(ASKS, script) and "localStorage" not in script
    theme = (site / "_static/scripts/pydata-sphinx-theme.js").read_text(encoding="utf-8")
    kept = {*re.findall(r"(?:local|session)Storage\.setItem\(\"([\w-]+)", theme)}
    closed = {"pst_banner_pref", "pst_announcement_banner_pref"}  # banners that were closed; we have none
    assert kept - closed == {"mode", "theme", "sidebar-scroll-top"}


def read(site: Path, parsed: dict[str, Parsed]) -> Iterator[str]:
    return ((site / name).read_text(encoding="utf-8") for name in parsed)


def test_every_image_says_what_it_shows(parsed: dict[str, Parsed]) -> None:
    images = [image for page in parsed.values() for image in page.all("img")]
    assert images
    assert all(60 <= len(image["alt"]) <= 300 for image in images)


def test_every_question_stands_there_with_its_reasons(parsed: dict[str, Parsed]) -> None:
    for lesson in notebooks("lessons"):
        page = parsed[f"lessons/{lesson.path.stem}.html"]
        stands = [a["data-question"] for a in page.all("section") if "data-question" in a]
        carried = [a["data-question"] for a in page.all("script") if a.get("class") == "nts-data"]
        stored = re.findall(r'data-question="([^"]+)"', "".join(cell.html for cell in lesson.code()))
        assert stands == carried == stored
        assert set(lesson.asked()) <= set(stands)
        for name in stands:
            question = questions.question(name)
            texts = [option.text for option in question.options.values()]
            reasons = [reason for _, reason, _ in question.reasons()] if question.mode == "practice" else []
            for text in [question.stem, *texts, *reasons]:
                assert " ".join(text.split()) in page.text, f"{name}: {text[:60]}"


def test_what_needs_a_kernel_is_not_asked_of_a_page(parsed: dict[str, Parsed]) -> None:
    for shelf in pages.NOTES:
        for book in notebooks(shelf):
            text = parsed[f"{shelf}/{book.path.stem}.html"].text
            prose = " ".join(cell.source for cell in book.markdown())
            for line in ("Run this cell to", "Answer first: run", "Error displaying widget", "HTML object>"):
                assert text.count(line) == prose.count(line), f"{shelf}/{book.path.name}: {line}"


def test_a_question_of_a_test_gives_nothing_away(site: Path) -> None:
    for lesson in notebooks("lessons"):
        markup = (site / "lessons" / f"{lesson.path.stem}.html").read_text(encoding="utf-8")
        asked = [questions.question(name) for name in lesson.asked()]
        secret = [reason for q in asked if q.mode == "test" for _, reason, _ in q.reasons()]
        assert not any(reason in html.unescape(markup) for reason in secret), lesson.path.name


def test_the_exercise_page_has_every_hint(parsed: dict[str, Parsed]) -> None:
    for task in exercises.checks().values():
        page = next(page for name, page in parsed.items() if re.match(rf"exercises/{task.id[:2]}_", name))
        assert all(" ".join(hint.split()) in page.text for hint in task.hints), task.id


def test_the_ledger_has_every_fact_and_says_where_it_is_cited(site: Path, parsed: dict[str, Parsed]) -> None:
    assert set(evidence.known_facts()) <= set(parsed["data/ledger.html"].ids)
    ledger = (site / "data" / "ledger.html").read_text(encoding="utf-8")
    for lesson in notebooks("lessons"):
        sources = "\n".join(cell.source for cell in lesson.markdown())
        for entry in set(re.findall(r"ledger\.md#([a-z0-9-]+)", sources)):
            cited = ledger.partition(f'<section id="{entry}">')[2].partition("</section>")[0]
            assert f'<a href="../lessons/{lesson.path.stem}.html">' in cited, entry


def test_the_glossary_and_its_flashcards_are_pages(site: Path, parsed: dict[str, Parsed]) -> None:
    terms, cards = parsed["data/glossary.html"], parsed["data/flashcards.html"]
    assert {term.replace(" ", "-") for term in glossary.meanings()} <= {*terms.ids}
    assert all(found.text in terms.text for found in glossary.meanings().values())
    tags = [(tag, attrs) for tag, attrs in cards.tags if tag == "details" and "class" not in attrs]
    assert len(tags) == len(glossary.meanings()) and not any("open" in attrs for _, attrs in tags)
    assert (site / "data" / "flashcards.csv").read_bytes() == (course().data / "flashcards.csv").read_bytes()


def test_the_index_says_what_is_in_the_course_and_who_reviewed_it(parsed: dict[str, Parsed]) -> None:
    text = parsed["index.html"].text
    assert "Content. " in text and "Review. " in text
    for lesson in notebooks("lessons"):
        assert lesson.title in text
        assert all(outcome.text in text for outcome in lesson.outcomes)


def test_the_index_lists_the_routes_as_the_course_has_them(parsed: dict[str, Parsed]) -> None:
    text = parsed["index.html"].text
    for route in ways.routes().routes:
        numbers = " ".join(number for number, _ in route.stops)
        assert " ".join((route.name, numbers, *route.times)) in text


def test_a_lesson_leads_on_along_each_of_its_routes(parsed: dict[str, Parsed]) -> None:
    books = {book.number: book for book in notebooks("lessons")}
    for number, book in books.items():
        found = parsed[f"lessons/{book.path.stem}.html"]
        hrefs = {link["href"] for link in found.all("a")}
        for route, (before, after) in lessons.steps(number, tuple(books)).items():
            assert f"On the {route} route:" in found.text
            assert {f"{books[n].path.stem}.html" for n in (before, after) if n} <= hrefs, (number, route)
    assert "route:" not in parsed["data/ledger.html"].text


@pytest.fixture(scope="module")
def for_class(site: Path) -> dict[str, bytes]:
    """Every file of the zip for a class, by its path below the zip's folder."""
    with zipfile.ZipFile(site / pages.PACKED) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        found = {name: packed.read(name) for name in packed.namelist()}
    assert all(name.startswith("not-the-same/") for name in found)
    return {name.removeprefix("not-the-same/"): content for name, content in found.items()}


def test_the_zip_holds_every_page_of_the_class_as_it_is(site: Path, for_class: dict[str, bytes]) -> None:
    written = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name not in (pages.PACKED, _files.LIST)
    }
    apart = {name for name in written if name.startswith("instructors/")}
    assert {*for_class} <= {*written}
    # by the guide, or the list of instructors' pages
    only_theirs = {"environment.yml", "data/tables/debate_support_resources.csv", "deploy/updates.html"}
    assert {*written} - {*for_class} - apart == only_theirs
    changed = {name for name in for_class if for_class[name] != written[name]}
    assert changed == {"index.html", "searchindex.js"} | (apart & {*for_class})


def test_the_pages_of_a_class_hold_no_guide_no_plan_and_no_notes(for_class: dict[str, bytes]) -> None:
    theirs = {name for name in for_class if name.startswith("instructors/")}
    assert theirs == {"instructors/controversy_kit.html", "instructors/moot_woodhull.html"}
    told = "Which way did the sum go? Do"  # in the notes on lesson 09, and nowhere else
    assert told in (course().root / "instructors/notes/09.md").read_text(encoding="utf-8")
    for name, content in for_class.items():
        assert told.encode() not in content, name
        for link in Parsed(content.decode()).all("a") if name.endswith(".html") else []:
            address = urlsplit(link.get("href", ""))
            there = os.path.normpath(os.path.join(os.path.dirname(name), unquote(address.path)))
            assert address.scheme or not address.path or there in for_class, f"{name}: {address.path}"


def test_instructors_have_a_folder_with_every_note_and_a_list_of_it(parsed: dict[str, Parsed]) -> None:
    stems = [path.stem for path in (course().root / "instructors" / "notes").glob("*.md")]
    assert len(stems) == len(notebooks("lessons"))
    assert {f"instructors/notes/{stem}.html" for stem in stems} <= set(parsed)
    listed = {urlsplit(link["href"]).path for link in parsed["instructors/index.html"].all("a")}
    assert {f"notes/{stem}.html" for stem in stems} | {"guide.html", "half_day.html"} <= listed
    assert "instructors/index.html" in {link["href"] for link in parsed["index.html"].all("a")}


@pytest.mark.slow
def test_writing_twice_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from notthesame.course import Course; from notthesame.site import pages\n"
        "pages.write_site(Course(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(course().root), str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"}, cwd=tmp_path)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site, tmp_path)
    )
    assert first == second


# --- a small course of one lesson


def write_course(root: Path, *cells: Any) -> Path:
    """A course whose one lesson holds these cells (markdown as text) below its title."""
    made = [nbformat.v4.new_markdown_cell(c) if isinstance(c, str) else c for c in ("# 00 Start", *cells)]
    for number, cell in enumerate(made):
        cell["id"] = f"c{number}"
    for folder in ("lessons", "data", "notes"):
        (root / folder).mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=made), root / "lessons" / "00_start.ipynb")
    (root / "README.md").write_text("# Not the Same\n\nA course.\n\n## More\n", encoding="utf-8")
    (root / "data" / "ledger.md").write_text("# The ledger\n\nAll.\n\n## a-fact\n\nSo.\n", encoding="utf-8")
    (root / "notes" / "more.md").write_text("# More\n\nSee [home](../README.md).\n\n## b\n", encoding="utf-8")
    (root / "notes" / "a note.txt").write_text("kept", encoding="utf-8")
    return root


def code(source: str, **data: str) -> Any:
    output = nbformat.v4.new_output(
        "display_data", {key.replace("_", "/"): value for key, value in data.items()}
    )
    return nbformat.v4.new_code_cell(source, outputs=[output] if data else [])


def lesson_of(root: Path) -> str:
    pages.write_site(Course(root), root / "site")
    return (root / "site" / "lessons" / "00_start.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('[w](../data/ledger.md#a-fact "t")', '<a href="../data/ledger.html#a-fact" title="t">w</a>'),
        ("[w](00_start.ipynb#Two-words)", '<a href="00_start.html#Two-words">w</a>'),
        ("[w](../README.md)", '<a href="../index.html">w</a>'),
        ("[w](<../notes/a note.txt>)", '<a href="../notes/a%20note.txt">w</a>'),
        ("[w](../notes/more.md#b)", '<a href="../notes/more.html#b">w</a>'),
        ("[w](../notes/)", "<a>w</a>"),
        ("[w](https://example.org/a.ipynb)", '<a href="https://example.org/a.ipynb">w</a>'),
        ("[w](#Two-words)", '<a href="#Two-words">w</a>'),
        (
            "| | b |\n| --- | ---: |\n| 1 | 2 |",
            '<th scope="col" class="head text-right"><p>b</p></th>\n</tr>\n</thead>\n<tbody>\n'
            '<tr class="row-even"><th scope="row" class="stub"><p>1</p></th>',
        ),
    ],
)
def test_markdown_becomes(tmp_path: Path, written: str, becomes: str) -> None:
    markup = lesson_of(write_course(tmp_path, written, "## Two words"))
    assert becomes in markup
    assert '<section id="Two-words">\n<h2>Two words</h2>' in markup
    assert (tmp_path / "site" / "notes" / "a note.txt").is_file() == ("note.txt" in written)
    assert (tmp_path / "site" / "notes" / "more.html").is_file() == ("more" in written)


def test_a_folded_section_ends_the_page_in_a_closed_block(tmp_path: Path) -> None:
    more = nbformat.v4.new_markdown_cell("## More", metadata={"jp-MarkdownHeadingCollapsed": True})
    markup = lesson_of(write_course(tmp_path, "## Here", more, "Later."))
    before, _, after = markup.partition('<details><summary><span class="screen">More, which no outcome')
    assert 'id="Here"' in before and 'id="More"' in after and "Later." in after.partition("</details>")[0]


def test_what_a_solution_shows_links_from_its_own_folder(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    (root / "exercises" / "solutions").mkdir(parents=True)
    shows = code("1", text_html='<a href="../../data/ledger.md#a-fact">so</a>')
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Exercise 00", id="a"), shows])
    nbformat.write(book, root / "exercises" / "solutions" / "00_start.ipynb")
    pages.write_site(Course(root), root / "site")
    markup = (root / "site" / "exercises" / "solutions" / "00_start.html").read_text(encoding="utf-8")
    assert '<a href="../../data/ledger.html#a-fact">so</a>' in markup


@pytest.mark.parametrize(
    "written",
    [
        "[w](03_gone.ipynb)",
        "[w](../../outside.txt)",
        "![A chart](https://example.org/chart.png)",
    ],
)
def test_a_link_to_nothing_is_a_fault_that_names_page_and_link(tmp_path: Path, written: str) -> None:
    (tmp_path / "outside.txt").write_text("not part of the course", encoding="utf-8")
    (tmp_path / "course").mkdir()
    root = write_course(tmp_path / "course", written)
    target = re.escape(written.partition("(")[2].rstrip(")"))
    with pytest.raises(ValueError, match=rf"lessons/00_start\.ipynb, cell 2: the link to {target}"):
        pages.write_site(Course(root), tmp_path / "site")


def test_a_folder_without_lessons_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no lessons"):
        pages.write_site(Course(tmp_path), tmp_path / "site")
    assert not (tmp_path / "site").exists()
    (write_course(tmp_path) / "README.md").unlink()  # as in a wheel, which has lessons
    with pytest.raises(FileNotFoundError, match=r"no lessons with a README\.md below .*from a checkout"):
        pages.write_site(Course(tmp_path), tmp_path / "site")


def test_outputs_of_every_sort(tmp_path: Path) -> None:
    stream = nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text="a < b & c\n")])
    markup = lesson_of(
        write_course(
            tmp_path,
            stream,
            code("2", image_png="QUJD", text_plain='a "bar" chart'),
            code("3", text_markdown="**bold**", text_plain="no"),
            code("4", text_plain="Run this cell to answer here"),
            code("5", text_plain="Run this cell to use the machine."),
            code("6", text_html="<p>Kept.</p>", text_plain="not kept"),
        )
    )
    assert "<pre>a &lt; b &amp; c\n</pre>" in markup
    assert '<img alt="a &#34;bar&#34; chart" src="data:image/png;base64,QUJD">' in markup.replace(
        "&quot;", "&#34;"
    )
    assert "<strong>bold</strong>" in markup and "<p>Kept.</p>" in markup and "not kept" not in markup
    assert "To use the machine, open this lesson as a notebook." in markup and "Run this cell" not in markup


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("import notthesame as nts", True),
        ('nts.ask("02-destitute")', True),
        ('case = nts.vignette("w02-bed")\ncase', True),
        ("fig, table = nts.charts.penalties()\nnts.figure(fig, data=table)", True),
        ("import pandas as pd", False),
        ("table.mean()", False),
        ("for row in nts.table('a'):\n    row", False),
        ("print(nts.fact('a'))", False),
    ],
)
def test_code_that_only_shows_something_is_folded(tmp_path: Path, source: str, folded: bool) -> None:
    assert _cells.only_shows(source) == folded
    markup = lesson_of(write_course(tmp_path, code(source, text_html="<p>Shown.</p>")))
    hidden = re.search(r'<details class="[^"]*\bhide\b[^"]*">.*?Code of this cell.*?</details>', markup, re.S)
    assert bool(hidden) == folded and "Shown." in markup
    assert 'class="highlight' in (hidden[0] if hidden else markup)


def test_a_table_with_an_empty_corner_has_headings_of_rows() -> None:
    assert '<th scope="row">x</th>' in pages.markdown("| | a |\n|---|---|\n| x | 1 |\n")
    assert 'scope="row"' not in pages.markdown("| **h** | a |\n|---|---|\n| x | 1 |\n")


# --- what Sphinx does


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ValueError) as told:
        pages.write_site(Course(root), root / "site")
    return str(told.value).splitlines()


def test_what_sphinx_warns_of_is_a_fault_with_its_cell(tmp_path: Path) -> None:
    (told,) = faults_of(write_course(tmp_path, "Fine.", "### Too deep"))
    assert told == "lessons/00_start.ipynb, cell 3: Non-consecutive header level increase; H1 to H3"


@pytest.mark.parametrize("written", ["[w](../data/ledger.md#gone)", "[w](#Gone)"])
def test_a_link_to_no_heading_is_a_fault(tmp_path: Path, written: str) -> None:
    (told,) = faults_of(write_course(tmp_path, "Fine.", written))
    start = f"lessons/00_start.ipynb, cell 3: the link to {written[4:-1]} leads to a page, and to no heading"
    assert told.startswith(start)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("```{raw} html\n<script>x()</script>\n```", "<script>x()</script>"),
        ("```{include} ../data/ledger.md\nwords\n```", "words"),
        ("{raw:html}`<b>`", "{raw:html}<b>"),
        ("(target)=\n+++\n% gone", "(target)= +++ % gone"),
        ("{{ name }} and [^1]", "{{ name }} and [^1]"),
    ],
)
def test_words_of_sphinx_are_text(tmp_path: Path, written: str, shown: str) -> None:
    markup = lesson_of(write_course(tmp_path, written)).partition("<main")[2].partition("</main>")[0]
    assert shown in Parsed(markup.partition(">")[2]).text
    assert "<script" not in markup and "a-fact" not in markup


def test_a_lab_says_which_it_is(parsed: dict[str, Parsed]) -> None:
    for lesson in notebooks("lessons"):
        made = {name for cell in lesson.code() for name in re.findall(r"\bnts\.(\w+)\(", cell.source)}
        page = parsed[f"lessons/{lesson.path.stem}.html"]
        said = {a["data-lab"] for tag, a in page.tags if tag == "section" and "data-lab" in a}
        assert said <= made & {*LABS} and (said or not made & {*LABS} - DRAWN), lesson.number


def test_a_class_searches_its_own_pages_alone(site: Path, for_class: dict[str, bytes]) -> None:
    every, theirs = ((site / "searchindex.js").read_bytes(), for_class["searchindex.js"])
    for name in ("instructors/guide", "instructors/notes/09"):
        assert f'"{name}"'.encode() in every and f'"{name}"'.encode() not in theirs
    assert b'"lessons/09_counting_the_unseen"' in theirs and len(theirs) < len(every)
    assert b"index-of-a-class" not in every + theirs


@pytest.mark.parametrize("lacks", ["sphinx", "myst_nb", "pydata_sphinx_theme"])
def test_what_pages_need_is_named(lacks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, lacks, None)
    root = write_course(tmp_path)
    with pytest.raises(ModuleNotFoundError, match=r"Sphinx, which is not here\. .*start\.py site"):
        pages.write_site(Course(root), root / "site")
    assert not (root / "site").exists()
