"""Traits of a lab that read what a learner gives as the whole course does: "20 %", a day, a numpy number."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from .. import _reading
from . import BadValue


class _Read:
    """A trait whose value is read first; raises BadValue naming the trait, the value and what is allowed."""

    read: ClassVar[Any]  # a static method
    allowed: ClassVar[str]

    def validate(self, obj: Any, value: Any) -> Any:
        """What was read, as the kind of trait has it."""
        try:
            found = self.read(value)
        except ValueError:
            name = self.name  # type: ignore[attr-defined]
            raise BadValue(f"{name} is {_reading.shown(value)}; {self.allowed}") from None
        try:
            return super().validate(obj, found)  # type: ignore[misc]
        except traitlets.TraitError:
            name, least = self.name, self.min  # type: ignore[attr-defined]
            raise BadValue(f"{name} is {_reading.shown(value)}; allowed are {least} and more") from None


class Number(_Read, traitlets.Float):  # type: ignore[type-arg]
    """A number."""

    read = staticmethod(_reading.number)
    allowed = "a number is wanted, such as 12 or 0.6"


class Whole(_Read, traitlets.Int):  # type: ignore[type-arg]
    """A whole number."""

    read = staticmethod(_reading.whole_number)
    allowed = "a whole number is wanted"


class Day(_Read, traitlets.Unicode):  # type: ignore[type-arg]
    """A day, kept as text: "2018-04-06"."""

    read = staticmethod(lambda value: _reading.day(value).isoformat())
    allowed = "allowed are days such as '2018-04-06'"


class Table(traitlets.Dict):
    """A value for each of some names: a dict, or a column of pandas with the names as its index."""

    def validate(self, obj: Any, value: Any) -> Any:
        """The table as a dict; raises BadValue for anything without names."""
        try:
            given = dict(value.items())
        except AttributeError:
            raise BadValue(
                f"{self.name} is {_reading.shown(value)}; a value for each name is wanted"
            ) from None
        return super().validate(obj, given)
