"""How a task is asked in a form: a text, a number, a choice, an order, named fields, or a table to fill in.

What stands in the boxes of a form is a list of texts, ``given``, so that a draft is kept as an answer is. A
form turns it into the value that the check ``reads``, and back. What is right is not said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._words import counted, some

Given = Sequence[str]


class Form:
    """What every form does. ``wanted`` says in a sentence what an answer is."""

    @property
    def wanted(self) -> str:
        """One sentence that says what to do."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        """What the script needs to draw the form, fit for JSON."""
        raise NotImplementedError

    def fits(self, given: Given) -> bool:
        """Whether these texts could stand in the boxes."""
        raise NotImplementedError

    def value(self, given: Given) -> Any:
        """The value that a check reads; dots where nothing is filled in. ValueError says what is missing."""
        raise NotImplementedError

    def given(self, value: Any) -> list[str]:
        """What has to stand in the boxes for this value."""
        raise NotImplementedError

    def told(self, given: Given) -> list[tuple[str, str]]:
        """What stands in the boxes, in words: a label, which may be empty, and a text."""
        raise NotImplementedError

    def offered(self) -> list[tuple[str, str]]:
        """What a reader without a kernel has to see: the boxes and what may be chosen, as (label, text)."""
        return []

    def unfinished(self, given: Given) -> str:
        """A sentence that names what is begun and is left out of the value; else ""."""
        return ""


@dataclass(frozen=True)
class Text(Form):
    """A text of ``low`` to ``high`` words.

    >>> Text(120, 200).wanted, Text(1, 45).wanted
    ('Text of 120 to 200 words.', 'Text of at most 45 words.')
    """

    low: int
    high: int

    @property
    def wanted(self) -> str:
        """How long it may be."""
        length = f"{self.low} to {self.high}" if self.low > 1 else f"at most {self.high}"
        return f"Text of {length} words."

    def data(self) -> dict[str, Any]:
        """The kind, and the length allowed."""
        return {"kind": "text", "low": self.low, "high": self.high}

    def fits(self, given: Given) -> bool:
        """Whether it is one text."""
        return len(given) == 1

    def value(self, given: Given) -> Any:
        """The text."""
        return given[0] if given and given[0].strip() else ...

    def given(self, value: Any) -> list[str]:
        """The text on one line, however a cell breaks it."""
        return [" ".join(str(value).split())]

    def told(self, given: Given) -> list[tuple[str, str]]:
        """The text."""
        return [("", given[0])]


@dataclass(frozen=True)
class Number(Form):
    """One number; ``unit`` is what it counts.

    >>> Number("per cent").wanted, Number().value(["19 %"]), Number().value([" "])
    ('One number (per cent).', '19 %', Ellipsis)
    """

    unit: str = ""

    @property
    def wanted(self) -> str:
        """That it is one number, and of what."""
        return f"One number ({self.unit})." if self.unit else "One number."

    def data(self) -> dict[str, Any]:
        """The kind, and its label."""
        return {"kind": "number", "label": f"Number ({self.unit})" if self.unit else "Number"}

    def fits(self, given: Given) -> bool:
        """Whether it is one text."""
        return len(given) == 1

    def value(self, given: Given) -> Any:
        """What was typed; the check reads the number in it."""
        return given[0] if given and given[0].strip() else ...

    def given(self, value: Any) -> list[str]:
        """The number as people write it."""
        return [str(value)]

    def told(self, given: Given) -> list[tuple[str, str]]:
        """The number with its unit."""
        return [("", f"{given[0]} {self.unit}".strip())]


@dataclass(frozen=True)
class Pick(Form):
    """One of some choices, or with ``many`` any of them; ``choices`` gives the words of each.

    >>> size = Pick({"s": "small", "l": "large"})
    >>> size.value(["l"]), size.told(["l"]), Pick(size.choices, many=True).value(["s", "l"])
    ('l', [('', 'large')], ['s', 'l'])
    """

    choices: Mapping[str, str]
    many: bool = False

    @property
    def wanted(self) -> str:
        """How many to choose."""
        return "Choose one or more." if self.many else "Choose one."

    def data(self) -> dict[str, Any]:
        """The kind, and what may be chosen."""
        return {"kind": "pick", "many": self.many, "choices": [*map(list, self.choices.items())]}

    def fits(self, given: Given) -> bool:
        """Whether each is one of the choices, and no more than allowed."""
        return set(given) <= {*self.choices} and (self.many or len(given) <= 1)

    def value(self, given: Given) -> Any:
        """The choice, or the list of them."""
        picked = [key for key in given if key]
        return ... if not picked else picked if self.many else picked[0]

    def given(self, value: Any) -> list[str]:
        """The keys of what is chosen, in the order of the choices."""
        picked = {value} if isinstance(value, str) else set(value)
        return [key for key in self.choices if key in picked]

    def told(self, given: Given) -> list[tuple[str, str]]:
        """The words of what is chosen."""
        return [("", "; ".join(self.choices[key] for key in given if key))]

    def offered(self) -> list[tuple[str, str]]:
        """Every choice."""
        return [("Choices:", "; ".join(self.choices.values()) + ".")]


@dataclass(frozen=True)
class Order(Form):
    """All of some items, first to last.

    >>> path = Order({"a": "wake", "b": "rise"})
    >>> path.value(["b", "a"]), path.given("b a"), path.wanted
    (['b', 'a'], ['b', 'a'], 'Put all 2 in order, first to last, each once.')
    """

    items: Mapping[str, str]

    @property
    def wanted(self) -> str:
        """That all have to be placed."""
        return f"Put all {len(self.items)} in order, first to last, each once."

    def data(self) -> dict[str, Any]:
        """The kind, and the items."""
        return {"kind": "order", "choices": [*map(list, self.items.items())]}

    def fits(self, given: Given) -> bool:
        """Whether there is an item, or nothing yet, for each place."""
        return len(given) == len(self.items) and set(given) <= {"", *self.items}

    def value(self, given: Given) -> Any:
        """The keys in their order; ValueError names what stands nowhere yet."""
        if not any(text.strip() for text in given):
            return ...
        if missing := [words for key, words in self.items.items() if key not in given]:
            raise ValueError(f"No place yet for: {some(missing)}")
        return list(given)

    def given(self, value: Any) -> list[str]:
        """The key for each place; keys of one letter may come as one text."""
        return _listed(value)

    def told(self, given: Given) -> list[tuple[str, str]]:
        """The items in their order."""
        return [(f"{place}.", self.items[key]) for place, key in enumerate(given, 1)]

    def offered(self) -> list[tuple[str, str]]:
        """Every item, in the order of the task."""
        return [("Items:", "; ".join(self.items.values()) + ".")]


Cell = Number | Pick | Text


@dataclass(frozen=True)
class Fields(Form):
    """Some named boxes, each a number, a choice or a short text.

    ``labels`` gives the words of each by its key, ``cell`` what each holds. With ``listed`` the value is a
    list in their order, else a dict by their keys.

    >>> ends = Fields({"low": "Lowest", "high": "Highest"}, Number(), listed=True)
    >>> ends.value(["1", "2"]), ends.told(["1", "2"])
    (['1', '2'], [('Lowest:', '1'), ('Highest:', '2')])
    >>> ends.value(["1", ""])
    Traceback (most recent call last):
    ValueError: Nothing yet for: Highest
    """

    labels: Mapping[str, str]
    cell: Cell | Mapping[str, Cell]
    listed: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What each box holds, in their order."""
        return _cells(self.cell, self.labels)

    @property
    def wanted(self) -> str:
        """That every box wants something."""
        return "Fill in both fields." if len(self.labels) == 2 else f"Fill in all {len(self.labels)} fields."

    def data(self) -> dict[str, Any]:
        """The kind, and for each box its label and what it holds."""
        fields = zip(self.labels.values(), self.cells, strict=True)
        return {"kind": "fields", "fields": [{**cell.data(), "label": label} for label, cell in fields]}

    def fits(self, given: Given) -> bool:
        """Whether each box can hold its text."""
        return _fit(self.cells, given)

    def value(self, given: Given) -> Any:
        """What is in the boxes; ValueError names those that are empty."""
        if not any(text.strip() for text in given):
            return ...
        named = dict(zip(self.labels, given, strict=True))
        if missing := [self.labels[key] for key, text in named.items() if not text.strip()]:
            raise ValueError(f"Nothing yet for: {some(missing)}")
        return list(given) if self.listed else named

    def given(self, value: Any) -> list[str]:
        """What stands in the boxes for a list, a text of one letter a box, or a dict."""
        return _listed([value[key] for key in self.labels] if isinstance(value, Mapping) else value)

    def told(self, given: Given) -> list[tuple[str, str]]:
        """Each label with what is in its box."""
        filled = zip(self.labels.values(), self.cells, given, strict=True)
        return [(f"{label}:", cell.told([text])[0][1]) for label, cell, text in filled]

    def offered(self) -> list[tuple[str, str]]:
        """The labels, and what may be chosen where it is the same for all."""
        more = self.cell.offered() if isinstance(self.cell, Pick) else []
        return [("Fields:", "; ".join(self.labels.values()) + "."), *more]


@dataclass(frozen=True)
class Table(Form):
    """A table to fill in: ``rows`` by key, and columns that hold numbers, choices or short texts.

    ``corner`` is what the rows are. The value is a dict of rows, each a dict by column, or with ``listed`` a
    list of such rows. With ``part`` rows that are not finished are left out. ``notes`` of a row lie folded.

    >>> towns = {"a": "Ardle", "b": "Bray"}
    >>> Table("People", "Town", towns, {"old": "Old", "young": "Young"}, Number()).value(["1", "2", "3", "4"])
    {'a': {'old': '1', 'young': '2'}, 'b': {'old': '3', 'young': '4'}}
    """

    caption: str
    corner: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cell: Cell | Mapping[str, Cell]
    listed: bool = False
    part: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What the boxes of a row hold."""
        return _cells(self.cell, self.columns)

    @property
    def wanted(self) -> str:
        """How much of it wants something."""
        rows = counted(len(self.rows), "row")
        if self.part:
            return f"Fill in a row at a time; there are {rows}. Rows left empty are not counted."
        return f"Fill in every field of {rows}."

    def data(self) -> dict[str, Any]:
        """The kind, the heads of rows and columns, and what a box holds."""
        notes = [self.notes.get(key, "") for key in self.rows]
        heads = {"rows": [*self.rows.values()], "columns": [*self.columns.values()], "notes": notes}
        named = {"caption": self.caption, "corner": self.corner}
        return {"kind": "table", **named, **heads, "cells": [cell.data() for cell in self.cells]}

    def fits(self, given: Given) -> bool:
        """Whether each box can hold its text."""
        return _fit(self.cells * len(self.rows), given)

    def value(self, given: Given) -> Any:
        """The rows; ValueError names the boxes that are empty where no row can be taken."""
        lines = self._lines(given)
        begun = {key: line for key, line in lines.items() if any(line)}
        whole = {key: line for key, line in begun.items() if all(line)}
        if not begun:
            return ...
        if not whole or not (self.part or whole == lines):
            asked, heads = begun if self.part else lines, [*self.columns.values()]
            places = ((key, at) for key, line in asked.items() for at, text in enumerate(line) if not text)
            missing = [f"{self.rows[key]}, {heads[at]}" for key, at in places]
            raise ValueError(f"Nothing yet for: {some(missing)}")
        found = {key: dict(zip(self.columns, line, strict=True)) for key, line in whole.items()}
        return list(found.values()) if self.listed else found

    def unfinished(self, given: Given) -> str:
        """The rows begun and not finished, where the others count without them."""
        lines = self._lines(given) if self.part else {}
        begun = [self.rows[key] for key, line in lines.items() if any(line) and not all(line)]
        return f"Not finished, so not counted: {some(begun)}." if begun else ""

    def _lines(self, given: Given) -> dict[str, Given]:
        width, texts = len(self.columns), [*map(str.strip, given)]
        return {key: texts[at * width : (at + 1) * width] for at, key in enumerate(self.rows)}

    def given(self, value: Any) -> list[str]:
        """What stands in the boxes; rows come by key or in their order, and so do their columns."""
        lines = [value.get(key) for key in self.rows] if isinstance(value, Mapping) else [*value]
        lines += [None] * (len(self.rows) - len(lines))  # in part: the last rows may be left out
        empty = [""] * len(self.columns)
        return [
            text
            for line in lines
            for text in (Fields(self.columns, self.cell).given(line) if line else empty)
        ]

    def told(self, given: Given) -> list[tuple[str, str]]:
        """Each row with what stands in it."""
        fields = Fields(self.columns, self.cell)
        told = {key: fields.told(line) for key, line in self._lines(given).items() if any(line)}
        lines = {key: "; ".join(f"{label} {words}" for label, words in line) for key, line in told.items()}
        return [(f"{self.rows[key]}.", line) for key, line in lines.items()]

    def offered(self) -> list[tuple[str, str]]:
        """The heads of rows and columns, and what may be chosen."""
        heads = [("Rows:", self.rows.values()), ("Columns:", self.columns.values())]
        more = [] if isinstance(self.cell, Mapping) else self.cell.offered()
        return [*((head, "; ".join(words) + ".") for head, words in heads), *more]


def _cells(cell: Cell | Mapping[str, Cell], keys: Iterable[str]) -> tuple[Cell, ...]:
    """What the box of each key holds."""
    return tuple(cell[key] if isinstance(cell, Mapping) else cell for key in keys)


def _fit(cells: Sequence[Cell], given: Given) -> bool:
    """Whether each cell can hold its text, or is empty."""
    if len(cells) != len(given):
        return False
    return all(not text or cell.fits([text]) for cell, text in zip(cells, given, strict=True))


def _listed(value: Iterable[Any]) -> list[str]:
    """The members as texts; of a text its signs, without spaces.

    >>> _listed("a b"), _listed([1, "x"])
    (['a', 'b'], ['1', 'x'])
    """
    return list(re.sub(r"\s", "", value)) if isinstance(value, str) else [str(part) for part in value]
