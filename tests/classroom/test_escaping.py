"""Whatever a text holds, it comes back as that text: no sign of it means anything to a format."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notthesame import questions
from notthesame.classroom import gift, items, moodle, paper, qti
from notthesame.questions import Option, Question
from tests.classroom import readers
from tests.classroom.readers import Read
from tests.node_tools import tool

MEANT = "~=#{}:\\%[]/->\n\t&<>\"'$`*_@ "
HOSTILE = [
    "a ~ b = c # d { e } f : g \\ h",
    "%50% is half, and %-100% is no share",
    "[html]<b>bold</b>",
    "[plain] words",
    "// a comment",
    "::a title:: {=right ~wrong}",
    "$CATEGORY: elsewhere",
    "x -> y",
    "\\n is no new line, nor is \\\\n",
    "a line\n\nand another\n  if x:\n\treturn {1: 2}",
    "#### general",
    "]]> <![CDATA[ x ]]> &amp; &#60; &lt;",
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked=1'>",
    "\\(x^2\\) and $x$ and $5 or $6",
    "@@PLUGINFILE@@/x.png {1:MULTICHOICE:=a}",
    "a\x0bb\x00c\x1fd\ufffee",
    "}",
    "\\",
    "=",
    "“curly”, café, 日本, 🙂",
]
anything = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)
texts = (anything | st.text(MEANT, min_size=1, max_size=20)).filter(lambda text: bool(text.strip()))


def kept(text: str) -> str:
    """A text as it is to come back: its lines, without those that are empty, and what XML can hold."""
    lines = (line.strip() for line in text.strip().splitlines())
    return items.writable("\n".join(line for line in lines if line))


def holding(text: str, kind: str = "single") -> Question:
    """A question in which every text is this one."""
    base = questions.question({"single": "02-destitute", "ordering": "02-narrowing"}[kind])
    options = {letter: Option(text, text) for letter in base.options}
    return replace(base, case=text, stem=text, options=options, section="", mode="practice")


def check(read: Read, text: str) -> None:
    want = kept(text)
    assert read.stem.partition("\nPut them")[0] == f"Case (invented). {want}\n{want}"
    assert {(answer.text, answer.reason) for answer in read.answers} == {(want, want)}


def group(*given: Question) -> list[items.Group]:
    return [items.Group("02", "Lesson 02", given)]


@given(texts)
@settings(max_examples=150)
def test_moodle_xml_gives_every_text_back(text: str) -> None:
    made = moodle.made(group(holding(text), holding(text, "ordering"))).files[moodle.FILE]
    for read in (*readers.moodle(made), *readers.moodle_again(made)):
        check(read, text)


@given(texts)
@settings(max_examples=80)
def test_qti_gives_every_text_back(text: str) -> None:
    content = qti.made(group(holding(text))).files[qti.FILE]
    (item,) = readers.qti(content)
    want = kept(text)
    assert item.stem == f"Case (invented). {want}\n{want}" and {*item.options.values()} == {want}
    assert {reason for name, reason in item.comments.items() if name != "general_fb"} == {want}
    assert readers.qti_texts_again(content).count(want) == 2 * len(item.options)


@given(texts)
@settings(max_examples=80)
def test_paper_shows_every_text_as_text(text: str) -> None:
    (page,) = paper.made(group(holding(text))).files.values()
    body = page.decode("utf-8").partition("<main>")[2].partition("</main>")[0]
    shown = readers.plain(re.sub(r"</?h[12]>", "<p>", body))  # refuses any other element
    assert shown.count(kept(text)) >= 6


@given(texts)
@settings(max_examples=200)
def test_nothing_in_a_text_means_anything_to_gift(text: str) -> None:
    made = gift.escaped(items.option(text))
    assert "\n" not in made and made[:1] not in ("%", "[")
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", re.sub(r"\\[~=#{}:]", "", made.replace("\\\\", "")))
    back = re.sub(r"\\([\\~=#{}:])", r"\1", made)
    assert readers.plain(back) == kept(text)


def test_gift_pegjs_gives_every_text_back(node: str) -> None:
    library: Path = tool("gift-pegjs/pegjs-gift.js")
    dice = random.Random(15)
    mixed = ["".join(dice.choices(MEANT + "abn", k=dice.randint(1, 25))) for _ in range(300)]
    given_texts = [text for text in (*HOSTILE, *mixed) if text.strip()]
    files = [gift.made(group(holding(text))).files[gift.FILE].decode("utf-8") for text in given_texts]
    for text, tree in zip(given_texts, readers.gift_trees(files, node, library), strict=True):
        (read,) = readers.gift(tree)
        check(read, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_from_each_xml(text: str) -> None:
    (read,) = readers.moodle(moodle.made(group(holding(text))).files[moodle.FILE])
    check(read, text)
    (item,) = readers.qti(qti.made(group(holding(text))).files[qti.FILE])
    assert {*item.options.values()} == {kept(text)}


def test_lines_and_what_they_begin_with_are_kept() -> None:
    code = "if x:\n    return {1: 2}  # so"
    (read,) = moodle.made(group(holding(code))).files.values()
    assert "if x:&lt;br&gt;\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}" in read.decode("utf-8")
