"""The files of all sessions: copies, other machines' files, editors, damage, and a disk that is slow."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notthesame.questions import files
from notthesame.questions.answers import Store
from notthesame.questions.records import Record, decode, encode

COPIES = (
    "{stem} (1).jsonl",
    "{stem}-LAPTOP.jsonl",
    "{stem} (Conflicted copy 2026-01-02).jsonl",
    "{stem}.sync-conflict-20260102-101112-ABCDEFG.jsonl",
    "{stem} 2.jsonl",
    "{stem} - Copy.jsonl",
)


def put(store: Store, response: str, question: str = "02-means") -> None:
    assert store.record(question, response, status="right", credit=1.0).on_disk


def responses(store: Store) -> list[Any]:
    return [record.response for record in store.load().records]


def only(folder: Path) -> Path:
    (found,) = files.listed(folder)
    return found


# Copies


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_file_counts_once(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    put(store, "a")
    put(store, "b")
    path = only(tmp_path)
    shutil.copy(path, tmp_path / name.format(stem=path.stem))
    put(store, "c")
    for each in (store, Store(tmp_path)):
        assert responses(each) == ["a", "b", "c"] and each.load().damaged == ()
    path.unlink()
    assert responses(Store(tmp_path)) == ["a", "b"]  # a copy that is all that is left still counts
    assert "Deleted 1 file" in Store(tmp_path).delete(sure=True)


def test_a_copy_makes_good_a_line_that_is_damaged_in_the_original(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "a")
    put(store, "b")
    path = only(tmp_path)
    for name in COPIES[:2]:
        shutil.copy(path, tmp_path / name.format(stem=path.stem))
    path.write_bytes(path.read_bytes()[:-20])
    (tmp_path / COPIES[2].format(stem=path.stem)).write_bytes(path.read_bytes())
    assert responses(Store(tmp_path)) == ["a", "b"]
    assert len(Store(tmp_path).load().damaged) == 1  # the same torn line, in two files


def test_two_equal_damaged_lines_of_one_file_are_both_told(tmp_path: Path) -> None:
    (tmp_path / "answers-0.jsonl").write_bytes(b"{\n{\n")
    assert [damaged.line_number for damaged in Store(tmp_path).load().damaged] == [1, 2]


def test_the_same_answer_of_two_sessions_counts_twice(tmp_path: Path) -> None:
    line = encode(Record(1, "02-means", "b", "right", 1.0))
    for token in ("0" * 16, "1" * 16, "0" * 15 + "1"):
        (tmp_path / f"answers-{token}.jsonl").write_bytes(line)
    assert responses(Store(tmp_path)) == ["b", "b", "b"]


def test_a_failed_close_does_not_duplicate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network disk may take the line and report a fault at closing all the same."""
    store, close = Store(tmp_path), os.close
    put(store, "a")

    def fails(descriptor: int) -> None:
        close(descriptor)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "close", fails)
        saved = store.record("02-means", "b", status="right", credit=1.0)
    assert not saved.on_disk and "Input/output error" in saved.why
    assert responses(store) == responses(Store(tmp_path)) == ["a", "b"]
    put(store, "c")
    for each in (store, Store(tmp_path)):
        assert responses(each) == ["a", "b", "c"]
    assert [record.seq for record in store.load().records] == [1, 2, 3]


# Two machines


def synchronise(one: Path, two: Path) -> None:
    for source, target in ((one, two), (two, one)):
        for path in files.listed(source):
            if not (target / path.name).exists() or os.path.getsize(path) > os.path.getsize(
                target / path.name
            ):
                shutil.copy(path, target)


def test_two_machines_used_offline_agree_on_an_order_in_which_nothing_precedes_what_it_knew(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    put(Store(one), "known to both")
    synchronise(one, two)
    here, there = Store(one), Store(two)
    for letter in "abc":
        put(here, f"here {letter}")
    put(there, "there a")
    synchronise(one, two)
    put(there, "last, knowing all")
    synchronise(one, two)
    assert responses(Store(one)) == responses(Store(two)) == responses(here) == responses(there)
    found = responses(Store(one))
    assert (found[0], found[-1]) == ("known to both", "last, knowing all")
    assert [word for word in found if word.startswith("here")] == ["here a", "here b", "here c"]
    assert found.index("there a") in (1, 2)  # beside the first answer given at the other machine


# Editors


EDITORS: dict[str, Callable[[bytes], bytes]] = {
    "a byte-order mark": lambda content: codecs.BOM_UTF8 + content,
    "a mark and the line ends of Notepad": lambda content: codecs.BOM_UTF8 + content.replace(b"\n", b"\r\n"),
    "a mark before each line, as joined files have": lambda content: (
        codecs.BOM_UTF8 + content.rstrip().replace(b"\n", b"\n" + codecs.BOM_UTF8)
    ),
    "UTF-16, which Notepad calls Unicode": lambda content: (
        content.decode().replace("\n", "\r\n").encode("utf-16")
    ),
    "UTF-16 the other way round": lambda content: codecs.BOM_UTF16_BE + content.decode().encode("utf-16-be"),
    "spaces, and keys in another order": lambda content: b"\n".join(
        json.dumps(dict(sorted(json.loads(line).items())), separators=(" , ", " : ")).encode()
        for line in content.splitlines()
    ),
    "only a mark": lambda content: codecs.BOM_UTF8 + b"\n" + content + codecs.BOM_UTF8,
}


@pytest.mark.parametrize("editor", EDITORS)
def test_a_file_that_an_editor_saved_is_read(tmp_path: Path, editor: str) -> None:
    store = Store(tmp_path)
    put(store, "é 中 \u2028 and more")
    put(store, "b")
    path, before = only(tmp_path), store.load()
    path.write_bytes(EDITORS[editor](path.read_bytes()))
    assert store.load() == Store(tmp_path).load() == before
    if "UTF-16" not in editor:
        put(store, "c")
        assert responses(Store(tmp_path))[-1] == "c" and not Store(tmp_path).load().damaged


# A damaged value


CHANGES = {
    "seq": 2,
    "question": "02-mean",
    "response": "c",
    "status": "wrong",
    "credit": 0.5,
    "confidence": 81,
    "day": "2026-11-30",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_value_is_noticed(name: str) -> None:
    line = encode(Record(1, "02-means", "b", "right", 1.0, 80, "2026-11-29"))
    changed = json.dumps({**json.loads(line), name: CHANGES[name]}).encode()
    with pytest.raises(ValueError, match="changed since it was written: its checksum does not fit"):
        decode(changed)


def test_no_byte_can_be_changed_unnoticed() -> None:
    record = Record(17, "02-means", ["a", "é"], "right", 1.0, 80, "2026-11-29")
    line = encode(record).strip()
    for at in range(len(line)):
        for bit in range(8):
            damaged = line[:at] + bytes([line[at] ^ 1 << bit]) + line[at + 1 :]
            try:
                assert decode(damaged) == record, damaged  # a space that became a tab changes no value
            except ValueError:
                continue


def test_numbers_of_any_type_have_the_checksum_that_a_reader_finds() -> None:
    import numpy as np

    for value in (np.float64(0.1), 1e300, -0.0, 10**20, np.str_("b"), True + 0):
        assert decode(encode(Record(1, "02-means", value, "right", np.float64(0.5)))).response == value


# A slow disk, and many answers

DELAY = 0.02


class Waits(list[str]):
    """What was waited for, in turn, and how much of it at once at the most."""

    now = most = 0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Every look at a file, and every opening, takes 20 ms, as on a far network disk; a list of them."""
    waits = Waits()

    def slowly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def waiting(*arguments: Any, **named: Any) -> Any:
            waits.append(name)
            waits.now += 1
            waits.most = max(waits.most, waits.now)
            time.sleep(DELAY)
            waits.now -= 1
            return real(*arguments, **named)

        return waiting

    for owner, name in ((os, "open"), (os, "stat"), (os, "listdir"), (Path, "read_bytes")):
        monkeypatch.setattr(owner, name, slowly(name, getattr(owner, name)))
    return waits


def many(folder: Path, sessions: int, each: int) -> None:
    for session in range(sessions):
        lines = (
            encode(Record(number * sessions + session + 1, "02-means", "b", "right", 1.0))
            for number in range(each)
        )
        (folder / f"answers-{session:016x}.jsonl").write_bytes(b"".join(lines))


def test_eighty_files_on_a_slow_disk_are_asked_for_at_once(tmp_path: Path, slow: Waits) -> None:
    many(tmp_path, 80, 10)
    store = Store(tmp_path)
    slow.clear()
    for _ in range(2):
        slow.most = 0
        assert store.latest("02-means")
        assert slow.most > 4  # one after the other it is 1
    assert slow.count("read_bytes") == 80  # once each, in two calls


@pytest.mark.parametrize("most", [0, 2])
def test_without_threads_all_is_read_all_the_same(
    tmp_path: Path, slow: Waits, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    many(tmp_path, 6, 3)
    start = threading.Thread.start
    started: list[threading.Thread] = []

    def start_few(thread: threading.Thread) -> None:
        if len(started) >= most:
            raise RuntimeError("can't start new thread")  # as in a browser, or at a limit
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_few)
    assert len(responses(Store(tmp_path))) == 18 and len(started) == most


def test_only_what_changed_is_read_again(tmp_path: Path, slow: Waits) -> None:
    many(tmp_path, 5, 3)
    mine, other = Store(tmp_path), Store(tmp_path)
    mine.load()
    put(other, "new")
    slow.clear()
    assert responses(mine)[-1] == "new" and slow.count("read_bytes") == 1
    changed = tmp_path / f"answers-{0:016x}.jsonl"
    changed.write_bytes(b"")
    assert len(responses(mine)) == 13
    changed.unlink()
    assert len(responses(mine)) == 13


@pytest.mark.slow
def test_a_hundred_thousand_answers_show_by_pages(tmp_path: Path) -> None:
    many(tmp_path, 80, 1250)
    table = Store(tmp_path).show()
    text, page = repr(table), table._repr_html_()
    assert "100000 answers" in text and "answers 99,801 to 100,000" in text
    assert "nts.my_answers(page=2)" in text and page.count("<tr>") == 201
    assert len(text.splitlines()) < 210
