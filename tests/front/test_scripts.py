"""What holds for every script: what it never does, that it parses as served, its pure functions."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import runpy
import subprocess
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from notthesame import _reading, questions
from notthesame.questions import Question, replies, static

HERE = Path(__file__).parent
BANK: Mapping[str, Question] = runpy.run_path(str(HERE.parent / "fixtures/questions/bank.py"))["QUESTIONS"]

# Text becomes markup or code, or something leaves the page.
NEVER = re.compile(
    r"""innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTML|DOMParser|srcdoc
    |\beval\b|\bFunction\(|javascript:|setAttribute\(\s*["'`]on|\bon[a-z]+\s*[:=]\s*["'`]
    |https?:|\bfetch\(|\bimport\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|localStorage|sessionStorage|cookie
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What one script alone may do, once: import what its own notebook or page holds, load Python from the site's
# own folder.
ALLOWED = {
    "loader.js": ["import(address)"],
    "page.js": ["import(address)"],
    "worker.js": ["import.meta.url", "import sys", 'import(new URL("pyodide.mjs", pyodide).href)'],
}
FAULTS = [
    "node.innerHTML = text;",
    "node.outerHTML = text;",
    'node.insertAdjacentHTML("beforeend", text);',
    "document.write(text);",
    "eval(text);",
    "const run = new Function(text);",
    'node.setAttribute("onclick", text);',
    'element("a", { href: `javascript:${text}` });',
    'fetch("/answers");',
    'import("./more.js");',
]


def test_no_script_makes_markup_or_code_of_text_or_sends_anything(sources: list[Path]) -> None:
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for once in ALLOWED.get(path.name, ()):
            assert once in text, f"{path.name} no longer needs leave for {once}"
            text = text.replace(once, "", 1)
        found = NEVER.search(text)
        assert not found, f"{path.name}: {found and found[0]}"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(sources: list[Path], fault: str) -> None:
    for path in sources:
        assert NEVER.search(f"{path.read_text(encoding='utf-8')}\n{fault}\n"), path.name


def test_every_script_is_served_after_what_it_shares(sources: list[Path], served: Mapping[str, str]) -> None:
    base = next(path for path in sources if path.name == "base.js").read_text(encoding="utf-8")
    assert {name for name, text in served.items() if not text.startswith(base)} == {
        "pages",
        "live",
        "worker",
        "loader",
        "slides",
        "entry",
    }
    for path in sources:
        assert any(path.read_text(encoding="utf-8") in text for text in served.values()), path.name


def test_lines_fit_a_screen(sources: list[Path]) -> None:
    for path in (*sources, *(sheet for source in sources for sheet in source.parent.glob("*.css"))):
        longest = max(path.read_text(encoding="utf-8").splitlines(), key=len)
        assert len(longest) <= 120, f"{path.name}: {longest}"


# --- in Node


def test_every_script_parses_as_a_module(node: str, modules: Path) -> None:
    (modules / "planted.mjs").write_text("const a = 1;\nconst a = 2;\n", encoding="utf-8")
    checks = {
        path.stem: subprocess.Popen([node, "--check", path], stderr=subprocess.PIPE, text=True)
        for path in modules.glob("*.mjs")
    }
    said = {name: check.communicate(timeout=60)[1] for name, check in checks.items()}
    (modules / "planted.mjs").unlink()
    assert "already been declared" in said.pop("planted")
    assert len(said) > 6 and not "".join(said.values())


def test_the_pure_functions(node: str, modules: Path) -> None:
    """Those of ``*.test.mjs`` beside this file; what Python makes of an answer is the model."""
    for name, model in {"replies": all_replies(), "numbers": numbers()}.items():
        (modules / f"{name}.json").write_text(json.dumps(model), encoding="utf-8")
    tests = sorted(HERE.glob("*.test.mjs"))
    env = {**os.environ, "NOTTHESAME_MODULES": str(modules)}
    done = subprocess.run(
        [node, "--test", *tests], env=env, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert tests and done.returncode == 0, done.stdout[-6000:] + done.stderr


def all_replies() -> list[dict[str, Any]]:
    """Every question, what may be answered to it, and what Python replies."""
    return [
        {
            "question": static.payload(question),
            "cases": [
                [typed, first, reply_of(question, typed, first)]
                for typed in responses(question)
                for first in (True, False)
            ],
            "explained": [] if question.mode == "test" else list(replies.explained(question)),
        }
        for question in (*BANK.values(), *questions.known_questions().values())
    ]


def reply_of(question: Question, response: Any, first: bool) -> dict[str, Any]:
    verdict, answered, reasons, _, status, credit, _ = astuple(replies.reply(question, response, first=first))
    return {
        "verdict": verdict,
        "answered": answered,
        "reasons": reasons,
        "status": status,
        "credit": credit,
    }


def responses(question: Question) -> list[Any]:
    """Every response of a choice or an order (of very many a sample); telling numbers for a numeric one."""
    letters, dice = list(question.options), random.Random(question.id)
    if question.kind == "single":
        return [None, *letters]
    if question.kind == "multiple":
        sizes = range(1, len(letters) + 1)
        return [None, *(list(c) for n in sizes for c in itertools.combinations(letters, n))]
    if question.kind == "ordering":
        orders = [list(order) for order in itertools.permutations(letters)]
        return [None, *(orders if len(orders) <= 120 else dice.sample(orders, 120))]
    marks = [question.value, *(b for span in question.ranges for b in (span.low, span.high) if b is not None)]
    steps = (0.0, question.tolerance, 1e-12, 1e-6, 0.001, 0.5, 1.0)
    near = [mark + sign * step for mark in marks for step in steps for sign in (1, -1)]
    return [None, 0.0, 0.1 + 0.2, 1e-7, 1e21, *near, *(dice.uniform(-1e6, 1e6) for _ in range(50))]


def numbers() -> list[tuple[str, float | None]]:
    """What people may type for a number, and the number that Python reads in it, if any."""
    bare = "0 7 007 15 1,234 1,234,567 12,34 0,6 0,500 1234,567 1,2,3 1.234,5 1,234.5 .5 ,5 5. . 1e3 1E-2 1e "
    bare += "1e999 1_000 0x10 ١٥ １９ ½ 5² 1.2.3 nan Infinity \u212a Two thirty " + " ".join(_reading.SMALL)
    units = "|%| %|\uff05| per cent| percent|percent| per cent of files|.| votes.| day s| votes| no votes|y"
    units += "| votes a day or so| a b c| \u017fix| million| tenths| and| 5| counts in every five days| HALF"
    units += "| counts in each of the days|\u3000years|\u2003years| months"
    signs = "|-|+|\N{MINUS SIGN}|\uff0d|--|about | |\u00a0|\n|\x1c|\ufeff"
    parts = itertools.product(signs.split("|"), bare.split(), units.split("|"))
    return [(text, number_in(text)) for text in ("", *map("".join, parts))]


def number_in(text: str) -> float | None:
    try:
        return _reading.number(text)
    except ValueError:
        return None
