"""The exercise that a solution makes: the same notebook with its answers taken out."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from ..tasks import answering

ANSWER, MODEL = "answer", "model-answer"  # tags of cells
POINTER = "*The solution has a model answer to this, and says why.*"
_BRIEF = re.compile(r"\bbrief\(answers=")
WRITE = "*Your text. Double-click here to write; the model answer is in the solution.*"


def starter(solution: Any) -> Any:
    """The exercise that a solution makes: in cells tagged "answer" each value assigned becomes dots, and the
    answer in a form goes; cells tagged "model-answer" become a pointer to the solution, or one to write in
    where the tasks are answered in Python; outputs go."""
    import nbformat

    exercise = nbformat.from_dict(json.loads(json.dumps(solution)))  # type: ignore[no-untyped-call]
    forms = any("task(" in cell.source for cell in exercise.cells if ANSWER in cell.metadata.get("tags", []))
    for cell in exercise.cells:
        tags = cell.metadata.get("tags", [])
        if ANSWER in tags:
            cell.source = blank(cell.source)
        if cell.cell_type == "markdown":  # an exercise lies one folder nearer to the ledger than its solution
            cell.source = cell.source.replace("](../../", "](../")
        if MODEL in tags:
            cell.source = POINTER if forms else WRITE
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return exercise


def blank(source: str) -> str:
    """Code with the right-hand side of each top-level assignment replaced by dots; of an answer in a form,
    only the task stays, and of a brief that is made from answers the call without them."""
    code = ast.parse(source)
    if any(answering(code)):
        return "\n".join(f'nts.task("{ast.literal_eval(call.args[0])}")' for call in answering(code))
    if _BRIEF.search(source):
        return "nts.brief()"
    lines = source.splitlines()
    for node in reversed(code.body):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value and node.end_lineno:
            names = node.targets if isinstance(node, ast.Assign) else [node.target]
            head = " = ".join(ast.unparse(name) for name in names)
            lines[node.lineno - 1 : node.end_lineno] = [f"{head} = ...  # your answer in place of the dots"]
    return "\n".join(lines)


def exercise_of(solution: Path) -> Path:
    """Where the exercise that belongs to a solution lies."""
    return solution.parent.parent / solution.name.replace("_solution_", "_exercise_", 1)
