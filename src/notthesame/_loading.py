"""YAML and structuring, with every fault of a file reported at once and in plain words."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

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


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """A message for an unknown name, with the nearest known ones."""
    known = list(known)
    near = difflib.get_close_matches(str(name), known, n=4)
    near = near or difflib.get_close_matches(str(name), known, n=2, cutoff=0.4)
    return f"There is no {what} {shown(name)}." + (f" Nearest: {', '.join(near)}." if near else "")


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; raises FileFaults with the line when it is not valid YAML."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        problem = _PLAINER.get(str(error.problem), error.problem)
        raise FileFaults(path, [f"{where}: this is not valid YAML: {problem}"]) from error
    except UnicodeDecodeError as error:
        raise FileFaults(path, [f"byte {error.start}: the file is not UTF-8 text"]) from error


_PLAINER = {
    "mapping values are not allowed in this context": "a colon inside a text; write the text after >-"
}


@cache
def _loader() -> Any:
    """The fast safe loader; it refuses a key that stands twice, where YAML would silently keep the second."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} stands twice", key.start_mark
                    )
                seen.add(key.value)
            return super().construct_mapping(node, deep)

    return Loader


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
        found = ", ".join(sorted(map(str, error.extra_fields)))
        known = ", ".join(sorted(getattr(error.cl, "__dataclass_fields__", {})))
        return f"unknown field {found}; allowed: {known}"
    if isinstance(error, AttributeError):  # text or a list has no keys
        return "fields with values are wanted here"
    return str(error) or "this value is not allowed"


def _path_first(fault: str) -> str:
    """A fault such as "found 1 @ $.options['a'].text" with its path in front: "options.a.text: found 1"."""
    words, _, path = fault.rpartition(" @ $")
    parts = [quoted or plain for quoted, plain in re.findall(r"\['?([^'\]]+)'?\]|\.(\w+)", path)]
    if words.endswith(" is missing"):
        parts = parts[:-1]  # the words name it already
    return f"{'.'.join(parts)}: {words}" if parts else words


_PLAIN = {str: "text", int: "a whole number", float: "a number", type(None): "nothing"}


def _either(kind: Any) -> str:
    return " or ".join(_PLAIN[part] for part in typing.get_args(kind) if part is not type(None))


@cache
def _converter() -> Any:
    """One strict converter: text must be text, numbers numbers, no field beyond those of the class."""
    import datetime

    import cattrs

    def exactly(*kinds: type, name: str) -> Any:
        def hook(value: Any, _: Any) -> Any:
            if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds):
                return value
            raise TypeError(f"found {shown(value)}, but {name} is wanted")

        return hook

    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, exactly(str, name="text"))
    converter.register_structure_hook(int, exactly(int, name="a whole number"))
    converter.register_structure_hook(float, exactly(int, float, name="a number"))
    converter.register_structure_hook(bool, exactly(bool, name="true or false"))
    converter.register_structure_hook(datetime.date, exactly(datetime.date, name="a date such as 2018-04-11"))
    converter.register_structure_hook_func(
        lambda kind: set(typing.get_args(kind)) <= {*_PLAIN} and isinstance(kind, types.UnionType),
        lambda value, kind: exactly(*typing.get_args(kind), name=_either(kind))(value, kind),
    )
    return converter
