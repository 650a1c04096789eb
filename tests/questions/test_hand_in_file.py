"""The file of a hand-in: what is written is read again, and nothing else is, whoever made it."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notthesame.questions import hand_in_file
from notthesame.questions.hand_in_file import MOST, STATUSES, HandIn, Item, Refused, Text, encode, read
from notthesame.questions.model import LETTERS
from tests.questions.hostile_hand_ins import DAY, GOOD, HOSTILE, PSEUDONYM, WHOLE

ids = st.from_regex("[0-9]{2}-[a-z0-9-]{1,20}", fullmatch=True)
days = st.none() | st.dates().map(str)
letters = st.sampled_from(LETTERS)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**38), 10**38)
responses = letters | st.lists(letters, min_size=1, unique=True).map(tuple) | numbers
ranks = st.integers(1, hand_in_file.RANKS)
sure = st.none() | st.floats(0, 100) | st.integers(0, 100)
statuses = st.sampled_from(STATUSES)
boxes = st.lists(st.text(max_size=30), min_size=1, max_size=5).map(tuple)
hand_ins = st.builds(
    HandIn,
    st.from_regex("[0-9a-f]{16}", fullmatch=True),
    st.dates().map(str),
    st.lists(
        st.builds(Item, ids, ranks, responses, statuses, sure, days),
        max_size=8,
        unique_by=lambda item: (item.question, item.rank),
    ).map(lambda found: tuple(sorted(found, key=lambda item: (item.question, item.rank)))),
    st.lists(
        st.builds(Text, ids, ranks, boxes, statuses, days), max_size=4, unique_by=lambda text: text.task
    ).map(lambda found: tuple(sorted(found, key=lambda text: text.task))),
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9)


def refused(content: bytes) -> str:
    """What is said of bytes that are refused; an empty text for those that are read."""
    try:
        read(content)
    except Refused as error:
        said = str(error)
        assert said and len(said) <= 400 and said.splitlines() == [said]
        return said
    return ""


@given(hand_ins)
def test_what_is_written_is_read_again(whole: HandIn) -> None:
    content = encode(whole)
    assert read(content) == whole and encode(read(content)) == content


@given(st.binary() | st.text().map(str.encode) | values.map(lambda value: json.dumps(value).encode()))
def test_any_other_bytes_are_refused_in_one_line(content: bytes) -> None:
    assert refused(content)


@given(st.data())
def test_a_file_with_any_bytes_changed_is_refused_or_means_the_same(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 8)))
    content = GOOD[:start] + data.draw(st.binary(max_size=8)) + GOOD[end:]
    assert refused(content) or read(content) == WHOLE


@given(st.data(), values)
def test_a_file_with_any_value_changed_is_refused_or_means_the_same(data: st.DataObject, value: Any) -> None:
    found = json.loads(GOOD)
    place: Any = found
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key: Any = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    content = json.dumps(found).encode()
    assert refused(content) or read(content) == WHOLE


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_is_refused_and_the_line_says_why(name: str) -> None:
    content, words = HOSTILE[name]
    assert words in refused(content)


def test_the_good_file_beside_them_is_read() -> None:
    assert read(GOOD) == WHOLE
    assert read(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n")) == WHOLE  # after an editor, a mail program


def test_a_file_is_plain_text_of_one_entry_a_line() -> None:
    lines = GOOD.decode("ascii").splitlines()
    assert len(lines) == 1 + len(WHOLE.items) + len(WHOLE.texts)
    assert set(json.loads(GOOD)) == set(hand_in_file.KEYS)


@pytest.mark.parametrize("part", [WHOLE, WHOLE.items[0], WHOLE.texts[0]])
def test_what_is_read_cannot_be_changed(part: Any) -> None:
    for field in dataclasses.fields(part):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, field.name, "x")
    hash(part)


def test_what_would_be_too_large_is_not_written() -> None:
    with pytest.raises(Refused, match=f"allowed: at most {MOST:,}"):
        encode(HandIn(PSEUDONYM, DAY, texts=(Text("03-costs", 1, ("x" * MOST,), "right"),)))


def test_reading_loads_nothing_heavy_and_runs_nothing() -> None:
    code = (
        "import sys; from notthesame.questions.hand_in_file import read; "
        "print(sorted({'pickle', 'numpy', 'pandas', 'ipywidgets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
