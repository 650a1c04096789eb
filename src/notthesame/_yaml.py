"""YAML as the course's files use it: text, numbers, days, true and false, lists, and fields with values.

What YAML allows beside these (aliases, tags, numbers such as 12:30 or .inf, a key that stands twice) is
refused where it stands, and the rest of the file is read all the same, so that every fault is told at once.
"""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ._reading import shown

DEEPEST = 20  # lists and fields within one another
OFTEN = 60  # characters: a shorter text, such as the name of a belief, may stand many times and is kept once
DIGITS = 15  # of a number; a double holds no more
DAMAGED = "\ufffd"  # stands for a character that no text file should hold
# What YAML calls printable, without the byte-order mark and without what stands for a lost character.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffc\U00010000-\U0010ffff]")
_NESTED = re.compile(rf"^[ ]*(?:[-?:][ \t]+){{{DEEPEST},}}", re.M)
_WHOLE = re.compile(rf"[-+]?(?:0|[1-9][0-9]{{0,{DIGITS - 1}}})")
_DECIMAL = re.compile(rf"[-+]?[0-9]{{0,{DIGITS}}}\.[0-9]{{0,{DIGITS}}}(?:[eE][-+][0-9]{{1,2}})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLS = dict.fromkeys(("yes", "true", "on"), True) | dict.fromkeys(("no", "false", "off"), False)
_PLAINER = {
    "mapping values are not allowed in this context": "a colon inside a text; write the text after >-"
}


@dataclass(frozen=True)
class Unread:
    """What stands in place of a value that is refused; ``why`` says what was found and what is allowed."""

    why: str


class NotYaml(ValueError):
    """A text that is no YAML at all; ``faults`` holds a plain sentence for each fault, with its line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


def values(content: bytes) -> Any:
    r"""The values of a YAML file, with ``Unread`` in place of each that is refused.

    Raises NotYaml with the line of what cannot be read.

    >>> values(b"checked: 2026-11-31\nid: x")
    {'checked': Unread(why="found '2026-11-31'; allowed is a day of the calendar, ..."), 'id': 'x'}
    """
    import yaml

    text, damaged = _text(content)
    if deep := _NESTED.search(text):
        raise NotYaml([f"line {_line(text, deep.start())}: {_too_deep()}"])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return _Reader(loader).whole()
    except yaml.MarkedYAMLError as error:
        raise NotYaml(damaged or [_not_valid(error, text)]) from error
    except yaml.YAMLError as error:
        raise NotYaml(damaged or [f"this is not valid YAML: {error}"]) from error
    finally:
        loader.dispose()


def _text(content: bytes) -> tuple[str, list[str]]:
    """The text of a file, each character that cannot stand in one replaced, and where those are."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, as an editor may save it
    if wide or b"\0" in content:
        at = 0 if wide else content.find(0)
        raise NotYaml([f"byte {at}: the file is not UTF-8 text; save it as UTF-8"])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"byte {error.start}: the file is not UTF-8 text"
        raise NotYaml([f"{where} (line {line}); save it as UTF-8"]) from error
    damaged = [f"line {_line(text, hit.start())}: {_control(hit[0])}" for hit in _CONTROL.finditer(text)]
    return _CONTROL.sub(DAMAGED, text), [*dict.fromkeys(damaged)]


def _control(character: str) -> str:
    return f"the character U+{ord(character):04X} cannot be seen or was lost; delete it, or type it anew"


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _too_deep() -> str:
    return f"lists and fields lie more than {DEEPEST} deep"


def _not_valid(error: Any, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    problem = _PLAINER.get(str(error.problem), error.problem or error.context)
    if mark is None:
        return f"this is not valid YAML: {problem}"
    above = "\n".join(text.splitlines()[: mark.line + 1])
    entry = re.findall(r"^\s*-\s+id:\s*(\S+)", above, re.M)[-1:]
    within = f" (in or after {entry[0][:40]})" if entry else ""
    return f"line {mark.line + 1}, column {mark.column + 1}: this is not valid YAML: {problem}{within}"


class _Reader:
    """Values out of the events of a file, one after the other: its nodes take several times as much memory.

    An alias gives no value, so that none can make a file grow.
    """

    def __init__(self, loader: Any) -> None:
        import yaml

        self._loader = loader
        self._yaml: Any = yaml
        self._anchored: dict[str, Any] = {}  # what an alias may stand for, by its name

    def whole(self) -> Any:
        """The value of the one document that a file may hold; None for an empty file."""
        self._next()  # the stream begins
        head = self._next()
        if isinstance(head, self._yaml.StreamEndEvent):
            return None
        found = self._value(self._next(), 1)
        self._next()  # the document ends
        if not isinstance(more := self._next(), self._yaml.StreamEndEvent):
            one, other = "expected a single document in the stream", "but found another document"
            raise self._yaml.composer.ComposerError(one, head.start_mark, other, more.start_mark)
        return found

    def _next(self) -> Any:
        event = self._loader.get_event()
        if (name := getattr(event, "anchor", None)) is not None:
            self._check(name, event)
        return event

    def _check(self, name: str, event: Any) -> None:
        """Raise ComposerError for an alias of nothing, and for a name that stands for two values."""
        problem: tuple[Any, ...] = ()
        if isinstance(event, self._yaml.AliasEvent):
            problem = () if name in self._anchored else (None, None, "found undefined alias")
        elif (first := self._anchored.setdefault(name, event)) is not event:
            found = f"found duplicate anchor {shown(name)}; first occurrence"
            problem = (found, first.start_mark, "second occurrence")
        if problem:
            raise self._yaml.composer.ComposerError(*problem, event.start_mark)

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, self._yaml.AliasEvent):
            return Unread("found an alias (*); allowed is the value itself, written out")
        if depth > DEEPEST:
            return self._passed(event, _too_deep())
        tag = self._tag(event)
        kind = tag.removeprefix("tag:yaml.org,2002:")
        if isinstance(event, self._yaml.ScalarEvent):
            if kind in _SCALARS:
                return _SCALARS[kind](event.value)
        elif kind == "map" and isinstance(event, self._yaml.MappingStartEvent):
            return self._fields(depth)
        elif kind == "seq" and isinstance(event, self._yaml.SequenceStartEvent):
            return [self._value(member, depth + 1) for member in self._members()]
        return self._passed(event, f"found the tag {shown(tag)}; allowed is the value without a tag")

    def _tag(self, event: Any) -> str:
        if event.tag not in (None, "!"):
            return str(event.tag)
        if isinstance(event, self._yaml.ScalarEvent):
            return str(self._loader.resolve(self._yaml.ScalarNode, event.value, event.implicit))
        fields = isinstance(event, self._yaml.MappingStartEvent)
        return "map" if fields else "seq"

    def _members(self) -> Iterator[Any]:
        """The first event of each value of a list; or of each key, whose value the caller reads."""
        while not isinstance(event := self._next(), self._yaml.CollectionEndEvent):
            yield event

    def _fields(self, depth: int) -> Any:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        refused = ""
        for event in self._members():
            key = self._anchored[event.anchor] if isinstance(event, self._yaml.AliasEvent) else event
            if refused or not isinstance(key, self._yaml.ScalarEvent):
                refused = "found { or [ at the start of a text; allowed is the text in quotation marks"
                self._passed(event)
                self._passed(self._next())
                continue
            line = key.start_mark.line + 1
            if key.value in lines:
                twice = f"the key {shown(key.value)} stands twice"
                why = f"{twice}, in line {lines[key.value]} and in line {line}"
                found[key.value] = self._passed(self._next(), why)
            else:
                name = sys.intern(key.value)
                lines[name], found[name] = line, self._value(self._next(), depth + 1)
        return Unread(refused) if refused else found

    def _passed(self, event: Any, why: str = "") -> Unread:
        """What stands in place of a value that is refused, after reading on to its end."""
        within = 0
        while True:
            within += isinstance(event, self._yaml.CollectionStartEvent)
            within -= isinstance(event, self._yaml.CollectionEndEvent)
            if not within:
                return Unread(why)
            event = self._next()


def _read_text(text: str) -> Any:
    if hit := _CONTROL.search(text):
        character = "a character" if hit[0] == DAMAGED else f"the character U+{ord(hit[0]):04X}"
        return Unread(f"found {character} that cannot be seen or was lost; delete it, or type it anew")
    return sys.intern(text) if len(text) < OFTEN else text


def _read_whole(text: str) -> Any:
    return int(text) if _WHOLE.fullmatch(text) else _no_number(text)


def _read_decimal(text: str) -> Any:
    value = float(text) if _DECIMAL.fullmatch(text) and re.search("[0-9]", text) else math.inf
    return value if abs(value) < 10**DIGITS else _no_number(text)


def _no_number(text: str) -> Unread:
    allowed = f"a number such as 12 or 0.6, of at most {DIGITS} digits; a text stands in quotation marks"
    return Unread(f"found {shown(text)}; allowed is {allowed}")


def _read_day(text: str) -> Any:
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    allowed = "a day of the calendar, such as 2018-04-11; a text stands in quotation marks"
    return Unread(f"found {shown(text)}; allowed is {allowed}")


def _read_bool(text: str) -> Any:
    found = _BOOLS.get(text.lower())
    return Unread(f"found {shown(text)}; allowed is true or false") if found is None else found


_SCALARS: dict[str, Any] = {
    "str": _read_text,
    "int": _read_whole,
    "float": _read_decimal,
    "timestamp": _read_day,
    "bool": _read_bool,
    "null": lambda _: None,
    "value": _read_text,  # a lone =
    "merge": _read_text,  # a lone <<
}
