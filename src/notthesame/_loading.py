"""YAML and structuring, with every fault of a file reported at once and in plain words."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from . import _yaml
from ._reading import shown
from ._words import counted

T = TypeVar("T")


class FileFaults(ValueError):
    """A file with faults; ``faults`` holds one plain sentence for each."""

    def __init__(self, path: Path | str, faults: list[str]) -> None:
        self.path, self.faults = Path(path), tuple(faults)
        count = counted(len(faults), "fault")
        super().__init__(f"{self.path.name}: {count}\n" + "\n".join(f"  - {fault}" for fault in faults))


def frozen(value: Any) -> Any:
    """The value with nothing in it that can be changed: mappings, lists and sets, at any depth.

    >>> frozen({"a": [1, {"b": {2}}]})
    mappingproxy({'a': (1, mappingproxy({'b': frozenset({2})}))})
    """
    if isinstance(value, dict | types.MappingProxyType):
        return types.MappingProxyType({name: frozen(part) for name, part in value.items()})
    if isinstance(value, list) or type(value) is tuple:
        return tuple(map(frozen, value))
    if isinstance(value, set):
        return frozenset(value)
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            object.__setattr__(value, field.name, frozen(getattr(value, field.name)))
    return value


def unusable(what: str, name: str, faults: Iterable[FileFaults]) -> str:
    """Why an entry cannot be used, in one line: it has a fault, or a file that may hold it cannot be read.

    >>> unusable("fact", "law-x", [FileFaults("law.yaml", ["fact law-x: source is unknown"])])
    'The fact law-x cannot be used until law.yaml is mended: source is unknown'
    >>> unusable("fact", "law-x", [FileFaults("law.yaml", ["fact law-y: source is unknown"])])
    ''
    """
    for found in faults:
        for fault in found.faults:
            entry, _, why = fault.partition(": ")
            if entry == f"{what} {name}" or not entry.startswith(f"{what} "):
                why = why if entry == f"{what} {name}" else fault
                return f"The {what} {name} cannot be used until {found.path.name} is mended: {why}"
    return ""


def name_of(entry: Any, index: int) -> str:
    """What a fault calls an entry of a list: its id, or its place where it has none that can be read.

    >>> name_of({"id": "02-x"}, 1), name_of([], 2)
    ('02-x', 'number 2')
    """
    given = entry.get("id") if isinstance(entry, dict) else None
    return shown(given).strip("'") if isinstance(given, str) and given.strip() else f"number {index}"


def named(text: str) -> str:
    """A name as a message repeats it: one that could be a name as it is, anything else in quotation marks.

    >>> named("low"), named(""), named("x" * 99)[-4:]
    ('low', "''", "x...")
    """
    return text if re.fullmatch(r"\w{1,40}", text) else shown(text)


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """A message for an unknown name, with the nearest known ones."""
    known = list(known)
    near = difflib.get_close_matches(str(name), known, n=4)
    near = near or difflib.get_close_matches(str(name), known, n=2, cutoff=0.4)
    return f"There is no {what} {shown(name)}." + (f" Nearest: {', '.join(near)}." if near else "")


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, with a mark in place of each value that ``structure`` then refuses.

    Raises FileFaults with the line when it is not valid YAML.
    """
    try:
        return _yaml.values(path.read_bytes())
    except _yaml.NotYaml as error:
        raise FileFaults(path, error.faults) from error


def structure(raw: Any, kind: type[T]) -> tuple[T | None, list[str]]:
    """``raw`` as a ``kind``, or None with every fault and its path: unknown and missing fields, types."""
    import cattrs
    from cattrs.errors import BaseValidationError

    try:
        return _converter().structure(raw, kind), []
    except BaseValidationError as error:
        faults = cattrs.transform_error(error, format_exception=_in_words)
        return None, [_path_first(fault) for fault in faults]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        return None, [_in_words(error, kind)]


def _in_words(error: BaseException, _: type | None) -> str:
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        return f"the field {error.args[0]!r} is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        found = ", ".join(sorted(map(named, error.extra_fields)))
        known = ", ".join(sorted(getattr(error.cl, "__dataclass_fields__", {})))
        return f"unknown field {found}; allowed: {known}"
    return str(error) or "this value is not allowed"


def _path_first(fault: str) -> str:
    """A fault such as "found 1 @ $.options['a'].text" with its path in front: "options.a.text: found 1"."""
    words, _, path = fault.rpartition(" @ $")
    parts = [quoted or plain for quoted, plain in re.findall(r"\['?([^'\]]+)'?\]|\.(\w+)", path)]
    if words.endswith(" is missing"):
        parts = parts[:-1]  # the words name it already
    return f"{'.'.join(parts)}: {words}" if parts else words


_PLAIN = {str: "text", int: "a whole number", float: "a number", type(None): "nothing"}
_FIELDS = "fields with values are wanted here"


def _either(kind: Any) -> str:
    return " or ".join(_PLAIN[part] for part in typing.get_args(kind) if part is not type(None))


def _exactly(*kinds: type, name: str) -> Callable[[Any, Any], Any]:
    """A hook that takes a value of these very types: true is no number, and a time of day no date."""

    def hook(value: Any, _: Any) -> Any:
        if type(value) in kinds:
            return value
        raise TypeError(_refused(value, f"{name} is wanted"))

    return hook


def _refused(value: Any, wanted: str) -> str:
    """What is wrong with a value: what was noticed on reading the file, or else that something is wanted."""
    return value.why if isinstance(value, _yaml.Unread) else f"found {shown(value)}, but {wanted}"


def _only(kind: type, wanted: str, make: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A hook that takes a list or fields, and neither text nor anything else that has members."""

    def hook(value: Any, into: Any) -> Any:
        if isinstance(value, kind):
            return make(value, into)
        if kind is dict and not isinstance(value, _yaml.Unread):
            raise TypeError(_FIELDS)
        raise TypeError(_refused(value, wanted))

    return hook


def _anything(value: Any, _: Any = None) -> Any:
    """The value, in which nothing may be marked as unread."""
    if isinstance(value, _yaml.Unread):
        raise TypeError(value.why)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _anything(part)
    return value


def _is(container: Any) -> Callable[[Any], bool]:
    return lambda kind: typing.get_origin(kind) is container


@cache
def _converter() -> Any:
    """One strict converter: text must be text, numbers numbers, no field beyond those of the class."""
    import datetime

    import cattrs
    from cattrs import cols
    from cattrs.gen import make_dict_structure_fn

    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _exactly(str, name="text"))
    converter.register_structure_hook(int, _exactly(int, name="a whole number"))
    converter.register_structure_hook(float, _exactly(int, float, name="a number"))
    converter.register_structure_hook(bool, _exactly(bool, name="true or false"))
    converter.register_structure_hook(
        datetime.date, _exactly(datetime.date, name="a date such as 2018-04-11")
    )
    converter.register_structure_hook_func(lambda kind: kind is Any, _anything)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, types.UnionType) and {*typing.get_args(kind)} <= {*_PLAIN},
        lambda value, kind: _exactly(*typing.get_args(kind), name=_either(kind))(value, kind),
    )

    def of_class(kind: Any) -> Any:
        return _only(dict, _FIELDS, make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True))

    def of_dict(kind: Any) -> Any:
        return _only(dict, _FIELDS, cols.mapping_structure_factory(kind, converter))

    def of_tuple(kind: Any) -> Any:
        listed = cols.list_structure_factory(kind, converter)
        return _only(list, "a list is wanted, as in [a, b]", lambda value, into: tuple(listed(value, into)))

    converter.register_structure_hook_factory(is_dataclass, of_class)
    converter.register_structure_hook_factory(_is(dict), of_dict)
    converter.register_structure_hook_factory(_is(tuple), of_tuple)
    return converter
