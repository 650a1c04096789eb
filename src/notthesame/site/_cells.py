"""A cell of a notebook as its page is built from it, with what its outputs and hints say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup
from nbconvert.filters.ansi import ansi2html

from .. import _html, exercises, questions
from .._live import live
from ..figures import DARK_STYLE
from ..labs import LABS
from ..questions import static
from ..translation import later, say
from ._markdown import acts, markdown

Cell = dict[str, Any]
# A learner with the script answers below the question, one without it on paper.
HOW = later("here or on paper")
_QUESTION = re.compile(r'<section class="nts-question\b[^>]*data-question="([^"]+)".*?</section>', re.S)
_AGAIN = re.compile(r"\n<style class=nts-.*?</style>", re.S)  # for a control, which a page draws by itself
_RUN = later("Run this cell to ")
FOLD = "<!-- the rest is folded -->"
_DIRECTIVE = re.compile(r"^(\s*(?:`{3,}|~{3,}|:{3,}))\s*(?=\{)", re.M)
LAB = re.compile(rf"\bnts\.({'|'.join(LABS)})\(")
_STATIC = re.compile(r'(<section class="nts-(?!question\b)[^"]*")')


def staged(cell: Any, shelf: str) -> list[Cell]:
    """The cells that a page is built from in place of this one; code that only shows comes last."""
    if cell.cell_type != "code":
        folded = f"{FOLD}\n\n" if cell.metadata.get("jp-MarkdownHeadingCollapsed") else ""
        return [written(folded + text(_pictured(cell)))]
    outputs = [str(shown) for output in cell.outputs if (shown := _output(output))]
    outputs = [_as_lab(cell.source, output) for output in outputs] + list(_hints(cell.source))
    if shelf != "lessons" or not only_shows(cell.source):
        return [_shown(*outputs, code=cell.source)]
    return [_shown(*outputs, code=cell.source, tags=["hide-input"])] if outputs else []


def written(source: str) -> Cell:
    """A cell of text.

    >>> written("A word.")["cell_type"]
    'markdown'
    """
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def text(written: str) -> str:
    """Markdown from which nothing acts: its own HTML is shown as text where it would, and so are directives.

    >>> text("<p onclick='x()'>a</p>"), text("<p>a</p>")
    ("&lt;p onclick='x()'>a&lt;/p>", '<p>a</p>')
    """
    plain = _DIRECTIVE.sub(r"\1text ", written)
    return plain.replace("<", "&lt;") if acts(plain) else plain


def _shown(*outputs: str, code: str, tags: Sequence[str] = ()) -> Cell:
    """A cell of code with these outputs; the tags are MyST-NB's."""
    made = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": html}} for html in outputs]
    cell = {"cell_type": "code", "execution_count": None, "metadata": {"tags": [*tags]}}
    return {**cell, "source": code, "outputs": made}


def _as_lab(code: str, output: str) -> str:
    """The static block of a lab says which lab it is, for a script that makes it live."""
    found = LAB.search(code)
    return _STATIC.sub(rf'\1 data-lab="{found[1]}"', output, count=1) if found else output


def _pictured(cell: Any) -> str:
    """The text of a cell; a picture pasted into it lies in the page."""
    source: str = cell.source
    for name, kinds in cell.get("attachments", {}).items():
        for kind in kinds.keys() & {"image/png", "image/jpeg", "image/gif"}:
            inline = f"data:{kind};base64,{''.join(kinds[kind].split())}"
            source = source.replace(f"attachment:{name}", inline)
    if lost := re.search(r"\]\((attachment:[^)\s]*)", source):
        raise ValueError(f"the picture {lost[1]} was pasted in and is not kept in the notebook")
    return source


def only_shows(code: str) -> bool:
    """Whether code does no more than call the course's own tools (``nts.…``) and name what they give.

    >>> only_shows('nts.ask("02-destitute")'), only_shows("print(156 / 260)")
    (True, False)
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):  # a magic, or code that is not finished
        return False
    if not all(isinstance(node, ast.Import | ast.Assign | ast.Expr) for node in tree.body):
        return False
    imported = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return imported <= {"notthesame"} and all(name.startswith("nts.") for name in called)


def _output(output: Any) -> Markup | None:
    """One output as HTML, or None when a page has no use for it."""
    if output.output_type == "stream":
        return _pre(output.text)
    if output.output_type == "error":
        return _pre("\n".join(output.traceback))
    data = output.data
    if "text/html" in data and not live(data["text/html"]):
        html = _AGAIN.sub("", data["text/html"].replace(DARK_STYLE, ""))
        html = re.sub(rf"{say(_RUN)}[^.<]*\. ?", "", html)
        return Markup(_QUESTION.sub(lambda found: _question(found[1]), html))
    if "image/png" in data:
        return _html.picture(data["image/png"].strip(), data.get("text/plain", ""))
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    return _plain(data.get("text/plain", ""))


def _plain(text: str) -> Markup | None:
    """Plain text; what a widget leaves without a kernel becomes a line that fits a page, or nothing."""
    _, is_widget, what = text.partition(say(_RUN))
    if not is_widget:
        return _pre(text)
    if text.startswith((f"{_RUN}answer", say("Run this cell to answer here"))):
        return None
    note = say("To {what}, open this lesson as a notebook.", what=what.rstrip("."))
    return Markup('<p class="note">{}</p>').format(note)


def _pre(text: str) -> Markup:
    return Markup("<pre>{}</pre>").format(Markup(ansi2html(text)))  # type: ignore[no-untyped-call]


def _question(question_id: str) -> str:
    found = questions.question(question_id)
    return f"{static.static_block(found, how=HOW)}\n{static.data_block(found)}"


def _hints(code: str) -> Iterator[str]:
    """The hints of the task that a cell checks, as closed blocks; a task in a form shows its own."""
    for task in re.findall(r"""\bnts\.check\(\s*["']([^"']+)["']""", code):
        hints = [exercises.hint(task, rung).text for rung in (1, 2, 3)]
        for rung, hint in enumerate(hints, 1):
            summary = say("Hint {rung} of {all}", rung=rung, all=len(hints))
            yield str(_html.details(summary, Markup("<p>{}</p>").format(hint)))
