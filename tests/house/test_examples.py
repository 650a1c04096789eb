"""Every public function has an example in its docstring, and every example runs as a test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "notthesame"
NO_LEARNER = ("authoring", "cli", "__main__")  # what no learner or notebook calls
# Functions that an example cannot call without harm or for too long. The list may only shrink.
EXEMPT = {
    "learner.fresh_copy": "writes a notebook beside the learner's own",
    "questions.answers.export_answers": "writes a file of a learner's answers",
    "site.pages.write_site": "writes the whole course as pages, which takes seconds",
    "untouched.write_manifest": "writes into the checkout",
}
MOST_EXEMPT = 4


def public_functions() -> Iterator[tuple[str, str]]:
    """The name of each public function of a public module, and its docstring."""
    for path in sorted(PACKAGE.rglob("*.py")):
        names = path.relative_to(PACKAGE).with_suffix("").parts
        names = names[:-1] if names[-1] == "__init__" else names
        if names and (names[0] in NO_LEARNER or any(name.startswith("_") for name in names)):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield ".".join((*names, node.name)), ast.get_docstring(node) or ""


WITHOUT = {name for name, words in public_functions() if ">>> " not in words}


def test_every_public_function_has_an_example() -> None:
    assert len(list(public_functions())) > 100
    lacking = sorted(WITHOUT - set(EXEMPT))
    assert not lacking, f"no example (>>> ) in: {', '.join(lacking)}"


def test_the_list_of_exemptions_only_shrinks() -> None:
    needless = sorted(set(EXEMPT) - WITHOUT)
    assert not needless, f"take off the list: {', '.join(needless)}"
    assert len(EXEMPT) <= MOST_EXEMPT


def test_the_examples_run_with_every_run_of_the_tests(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("--doctest-modules") and "src" in pytestconfig.getini("testpaths")
    skipped = [path.name for path in PACKAGE.rglob("*.py") if "+SKIP" in path.read_text("utf-8")]
    assert not skipped
