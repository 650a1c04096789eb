"""What a question adds to the stored notebook."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import nbformat
import peers
from measuring import Result, ratio
from nbclient import NotebookClient

from notthesame import questions
from notthesame.authoring import execute


def measure(rounds: int) -> Result:
    """Bytes that a four-option question with its reasons adds to a notebook, as each tool stores it."""
    asked = [
        q
        for q in questions.known_questions().values()
        if (q.lesson, q.kind, len(q.options)) == (2, "single", 4)
    ]
    forms = {
        "ours": ("import notthesame as nts", [f'nts.ask("{q.id}")' for q in asked]),
        "jupyterquiz": (peers.JUPYTERQUIZ, [peers.jupyterquiz(q) for q in asked]),
        "ipyquizjb": (peers.IPYQUIZJB, [peers.ipyquizjb(q) for q in asked]),
    }
    found: dict[str, int] = {}
    for name, (start, cells) in forms.items():
        for state in (False, True) if name == "ipyquizjb" else (False,):
            key = f"{name}, widget state saved" if state else name
            found[key] = added(start, cells, state) // len(asked)
    text = sum(len(t.encode()) for q in asked for t in texts(q)) // len(asked)
    rows = [("form", "bytes a question", "ours to it", "aim")]
    for name, size in found.items():
        is_ours = name == "ours"
        rows.append(
            (
                name,
                f"{size:,}",
                "" if is_ours else ratio(found["ours"], size),
                "4,000 at most" if is_ours else "",
            )
        )
    rows.append(("the bare text of the question", f"{text:,}", ratio(found["ours"], text), ""))
    how = (
        f"Mean over the {len(asked)} single-choice questions of lesson 02, of four options each, one cell "
        "each, with the same stem, options and reasons: the notebook with them less the notebook without. "
        "Ours is stored as the course stores it, without a widget view. jupyterquiz puts its script into "
        "each display; ipyquizjb keeps its questions in the cell and shows nothing in a notebook that is "
        "only read."
    )
    return Result("Bytes in the notebook", how, rows, "python bench/run.py --only bytes")


def texts(question: questions.Question) -> list[str]:
    options = question.options.values()
    return [peers.stem(question), *(o.text for o in options), *(o.reason for o in options)]


def added(start: str, cells: list[str], state: bool) -> int:
    return stored([start, *cells], state) - stored([start], state)


def stored(cells: list[str], state: bool) -> int:
    """The size in bytes of a notebook that has run."""
    book: Any = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as answers:
        client = NotebookClient(book, timeout=60, kernel_name="python3", store_widget_state=True)
        client.execute(env={**os.environ, "NOTTHESAME_ANSWERS": answers})
    if not state:
        book.metadata.pop("widgets", None)
    if "notthesame" in cells[0]:
        execute.tidy(book)
    return len(nbformat.writes(book).encode("utf-8"))  # type: ignore[no-untyped-call]
