"""JSON that anybody may have made, read by strict rules; what is not exactly that is refused in one line."""

from __future__ import annotations

import json
import math
from typing import Any

from .._reading import shown

DIGITS = 40  # of a number; Python needs long for one of a million


class Refused(ValueError):
    """What is no file of ours, or not one to rely on; the message is one line."""


def refused(what: str, found: object, allowed: str) -> Refused:
    """The refusal of a value: what it is, what was found, what is allowed.

    >>> refused("rank", 0, "1 to 9")
    Refused('rank: found 0; allowed: 1 to 9')
    """
    return Refused(f"{what}: found {shown(found)}; allowed: {allowed}")


def parsed(content: bytes, most: int, form: str, schema: int, other: str) -> dict[str, Any]:
    """The document in some bytes, at most ``most``, if it calls itself ``form`` and its schema is known.

    It is UTF-8, holds each key once, and only finite numbers of at most ``DIGITS`` signs. other: what to say
    of a document that calls itself something else. Raises Refused.

    >>> parsed(b'{"format": "x", "schema": 1}', 100, "x", 1, "no x")["schema"]
    1
    """
    if len(content) > most:
        raise Refused(f"{len(content):,} bytes; allowed: at most {most:,}")
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(
            text,
            object_pairs_hook=_each_once,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_constant,
        )
    except Refused:
        raise
    except UnicodeDecodeError:
        raise Refused("not UTF-8 text") from None
    except RecursionError:
        raise Refused("nested too deep") from None
    except ValueError:
        raise Refused("not JSON, or cut short") from None
    if not isinstance(found, dict) or found.get("format") != form:
        raise Refused(other)
    _check_schema(found.get("schema"), schema)
    return found


def _check_schema(schema: object, known: int) -> None:
    if type(schema) is not int or schema < 1:
        raise refused("schema", schema, f"1 to {known}")
    if schema > known:
        raise Refused(f"from a newer version of the course: schema {shown(schema)}, known up to {known}")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refused("a key is there twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise Refused(f"a number of {len(digits):,} signs; allowed: at most {DIGITS}")
    return int(digits)


def _finite(digits: str) -> float:
    if len(digits) > DIGITS:
        raise Refused(f"a number of {len(digits):,} signs; allowed: at most {DIGITS}")
    found = float(digits)
    if not math.isfinite(found):
        raise refused("a number", digits, "finite numbers")
    return found


def _no_constant(name: str) -> None:
    raise refused("a number", name, "finite numbers")


def fields(where: str, found: object, names: tuple[str, ...]) -> dict[str, Any]:
    """An object that has these keys and no others; raises Refused.

    >>> fields("an item", {"a": 1}, ("a",))
    {'a': 1}
    """
    if not isinstance(found, dict):
        raise refused(where, found, f"an object of {', '.join(names)}")
    if not all(map(found.__contains__, names)):
        raise Refused(f"{where}: without {', '.join(name for name in names if name not in found)}")
    if len(found) > len(names):
        unknown = next(name for name in found if name not in names)
        raise refused(f"{where}: a key", unknown, ", ".join(names))
    return found


def listed(name: str, found: object) -> list[Any]:
    """A list; raises Refused for anything else.

    >>> listed("items", [1])
    [1]
    """
    if not isinstance(found, list):
        raise refused(name, found, "a list")
    return found
