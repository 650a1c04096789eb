"""A task that has a form, asked for in code: what may be typed, and a starter with dots in its places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .._live import as_markdown
from ..exercise_forms import Fields, Form, Order, Pick, Table
from ..exercise_forms.in_lab import InLab

DOTS = "..."


def asked(form: Form) -> str:
    """What may be chosen or has to be filled in, with the keys to type, as markdown; "" where any text or
    number may be.

    >>> print(asked(Pick({"s": "small", "l": "large"})))
    Choices:
    <BLANKLINE>
    - `s`: small
    - `l`: large
    """
    return "\n\n".join(_listed(head, words) for head, words in keys(form))


def keys(form: Form) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The keys that may be typed, each list below a heading, with what each means.

    >>> [*keys(Pick({"s": "small"}))]
    [('Choices:', {'s': 'small'})]
    """
    if isinstance(form, Pick):
        yield "Choices:", form.choices
    elif isinstance(form, Order):
        yield "Items:", form.items
    elif isinstance(form, Fields):
        yield "Fields, in this order:", form.labels
        yield from _choices(form.cells)
    elif isinstance(form, Table):
        yield "Rows:", form.rows
        yield "In each row, in this order:", form.columns
        yield from _choices(form.cells)
    elif isinstance(form, InLab):
        yield "Parts:", form.labels
        yield "Names in them:", form.words


def _choices(cells: tuple[object, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What may be chosen in the boxes, each list once."""
    seen: list[Mapping[str, str]] = []
    for cell in cells:
        if isinstance(cell, Pick) and cell.choices not in seen:
            seen.append(cell.choices)
            yield "Choices:", cell.choices


def _listed(head: str, words: Mapping[str, str]) -> str:
    if all(key == said for key, said in words.items()):
        return f"{head} {', '.join(f'`{key}`' for key in words)}."
    lines = (f"- `{key}`: {as_markdown(said)}" for key, said in words.items())
    return "\n".join((head, "", *lines))


def dots(form: Form | None, answer: Any) -> str:
    """The source of an answer with dots in the places that a form names, its fields and rows; "" where it
    names none, for what else is in an answer gives something away.

    >>> towns = Fields({"low": "Lowest", "high": "Highest"}, Pick({"1": "one"}))
    >>> print(dots(towns, {"low": 83, "high": 223}))
    {
        "low": ...,
        "high": ...,
    }
    """
    depth = 1 if isinstance(form, InLab) else 2 if isinstance(form, (Fields, Table)) else 0
    dotted = _dotted(answer, depth)
    if isinstance(dotted, dict):
        return _lines("{}", (f"{_line(key)}: {_line(value)}" for key, value in dotted.items()))
    if isinstance(answer, list) and isinstance(answer[0], dict) and depth:
        return _lines("[]", map(_line, dotted))
    return _line(dotted) if depth and isinstance(answer, list) else ""


def _dotted(answer: Any, depth: int) -> Any:
    if depth and isinstance(answer, dict):
        return {key: _dotted(value, depth - 1) for key, value in answer.items()}
    if depth and isinstance(answer, list):
        return [_dotted(value, depth - 1) for value in answer]
    return DOTS


def _lines(brackets: str, inside: Iterable[str]) -> str:
    return brackets[0] + "\n" + "".join(f"    {one},\n" for one in inside) + brackets[1]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace(json.dumps(DOTS), DOTS)
