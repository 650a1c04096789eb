"""HTML is written in one place, and what it writes is escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from notthesame import _html

SRC = Path(__file__).resolve().parents[2] / "src" / "notthesame"
FILES = sorted(SRC.rglob("*.py"))
WRITTEN = re.compile(r"<(table|caption|thead|tbody|tr|th|td|details|summary)[ >]")


def by_hand(code: str) -> Iterator[str]:
    """Where code writes tables or closed blocks of its own, or escapes by other means than markupsafe."""
    tree = ast.parse(code)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            if found := WRITTEN.search(node.value):
                yield f"line {node.lineno}: {found[0]}"
        elif isinstance(node, ast.ImportFrom) and node.module == "html":
            yield from (f"line {node.lineno}: {n.name}" for n in node.names if n.name == "escape")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "html.escape":
            yield f"line {node.lineno}: html.escape"


def test_tables_closed_blocks_and_escaping_have_one_home() -> None:
    found = {path.relative_to(SRC).as_posix(): [*by_hand(path.read_text("utf-8"))] for path in FILES}
    assert found.pop("_html.py")
    assert not {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize(
    "fault",
    [
        "page = '<table>' + rows",
        "page = f'<details><summary>{after}</summary>{body}</details>'",
        "row = f'<td style=\"text-align:left\">{cell}</td>'",
        "import html\npage = html.escape(text)",
        "from html import escape",
    ],
)
def test_html_by_hand_is_noticed(fault: str) -> None:
    assert [*by_hand(fault)]
    read = '"Of a ``<table>``."\nhtml.unescape(re.sub(r"<table\\b", "", page))'
    assert not [*by_hand(read)]


# --- what it writes ---


def test_a_table_escapes_every_text_and_keeps_markup() -> None:
    assert _html.table("A & B", ("<i>", "x"), [("<b>", Markup("<br>")), ('"', "'")]) == (
        "<table><caption>A &amp; B</caption>\n"
        '<thead><tr><th scope="col" style="text-align:left">&lt;i&gt;</th>'
        '<th scope="col" style="text-align:left">x</th></tr></thead>\n'
        '<tbody>\n<tr><th scope="row" style="text-align:left">&lt;b&gt;</th>'
        '<td style="text-align:left"><br></td></tr>\n'
        '<tr><th scope="row" style="text-align:left">&#34;</th>'
        '<td style="text-align:left">&#39;</td></tr>\n</tbody></table>'
    )


def test_rows_with_one_heading_share_it() -> None:
    page = _html.table("", (), [("a", "1"), ("a", "2"), ("b", "3"), ("a", "4")])
    assert re.findall(r"<th[^>]*>(\w)</th>", page) == ["a", "b", "a"]
    assert re.findall(r'rowspan="(\d)"', page) == ["2"]
    assert [row.count("<td") for row in page.split("</tr>")[:4]] == [1, 1, 1, 1]
    assert page.count(";border-top:1px solid") == 3  # each heading apart from the one above it
    assert "border-top" not in _html.table("", (), [("a", "1"), ("b", "2")])


def test_a_table_leaves_out_what_is_not_given() -> None:
    cells = '<td style="text-align:left">a</td><td style="text-align:left">b</td>'
    page = _html.table("", (), [("a", "b")], named=False)
    assert page == f"<table><tbody>\n<tr>{cells}</tr>\n</tbody></table>"


def test_a_block_is_closed_only_after_something() -> None:
    body = _html.paragraph("a < b", "Mind:")
    assert body == "<p><strong>Mind:</strong> a &lt; b</p>" == _html.closed(body, "")
    assert _html.closed(body, "Open & read") == (
        f"<details><summary>Open &amp; read</summary>{body}</details>"
    )


def test_paragraphs_links_and_pictures() -> None:
    assert _html.paragraphs(("<a>", "b")) == "<p>&lt;a&gt;</p>\n<p>b</p>"
    assert _html.paragraph("b", "A", "\N{EN SPACE}") == "<p><strong>A</strong>\N{EN SPACE}b</p>"
    assert _html.link('x"y', "<w>") == '<a href="x&#34;y">&lt;w&gt;</a>'
    assert _html.picture("QUJD", '"') == '<img alt="&#34;" src="data:image/png;base64,QUJD">'


def test_a_block_stands_within_another_and_leaves_as_plain_text() -> None:
    class Told(_html.Block):
        def __html__(self) -> Markup:
            return _html.paragraph("<")

    assert _html.lines((Told(), "<")) == "<p>&lt;</p>\n&lt;"
    assert _html.details("Open", Told()) == "<details><summary>Open</summary><p>&lt;</p></details>"
    assert Told()._repr_html_() == '<div class="mathjax_ignore"><p>&lt;</p></div>'
    assert type(Told()._repr_html_()) is str
