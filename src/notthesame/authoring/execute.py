"""Running notebooks and storing their outputs; making exercises of solutions. Needs the test extra."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import lessons, untouched
from ..course import FOLDER, Course, course
from . import translated
from .starter import exercise_of, starter

WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_SECONDS = 60
FOLDED = "jp-MarkdownHeadingCollapsed"  # JupyterLab's word for a heading whose section is folded


def run(path: Path) -> None:
    """Execute a notebook in a fresh kernel from its own folder and store its outputs.

    Raises ValueError naming cell and error when one fails; nothing is stored then. Of a widget only the text
    form is stored: a stored view would read "Error displaying widget" the next day.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError

    notebook = _read(path)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        store_widget_state=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # no word on stderr about loopback
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        with TemporaryDirectory(prefix="notthesame-") as folder:
            client.execute(env=_environment(folder))
    except CellExecutionError as error:
        raise ValueError(f"cell {_failed(notebook)}: {error.ename}: {error.evalue}") from error
    except CellControlSignal as error:
        raise ValueError(f"cell {_failed(notebook)}: {str(error).partition(chr(10))[0]}") from error
    _write(path, tidy(notebook))


def _failed(notebook: Any) -> int:
    """The number of the cell that was run last, counted from 1 over all cells."""
    run = [number for number, cell in enumerate(notebook.cells, 1) if cell.get("execution_count")]
    return run[-1] if run else 1


def tidy(notebook: Any) -> Any:
    """The notebook as we store it: no widget views or state, no timings, one kernel name; folds are kept."""
    extra = {key: value for key, value in notebook.metadata.items() if key == "notthesame"}
    notebook.metadata = {**KERNEL, **extra}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        folded = cell.cell_type == "markdown" and cell.metadata.get(FOLDED) is True
        cell.metadata = {**({"tags": tags} if tags else {}), **({FOLDED: True} if folded else {})}
        if cell.cell_type == "code" and "figure(" in cell.source and "after=" in cell.source:
            cell.metadata["jupyter"] = {"source_hidden": True}  # its alt text tells what is still closed
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
            if "metadata" in output:
                output["metadata"] = {}
    return notebook


def make_exercise(solution: Path) -> None:
    """Write the exercise beside its solution, executed as shipped, so that it reads "not attempted yet"."""
    target = exercise_of(solution)
    _write(target, starter(_read(solution)))
    run(target)


def run_all(of: Course, names: list[str], say: Callable[[str], None]) -> tuple[str, ...]:
    """Run the lessons and solutions whose number or file name is in ``names``, or all; make exercises.

    A notebook that cannot be read or run stays as it is, and the others go on; returns a line for each,
    with file and cell.
    """
    chosen = [*translated.write(of)]
    if not of.base:
        chosen = [path for shelf in (of.lessons, of.solutions) for path in lessons.files(shelf)]
        chosen += [of.start] if of.start.exists() else []  # last: it shows the others
    if names:
        chosen = [p for p in chosen if p.name in names or str(p) in names or p.name[:2] in names]
    failed = []
    for path in chosen:
        name = path.relative_to(of.root).as_posix()
        say(f"run {name}")
        try:
            with of.in_use():
                run(path)
                if path.parent == of.solutions:
                    make_exercise(path)
        except (
            ValueError,
            RuntimeError,
        ) as error:  # damaged, or a cell failed, took too long or ended the kernel
            failed.append(f"{name}: {error}")
    untouched.write_manifest(of.base or of)
    return tuple(failed)


def _environment(folder: str) -> dict[str, str]:
    """The environment of a kernel, without what is one person's own: answers, start-up files, settings."""
    import matplotlib

    others = ("PYTHONSTARTUP", "PYTHONWARNINGS", "MPLBACKEND")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    as_it_comes = Path(matplotlib.get_data_path(), "matplotlibrc")
    return {
        **kept,
        FOLDER: str(course().root),
        "NOTTHESAME_ANSWERS": folder,
        "IPYTHONDIR": folder,
        "MATPLOTLIBRC": str(as_it_comes),
        "LC_ALL": "C.UTF-8",
    }


def _read(path: Path) -> Any:
    import nbformat

    lessons.read(path)  # says in words what is wrong with a damaged one
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def _write(path: Path, notebook: Any) -> None:
    import nbformat

    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]
