"""YAML and structuring, with every fault of a file reported at once and in plain words."""

from __future__ import annotations

import types
import typing
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class FileFaults(ValueError):
    """A file with faults; ``faults`` holds one plain sentence for each."""

    def __init__(self, path: Path | str, faults: list[str]) -> None:
        self.path, self.faults = Path(path), tuple(faults)
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{self.path.name}: {count}\n" + "\n".join(f"  - {fault}" for fault in faults))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; raises FileFaults with the line when it is not valid YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        raise FileFaults(path, [f"{where}: this is not valid YAML: {error.problem}"]) from error
    except UnicodeDecodeError as error:
        raise FileFaults(path, [f"byte {error.start}: the file is not UTF-8 text"]) from error


def structure(raw: Any, kind: type[T]) -> tuple[T | None, list[str]]:
    """``raw`` as a ``kind``, or None with every fault: unknown and missing fields, wrong types, each with its path."""
    import cattrs
    from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

    def words(error: BaseException, wanted: type | None) -> str:
        if isinstance(error, KeyError):
            return f"the field {error.args[0]!r} is missing"
        if isinstance(error, ForbiddenExtraKeysError):
            found = ", ".join(sorted(map(str, error.extra_fields)))
            known = ", ".join(sorted(getattr(error.cl, "__dataclass_fields__", {})))
            return f"unknown field {found}; allowed: {known}"
        if isinstance(error, (TypeError, ValueError, AttributeError)):
            return str(error) if error.args else "invalid value"
        return f"invalid value ({error})"

    try:
        return _converter().structure(raw, kind), []
    except BaseValidationError as error:
        return None, [fault.replace(" @ $", " at ") for fault in cattrs.transform_error(error, format_exception=words)]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        return None, [words(error, kind)]


_PLAIN = {str: "text", int: "a whole number", float: "a number", type(None): "nothing"}
_CONVERTERS: list[Any] = []


def _either(kind: Any) -> str:
    return " or ".join(_PLAIN[part] for part in typing.get_args(kind) if part is not type(None))


def _converter() -> Any:
    """One strict converter: text must be text, numbers numbers, no field beyond those of the class."""
    if _CONVERTERS:
        return _CONVERTERS[0]
    import datetime

    import cattrs

    def exactly(*kinds: type, name: str) -> Any:
        def hook(value: Any, _: Any) -> Any:
            if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds):
                return value
            raise TypeError(f"found {value!r}, but {name} is wanted")

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
    _CONVERTERS.append(converter)
    return converter
