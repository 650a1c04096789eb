"""A beginner's slip of Python gets one line in plain words; any other error gets none of ours."""

from __future__ import annotations

import ast

import pytest

from notthesame._slips import SLIPS, in_plain_words

FOUND = {  # what a beginner types: a word of the line that it gets
    'x = "He said "yes" to it"': "quotation mark inside",
    "x = 'It's lawful'": "apostrophe",
    "print('It's lawful')": "apostrophe",
    'x = "one\ntwo"': "ends on the line",
    'nts.check("03-share, 19)': "ends on the line",
    "x = “words”": "curly",
    'nts.answer("00-typed-call", “b”)': "curly",
    'x = "words”': "curly",
    "x = 19 %": "no per cent",
    'nts.check("03-share", 19%)': "no per cent",
    'nts.check("03-share", 19 %': "no per cent",
    'nts.check("03-share", 60 per cent)': "without words",
    "x = 156 of 260": "without words",
    "x = $5": "sign for money",
    "x = 0,05": "not a comma",
    "x = 012": "does not begin with 0",
    "x = 1 000": "without blanks",
    "x = 1.234.5": "one point",
    "x = 5 × 3": "Type * for times",
    "x = 3 – 2": "Type * for times",
    "if x = 3:\n    y = 1": "write ==",
    "my-share = 3": "no hyphen",
    "my share = 3": "no blank",
    "5 = x": "stands before",
    'nts.check("03-share", 19': "never closed",
    "x = [1, 2)": "another kind",
    "x = 3)": "too many",
    'nts.check("03-share" 19)': "comma between",
    'x = {"a": 1 "b": 2}': "comma between",
    'nts.check("a", "b") nts.check("c", 3)': "Two commands",
    'x = 3 nts.check("a", x)': "Two commands",
    'import notthesame as nts nts.ask("a")': "Two commands",
    'print "hi"': "within brackets",
    "if x == 3\n    y = 1": "ends in a colon",
    "for x in (1, 2):\nx": "four blanks",
    "  x = 3": "at the left",
    "x = 5 +": "breaks off",
    "x = 2x": "2 * x",
    ">>> x = 3": ">>>",
}
NOTHING = ["x == = 3", "else:\n    x", "class = 3", "None = 3", "f(a=1, 2)", "x = …", "x = [1,,2]"]
NOTHING += ['x = "19 %" y', 'x = "$5 “so”" y', "x = [1,,2]  # 19 %", "def f(a, a=1, b): pass"]


def told(code: str) -> str:
    with pytest.raises(SyntaxError) as raised:
        ast.parse(code)
    return in_plain_words(raised.value)


@pytest.mark.parametrize("code", FOUND)
def test_a_slip_gets_its_line(code: str) -> None:
    line = told(code)
    assert line.startswith("Line ") and FOUND[code] in line and len(line.splitlines()) == 1


@pytest.mark.parametrize("code", NOTHING)
def test_another_error_gets_nothing(code: str) -> None:
    assert told(code) == ""


def test_each_slip_in_the_list_is_tried() -> None:
    lines = {told(code).partition(": ")[2] for code in FOUND}
    assert not [slip.words for slip in SLIPS if slip.words not in lines]


def test_an_error_without_a_line_gets_nothing() -> None:
    assert in_plain_words(SyntaxError("odd")) == ""
