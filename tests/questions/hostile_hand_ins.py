"""Files that call themselves hand-ins and are none, each with words that its refusal has to hold."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from notthesame.questions.hand_in_file import MOST, HandIn, Item, Text, encode

PSEUDONYM, DAY = "0123456789abcdef", "2026-11-29"
WHOLE = HandIn(
    PSEUDONYM,
    DAY,
    (
        Item("02-destitute", 1, "a", "wrong", 80, DAY),
        Item("02-destitute", 3, "b", "right", None, DAY),
        Item("02-means", 1, ("a", "c"), "partly right", 62.5, None),
        Item("03-share", 1, 0.5, "right"),
    ),
    (Text("03-costs", 2, ("=HYPERLINK(1)", "<script>", ""), "right", DAY),),
)
GOOD = encode(WHOLE)


def spoilt(change: Callable[[Any], object]) -> bytes:
    """A good file with one thing changed in it."""
    found = json.loads(GOOD)
    change(found)
    return json.dumps(found).encode()


def with_item(**values: object) -> bytes:
    return spoilt(lambda found: found["items"][0].update(values))


def with_text(**values: object) -> bytes:
    return spoilt(lambda found: found["texts"][0].update(values))


def with_head(**values: object) -> bytes:
    return spoilt(lambda found: found.update(values))


def packed() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../hand-in.json", b" " * MOST)
    return content.getvalue()


class Runs:
    """What a pickle would call."""

    def __reduce__(self) -> Any:
        return print, ("unpickled",)


HOSTILE: Mapping[str, tuple[bytes, str]] = {
    # encodings, sizes, shapes
    "empty": (b"", "not JSON, or cut short"),
    "cut short": (GOOD[:-9], "not JSON, or cut short"),
    "twice in one": (GOOD + GOOD, "not JSON, or cut short"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "not UTF-8 text"),
    "Latin-1": (GOOD.replace(b"HYPERLINK", b"\xe9"), "not UTF-8 text"),
    "a NUL in a text": (GOOD.replace(b"HYPERLINK", b"\0"), "not JSON, or cut short"),
    "half a character": (GOOD.replace(b"HYPERLINK", b"\\ud800"), "a list of 1 to 200 texts"),
    "too large": (b" " * MOST + GOOD, "at most 1,000,000"),
    "too deep": (b"[" * 400_000, "nested too deep"),
    "deep in an item": (GOOD.replace(b'["a", "c"]', b"[" * 300 + b"]" * 300), "item 3: response: found"),
    "a zip": (packed(), "not "),
    "gzip": (gzip.compress(b" " * MOST), "not UTF-8 text"),
    "a pickle": (pickle.dumps(Runs()), "not "),
    "a page": (b"<html><script>alert(1)</script>", "not JSON, or cut short"),
    "a list": (b"[]", "not a hand-in of this course"),
    "an export": (b'{"schema": 4, "records": [], "set_aside": 0}', "not a hand-in of this course"),
    # keys
    "a key twice": (GOOD.replace(b'"day"', b'"day": "2026-01-01", "day"', 1), "a key is there twice"),
    "a key twice in an item": (GOOD.replace(b'"rank"', b'"rank": 1, "rank"', 1), "a key is there twice"),
    "an unknown key": (with_head(name="Ann"), "the file: a key: found 'name'"),
    "a name in an item": (with_item(name="Ann"), "item 1: an item: a key: found 'name'"),
    "a prototype": (with_head(__proto__={}), "a key: found '__proto__'"),
    "a key is missing": (spoilt(lambda found: found.pop("texts")), "the file: without texts"),
    "a key of an item": (spoilt(lambda found: found["items"][1].pop("day")), "item 2: an item: without day"),
    # schema and head
    "no schema": (with_head(schema=None), "schema: found None; allowed: 1 to 1"),
    "schema true": (with_head(schema=True), "schema: found True"),
    "a later schema": (with_head(schema=2), "from a newer version of the course: schema 2, known up to 1"),
    "a path as pseudonym": (with_head(pseudonym="../../etc/passwd"), "16 signs of 0-9 and a-f"),
    "a formula as pseudonym": (with_head(pseudonym="=1+1"), "16 signs of 0-9 and a-f"),
    "a name as pseudonym": (with_head(pseudonym=f"{PSEUDONYM}\n"), "16 signs of 0-9 and a-f"),
    "a time of day": (with_head(day="2026-11-29T18:40"), "day: found '2026-11-29T18:40'"),
    "no such day": (with_head(day="2026-02-30"), "day: found '2026-02-30'"),
    "items by name": (with_head(items={}), "items: found {}; allowed: a list"),
    "an item as text": (with_head(items=["02-means"]), "item 1: an item: found '02-means'"),
    # items
    "an id with a path": (with_item(question="02-../../x"), "item 1: question: found '02-../../x'"),
    "an id without end": (with_item(question="02-" + "a" * 999), "at most 80 signs"),
    "an id of a number": (with_item(question=2), "item 1: question: found 2"),
    "free text": (with_item(response="I know Ann"), "item 1: response: found 'I know Ann'"),
    "no answer": (with_item(response=None), "item 1: response: found None"),
    "no letters": (with_item(response=[]), "item 1: response: found ()"),
    "a letter twice": (with_item(response=["a", "a"]), "item 1: response: found ('a', 'a')"),
    "letters of lists": (with_item(response=[["a"]]), "item 1: response: found (['a'],)"),
    "true": (with_item(response=True), "item 1: response: found True"),
    "an object": (with_item(response={"a": 1}), "item 1: response: found {'a': 1}"),
    "not a number": (GOOD.replace(b"0.5", b"NaN"), "found 'NaN'; allowed: finite numbers"),
    "infinity": (GOOD.replace(b"0.5", b"-Infinity"), "found '-Infinity'; allowed: finite numbers"),
    "too large a number": (GOOD.replace(b"0.5", b"1e999"), "found '1e999'; allowed: finite numbers"),
    "a number without end": (GOOD.replace(b"0.5", b"9" * 900_000), "a number of 900,000 signs"),
    "a fraction without end": (GOOD.replace(b"0.5", b"0." + b"9" * 900_000), "a number of 900,002 signs"),
    "rank zero": (with_item(rank=0), "item 1: rank: found 0"),
    "rank true": (with_item(rank=True), "item 1: rank: found True"),
    "rank of a fraction": (with_item(rank=1.0), "item 1: rank: found 1.0"),
    "a list as status": (with_item(status=["right"]), "item 1: status: found ['right']"),
    "not attempted": (with_item(status="not attempted"), "item 1: status: found 'not attempted'"),
    "more than sure": (with_item(confidence=101), "item 1: confidence: found 101"),
    "a clock": (with_item(day="2026-11-29 18:40"), "item 1: day: found '2026-11-29 18:40'"),
    "the same twice": (spoilt(lambda found: found["items"].insert(0, found["items"][0])), "is there twice"),
    "out of order": (spoilt(lambda found: found["items"].reverse()), "is not in its place"),
    # texts
    "a text by itself": (with_text(response="all I know"), "text 1: response: found 'all I know'"),
    "a number as text": (with_text(response=[1]), "text 1: response: found (1,)"),
    "boxes without end": (with_text(response=[""] * 201), "a list of 1 to 200 texts"),
    "a task twice": (spoilt(lambda found: found["texts"].append(found["texts"][0])), "is there twice"),
    # what was changed
    "a better answer": (with_item(status="right"), "its checksum does not fit"),
    "another's pseudonym": (with_head(pseudonym="f" * 16), "its checksum does not fit"),
    "no checksum": (with_head(check=None), "its checksum does not fit"),
    "fewer items": (spoilt(lambda found: found["items"].pop()), "its checksum does not fit"),
}
