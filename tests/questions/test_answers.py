"""Answers on disk: nothing lost, nothing hidden, nothing about the person. The faults are real ones."""

from __future__ import annotations

import codecs
import datetime
import getpass
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notthesame.questions import answers, records, shown
from notthesame.questions import files as stored
from notthesame.questions.answers import Saved, Store
from notthesame.questions.files import UNSEEN, Answers
from notthesame.questions.place import default_folder
from notthesame.questions.records import MAX_LINE, Record
from notthesame.questions.scoring import Response
from tests.disk import no_more_than

TODAY = "2026-11-29"
SOURCE = Path(answers.__file__).parents[2]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux mounts, limits or devices")
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs fork, SIGKILL or file-size limits")


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run past midnight."""
    monkeypatch.setattr(records, "today", lambda: datetime.date.fromisoformat(TODAY))


def put(store: Store, question: str = "02-means", response: Response = "b", **more: Any) -> Saved:
    return store.record(question, response, **{"status": "right", "credit": 1.0, **more})


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("answers-*.jsonl"))


def responses(store: Store) -> list[Response]:
    return [record.response for record in store.load().records]


def line(**changes: Any) -> bytes:
    fields = {"schema": 2, "seq": 1, "question": "02-means", "response": "b", "status": "right"}
    return json.dumps({**fields, "credit": 1.0, "confidence": None, **changes}).encode()


def write(folder: Path, content: bytes, name: str = "answers-0.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def merged(paths: list[Path]) -> Answers:
    return stored.merge(stored.parsed(path.name, path.read_bytes()) for path in paths)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", **more}


def python(code: str, *arguments: object, **more: str) -> str:
    """Run a program in a process of its own; fail with its traceback if it fails."""
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    done = subprocess.run(command, env=environment(**more), capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


# What a record is


def test_an_answer_is_found_again_by_this_session_and_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "a" / "b")
    saved = put(store, "02-means", ["a", "c"], status="partly right", credit=0.5, confidence=80)
    put(store, "03-count", 15.0)
    expected = Record(1, "02-means", ["a", "c"], "partly right", 0.5, 80, TODAY)
    assert (saved.on_disk, saved.why, saved.record) == (True, "", expected)
    assert store.latest("02-means") == Store(store.folder).latest("02-means") == expected
    assert store.latest("04-never") is None


def test_latest_is_the_newest_of_all_sessions(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    for store, letter in [(first, "a"), (second, "b"), (first, "c"), (second, "d")]:
        put(store, response=letter)
    assert responses(first) == ["a", "b", "c", "d"]
    assert [r.seq for r in first.load().records] == [1, 2, 3, 4]
    assert len(files(tmp_path)) == 2


def test_nothing_is_created_before_the_first_answer(tmp_path: Path) -> None:
    store = Store(tmp_path / "answers")
    assert store.load() == Answers((), ())
    assert store.latest("02-means") is None
    assert "0 answers" in repr(store.show())
    assert not store.folder.exists()


def test_an_empty_folder_and_an_empty_file_hold_no_answers(tmp_path: Path) -> None:
    assert Store(tmp_path).load() == Answers((), ())
    write(tmp_path, b"")
    assert Store(tmp_path).load() == Answers((), ())


@pytest.mark.parametrize(
    "response", [None, "b", "", "é 中\n\u2028 \x00 <b>", ["a", "c"], [], 15, -0.5, 1e308, "x" * 60_000]
)
def test_every_allowed_response_comes_back_equal(tmp_path: Path, response: Response) -> None:
    put(Store(tmp_path), response=response)
    record = Store(tmp_path).latest("02-means")
    assert record is not None
    assert record.response == response
    assert files(tmp_path)[0].read_bytes().count(b"\n") == 1


@pytest.mark.parametrize(
    ("changes", "named", "allowed"),
    [
        ({"question": "destitute"}, "question: found 'destitute'", "02-destitute"),
        ({"question": "02-Destitute"}, "question", "a-z"),
        ({"question": "../../etc"}, "question", "two digits"),
        ({"question": None}, "question: found None", "two digits"),
        ({"question": "02-means\n"}, "question", "two digits"),
        ({"response": {"a": 1}}, "response: found {'a': 1}", "a list of texts"),
        ({"response": True}, "response: found True", "a finite number"),
        ({"response": ["a", 1]}, "response", "a list of texts"),
        ({"response": ["a", ["b"]]}, "response", "a list of texts"),
        ({"response": [None]}, "response", "a list of texts"),
        ({"response": float("nan")}, "response: found nan", "finite"),
        ({"response": float("inf")}, "response: found inf", "finite"),
        ({"response": 10**400}, "response", "finite"),
        ({"response": 10**5000}, "response: found a whole number of about 5001 digits", "finite"),
        ({"response": "\ud800"}, "response", "a text"),
        ({"response": b"b"}, "response", "a text"),
        ({"response": "x" * MAX_LINE}, "response", f"at most {MAX_LINE} bytes"),
        ({"status": "correct"}, "status: found 'correct'", "partly right"),
        ({"credit": 1.5}, "credit: found 1.5", "0 to 1"),
        ({"credit": True}, "credit: found True", "0 to 1"),
        ({"confidence": 101}, "confidence: found 101", "0 to 100"),
        ({"confidence": "80"}, "confidence: found '80'", "0 to 100"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_and_not_kept(
    tmp_path: Path, changes: dict[str, Any], named: str, allowed: str
) -> None:
    store = Store(tmp_path)
    with pytest.raises(ValueError) as caught:
        put(store, **changes)
    assert named in str(caught.value)
    assert allowed in str(caught.value)
    assert store.load().records == ()
    assert files(tmp_path) == []
    assert put(store).record.seq == 1


def test_latest_refuses_a_mistyped_question(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="02-destitute"):
        Store(tmp_path).latest("2-means")


def test_a_list_changed_later_by_the_caller_does_not_change_the_record(tmp_path: Path) -> None:
    store, letters = Store(tmp_path), ["a"]
    store.do_not_record()
    put(store, response=letters)
    letters.append("b")
    assert responses(store) == [["a"]]


# Damage


def test_cut_at_any_byte_loses_only_the_line_that_was_cut(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number, response in enumerate(["a", ["b", "é"], 1.5, None], 1):
        put(store, f"0{number}-q", response)
    (path,) = files(tmp_path)
    whole, all_records = path.read_bytes(), store.load().records
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        # a line is whole once its last brace is there: only its newline may be missing
        kept = [r for r, end in zip(all_records, ends, strict=True) if end - 1 <= cut]
        torn = 0 if cut in (0, *ends, *(end - 1 for end in ends)) else 1
        path.write_bytes(whole[:cut])
        fresh = Store(tmp_path)
        assert list(fresh.load().records) == kept
        assert len(fresh.load().damaged) == torn
        assert put(fresh, response="from a new session").on_disk
        assert put(store, response="from the same session").on_disk
        after = Store(tmp_path).load()
        assert list(after.records[:-2]) == kept
        assert [r.response for r in after.records[-2:]] == ["from a new session", "from the same session"]
        assert len(after.damaged) == torn
        if torn:
            start = max([0, *(end for end in ends if end <= cut)])
            assert after.damaged[0].text.encode("utf-8", "replace").startswith(whole[start : cut - 1])
        assert path.read_bytes().startswith(whole[:cut])  # the torn text itself is left as it was
        for other in files(tmp_path):
            if other != path:
                other.unlink()


DAMAGE = {
    "not JSON": (b'{"schema": 2, "seq":', "cut short, or not JSON"),
    "not a record": (b'["a"]', "not a record"),
    "a bare number": (b"7", "not a record"),
    "no schema": (b'{"seq": 1}', "schema number"),
    "schema of the wrong type": (line(schema="2"), "schema number"),
    "schema that is a truth value": (line(schema=True), "schema number"),
    "schema nought": (line(schema=0), "schema number"),
    "newer schema": (line(schema=5, mood="new"), "newer version of the course: schema 5"),
    "missing key": (b'{"schema": 2, "seq": 1}', "keys missing or unknown"),
    "unknown key": (line(name="somebody"), "keys missing or unknown: ['name']"),
    "seq is text": (line(seq="1"), "seq: found '1'"),
    "seq is a truth value": (line(seq=True), "seq: found True"),
    "seq negative": (line(seq=-1), "seq: found -1"),
    "number with too many digits": (b'{"schema": 2, "seq": ' + b"9" * 5000 + b"}", "not JSON"),
    "question is a list": (line(question=["02-means"]), "question: found"),
    "question elsewhere": (line(question="../x"), "question: found"),
    "response is a record": (line(response={}), "response: found {}"),
    "response is not a number": (line(response=float("nan")), "response: found nan"),
    "response is half a character": (line(response="\ud800"), "response: found"),
    "status unknown": (line(status="fine"), "status: found 'fine'"),
    "status is a list": (line(status=[]), "status: found []"),
    "credit too large": (line(credit=2), "credit: found 2"),
    "confidence is text": (line(confidence="90"), "confidence: found '90'"),
    "day is a number": (line(schema=4, check=None, day=20261129), "day: found 20261129"),
    "day with a time": (line(schema=4, check=None, day="2026-11-29T17:10"), "day: found '2026-11-29T17:10'"),
    "day in another form": (line(schema=4, check=None, day="2026-W48-7"), "day: found '2026-W48-7'"),
    "day that is none": (line(schema=4, check=None, day="2026-02-30"), "day: found '2026-02-30'"),
    "too long": (line(response="x" * MAX_LINE), "longer than 65536 bytes"),
    "deeply nested": (b"[" * 60_000, "not JSON"),
    "not UTF-8": (b"\xff\xfe\x80\x00" * 20, "not UTF-8"),
    "zero bytes, as after a power cut": (b"\x00" * 300, "not JSON"),
    "schema 1 without its answer": (b'{"schema": 1, "seq": 1, "question": "02-means"}', "['response']"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_line_in_the_middle_is_set_aside_and_left_where_it_is(tmp_path: Path, kind: str) -> None:
    bad, problem = DAMAGE[kind]
    content = line(seq=1, response="before") + b"\n" + bad + b"\n" + line(seq=2, response="after") + b"\n"
    path = write(tmp_path, content)
    store = Store(tmp_path)
    assert responses(store) == ["before", "after"]
    (damaged,) = store.load().damaged
    assert (damaged.file, damaged.line_number) == (path.name, 2)
    assert problem in damaged.problem
    assert damaged.text == bad[:MAX_LINE].decode("utf-8", "replace")
    assert put(store, response="next").record.seq == 3
    assert problem in repr(store.show())
    assert path.read_bytes() == content


def test_binary_garbage_of_any_length_is_reported_and_never_fatal(tmp_path: Path) -> None:
    garbage = bytes((i * i + 7 * i) % 256 for i in range(5000))
    write(tmp_path, garbage)
    put(Store(tmp_path), response="fine")
    assert responses(Store(tmp_path)) == ["fine"]
    lines = [part for part in garbage.split(b"\n") if part.strip()]
    assert len(Store(tmp_path).load().damaged) == len(lines) > 1


@given(st.lists(st.binary(max_size=80), max_size=4))
@example([codecs.BOM_UTF16_BE])
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_no_bytes_can_stop_a_session(parts: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, b"\n".join([*parts, line(response="mine")]))
        store = Store(folder)
        assert store.load().records[-1].response == "mine"
        assert put(store, response="next").on_disk
        assert store.load().records[-1].response == "next"


def test_lines_edited_on_windows_and_blank_lines_are_no_damage(tmp_path: Path) -> None:
    write(tmp_path, line(seq=1) + b"\r\n\r\n\n" + line(seq=2) + b"\r\n")
    assert [r.seq for r in Store(tmp_path).load().records] == [1, 2]
    assert Store(tmp_path).load().damaged == ()


def test_the_older_schema_is_read_and_its_file_not_rewritten(tmp_path: Path) -> None:
    old = b'{"schema": 1, "seq": 4, "question": "02-means", "answer": ["a", "c"]}\n'
    path = write(tmp_path, old)
    store = Store(tmp_path)
    assert store.latest("02-means") == Record(4, "02-means", ["a", "c"], None, None, None)
    assert put(store).record.seq == 5
    assert path.read_bytes() == old


def test_the_schema_without_a_day_is_read_and_its_checksum_still_holds(tmp_path: Path) -> None:
    old = (  # as version 3 wrote it
        b'{"schema": 3, "seq": 2, "question": "02-means", "response": "b", "status": "right", "credit": 1.0, '
        b'"confidence": null, "check": "789827f2"}\n'
    )
    path = write(tmp_path, old)
    assert Store(tmp_path).load() == Answers((Record(2, "02-means", "b", "right", 1.0, None, None),), ())
    path.write_bytes(old.replace(b'"right"', b'"wrong"'))
    (damaged,) = Store(tmp_path).load().damaged
    assert "its checksum does not fit" in damaged.problem


def test_the_same_answer_on_another_day_is_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    for _ in range(2):
        put(store, once=True)
    monkeypatch.setattr(records, "today", lambda: datetime.date(2026, 11, 30))
    for _ in range(2):
        put(store, once=True)
    assert [record.day for record in Store(tmp_path).load().records] == [TODAY, "2026-11-30"]


def test_every_older_schema_has_a_way_up() -> None:
    assert sorted(records.UPGRADES) == list(range(1, records.SCHEMA))


@pytest.mark.parametrize("absurd", [10**12, 10**400, 10**6, 3 + UNSEEN + 4])
def test_an_absurd_number_beats_no_answer_and_is_reported(tmp_path: Path, absurd: int) -> None:
    """However its file is called, and before and after new answers were given."""
    for name in ("answers-0.jsonl", "answers-z.jsonl"):
        write(tmp_path, line(seq=1, response="true") + b"\n" + line(seq=absurd, response="absurd"), name)
        store = Store(tmp_path)
        for letter in "ab":
            latest = store.latest("02-means")
            assert latest and latest.response != "absurd"
            put(store, response=letter)
        assert responses(store)[-2:] == ["a", "b"] and "absurd" not in responses(store)
        (damaged,) = store.load().damaged
        assert (damaged.file, damaged.line_number) == (name, 2) and "absurd" in damaged.text
        (tmp_path / name).unlink()


def test_answers_kept_in_memory_or_deleted_leave_gaps_that_are_no_damage(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.do_not_record()
    for _ in range(30):
        put(store)
    store.do_not_record(False)
    put(store)
    assert Store(tmp_path).load() == Answers((Record(31, "02-means", "b", "right", 1.0, day=TODAY),), ())


def test_a_folder_in_the_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "answers-x.jsonl").mkdir()
    put(Store(tmp_path))
    (damaged,) = Store(tmp_path).load().damaged
    assert (damaged.file, damaged.line_number) == ("answers-x.jsonl", 0)
    assert "not an ordinary file" in damaged.problem


@posix_only
def test_a_pipe_in_the_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "answers-x.jsonl")
    assert "not an ordinary file" in Store(tmp_path).load().damaged[0].problem


# Killed, and many at once

WRITER = """
import sys
from notthesame.questions.answers import Store
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Store(folder)
print("ready", flush=True)
sys.stdin.readline()
for i in range(count):
    saved = store.record("02-means", f"{name}{i}", status="right", credit=1.0)
    assert saved.on_disk, saved.why
    print(f"{name}{i}", flush=True)
"""


def start_writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def say_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@posix_only
def test_kill_9_loses_no_answer_that_was_said_to_be_saved(tmp_path: Path) -> None:
    with start_writer(tmp_path, "k", 10**6) as process:
        assert next_line(process) == "ready"
        say_go(process)
        for _ in range(40):
            assert next_line(process)
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        said = 40 + len(process.stdout.read().split())
    assert process.returncode == -signal.SIGKILL
    loaded = Store(tmp_path).load()
    assert len(loaded.damaged) <= 1
    assert len(loaded.records) in (said - 1, said, said + 1)  # the last word may itself be cut in the pipe
    assert [r.response for r in loaded.records] == [f"k{i}" for i in range(len(loaded.records))]
    assert put(Store(tmp_path), response="next").record.seq == len(loaded.records) + 1


def test_two_kernels_at_once_lose_nothing_and_agree_on_the_order(tmp_path: Path) -> None:
    count = 60
    with start_writer(tmp_path, "p", count) as one, start_writer(tmp_path, "q", count) as two:
        for process in (one, two):
            assert next_line(process) == "ready"
        for process in (one, two):
            say_go(process)
        here, there = Store(tmp_path), Store(tmp_path)
        for i in range(count):
            assert put(here, response=f"r{i}").on_disk
            assert put(there, response=f"s{i}").on_disk
        for process in (one, two):
            error = process.communicate(timeout=30)[1]
            assert process.returncode == 0, error
    loaded = Store(tmp_path).load()
    assert loaded.damaged == ()
    assert len(files(tmp_path)) == 4
    for name in "pqrs":
        mine = [r.response for r in loaded.records if str(r.response).startswith(name)]
        assert mine == [f"{name}{i}" for i in range(count)]
    seqs = [record.seq for record in loaded.records]
    assert seqs == sorted(seqs)
    assert len(seqs) == 4 * count
    paths = files(tmp_path)
    for turned in (paths[::-1], paths[2:] + paths[:2]):
        assert merged(turned) == loaded


def test_two_threads_on_one_store_lose_nothing(tmp_path: Path) -> None:
    store, count = Store(tmp_path), 60
    meet = threading.Barrier(2)

    def write_many(name: str) -> None:
        meet.wait()
        for i in range(count):
            put(store, response=f"{name}{i}")

    threads = [threading.Thread(target=write_many, args=(name,)) for name in "tu"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, responses(store))) == sorted(f"{n}{i}" for n in "tu" for i in range(count))
    assert [r.seq for r in store.load().records] == list(range(1, 2 * count + 1))
    assert len(files(tmp_path)) == 1


FORK = """
import os, sys
from notthesame.questions.answers import Store
folder = sys.argv[1]
record = lambda response: store.record("02-means", response, status="right", credit=1.0)
store = Store(folder)
record("before")
os.rename(folder, folder + "-away"); open(folder, "w").close()
assert not record("waiting").on_disk
os.remove(folder); os.rename(folder + "-away", folder)
child = os.fork()
if child == 0:
    assert record("child").on_disk
    assert [r.response for r in store.load().records] == ["before", "waiting", "child"]
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
assert record("parent").on_disk
"""


@posix_only
def test_a_forked_child_writes_a_file_of_its_own_and_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    python(FORK, folder)
    by_file = [[json.loads(text)["response"] for text in f.read_text().splitlines()] for f in files(folder)]
    assert sorted(by_file) == [["before", "waiting", "parent"], ["child"]]


calls = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["01-a", "02-b"]),
        st.none()
        | st.text(st.characters(codec="utf-8"), max_size=9)
        | st.lists(st.sampled_from("abc"))
        | st.floats(-9, 9),
    ),
    max_size=15,
)


@given(calls, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_any_answers_over_any_stores_merge_to_the_order_they_were_given(
    calls: list[Any], random: Any
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stores = [Store(folder) for _ in range(4)]
        given = [put(stores[who], question, response).record for who, question, response in calls]
        paths = files(folder)
        random.shuffle(paths)
        assert merged(paths) == Store(folder).load() == Answers(tuple(given), ())


@given(st.lists(st.lists(st.integers(1, 5), max_size=5), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_ties_are_broken_by_file_then_line(clocks: list[list[int]], random: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        paths = [
            write(
                Path(name),
                b"\n".join(line(seq=s, response=[str(f), str(n)]) for n, s in enumerate(seqs)),
                f"answers-{f}.jsonl",
            )
            for f, seqs in enumerate(clocks)
        ]
        expected = sorted((s, [str(f), str(n)]) for f, seqs in enumerate(clocks) for n, s in enumerate(seqs))
        random.shuffle(paths)
        assert [(r.seq, r.response) for r in merged(paths).records] == expected


# A disk that does not take it


def assert_kept(saved: Saved, store: Store, why: str) -> None:
    assert not saved.on_disk
    assert why in saved.why
    assert repr(saved) == saved.why
    assert "kept until the kernel stops" in saved.why
    assert str(store.folder) not in saved.why  # notebooks store this text
    assert store.latest(saved.record.question) == saved.record


def test_a_folder_that_cannot_be_made_keeps_answers_until_it_can(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("a file where a folder should be")
    store = Store(blocker / "answers")
    assert_kept(put(store, "02-a"), store, "the answers folder cannot be made")
    assert_kept(put(store, "02-b"), store, "is not on disk; it is kept")
    assert [r.seq for r in store.load().records] == [1, 2]
    assert "2 answers, 2 of them in memory only" in repr(store.show())
    blocker.unlink()
    assert put(store, "02-c").on_disk
    assert [r.question for r in Store(store.folder).load().records] == ["02-a", "02-b", "02-c"]
    assert len(store.load().records) == 3
    assert "3 answers, 0 of them in memory only" in repr(store.show())


NO_HOME = """
import os, pwd, sys
from pathlib import Path

def no_entry(uid):
    raise KeyError(uid)

pwd.getpwuid = no_entry  # as for a user id that the system has no entry of
os.environ.pop("HOME", None)
os.environ.pop("XDG_DATA_HOME", None)
os.environ["NOTTHESAME_ANSWERS"] = sys.argv[1]
import notthesame as nts
from notthesame.questions import answers

def record(response):
    return answers.record("00-title", response, status="right", credit=1.0)

before = sorted(Path.cwd().iterdir())
assert repr(nts.my_answers()).startswith("0 answers")
first, second, third = record("a"), record("b"), record("c")
assert "cannot be made" in first.why and "%env NOTTHESAME_ANSWERS=./answers" in first.why, first.why
assert second.why == third.why == "This answer is not on disk; it is kept until the kernel stops."
assert not (first.on_disk or second.on_disk or third.on_disk)
shown = repr(nts.my_answers())
assert "3 answers, 3 of them in memory only" in shown and "No file holds them" in shown, shown
assert "cannot be written" in repr(nts.export_answers("~/mine.json"))
assert "3 answers" in nts.delete_answers() and sorted(Path.cwd().iterdir()) == before
os.environ["NOTTHESAME_ANSWERS"] = "./answers"  # as the message says
assert record("d").on_disk
(path,) = Path("answers").iterdir()
assert len(path.read_bytes().splitlines()) == 4 and "4 answers, 0 of them" in repr(nts.my_answers())
"""


@posix_only
@pytest.mark.parametrize("named", ["", "~/answers"])
def test_without_a_home_folder_answers_are_kept_in_memory_and_that_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    python(NO_HOME, named)


def test_a_place_that_took_nothing_is_told_again_when_another_takes_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    store = Store()
    for place in ("one", "two"):
        monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path / "file" / place))
        assert "the answers folder cannot be made" in put(store).why
        assert "because" not in put(store).why
    three = tmp_path / "three"
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(three))
    three.write_text("")
    assert "because" in put(store).why
    three.unlink()
    assert put(store).on_disk and len(Store(three).load().records) == 6
    three.rename(tmp_path / "away")
    three.write_text("")
    assert "because" in put(store).why  # the same of the same folder, which had taken answers meanwhile
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path / "four"))
    assert put(store).on_disk and len(Store(tmp_path / "four").load().records) == 2


def test_a_folder_that_failed_stays_the_same_folder_wherever_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "answers").write_text("")
    monkeypatch.setenv("NOTTHESAME_ANSWERS", "answers")
    monkeypatch.chdir(tmp_path)
    store = Store()
    assert not put(store).on_disk
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert not put(store).on_disk
    (tmp_path / "answers").unlink()
    assert put(store).on_disk and len(Store(tmp_path / "answers").load().records) == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []


@posix_only
def test_of_a_full_disk_no_other_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path / "answers"))
    with no_more_than(10):
        why = put(store).why
    assert "the disk is full" in why and "%env" not in why


def test_a_file_in_the_place_of_the_folder_is_reported_and_left(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.write_text("mine")
    store = Store(folder)
    assert_kept(put(store), store, "the answers folder cannot be made")
    (damaged,) = store.load().damaged
    assert "folder cannot be read" in damaged.problem
    assert "Deleted 0 files" in store.delete(sure=True)
    assert folder.read_text() == "mine"


FULL = """
import resource, sys
from pathlib import Path
from notthesame.questions.answers import Store
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
store = Store(folder)
record = lambda response: store.record("02-means", response, status="right", credit=1.0)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
assert record("a").on_disk
(path,) = folder.iterdir()
before = path.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
for response, why in ("b", "disk is full"), ("c", "is not on disk; it is kept until"):
    saved = record(response)
    assert not saved.on_disk and why in saved.why, saved.why
    assert store.latest("02-means") == saved.record
    assert path.read_bytes() == before, "a torn line was left"
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert record("d").on_disk
"""


@posix_only
@pytest.mark.parametrize("limit", [1, 105, 130, 200])
def test_a_write_cut_by_a_size_limit_is_taken_back_and_made_up_for(tmp_path: Path, limit: int) -> None:
    python(FULL, tmp_path, limit)
    loaded = Store(tmp_path).load()
    assert [r.response for r in loaded.records] == ["a", "b", "c", "d"]
    assert [r.seq for r in loaded.records] == [1, 2, 3, 4]
    assert loaded.damaged == ()


@linux_only
def test_a_torn_line_that_cannot_be_taken_back_spoils_no_other(tmp_path: Path) -> None:
    """An append-only file (chattr +a) refuses truncation, so the torn half stays."""
    store = Store(tmp_path)
    put(store, response="a")
    (path,) = files(tmp_path)
    chattr = shutil.which("chattr")
    if chattr is None or subprocess.run([chattr, "+a", path], capture_output=True).returncode != 0:
        pytest.skip("this file system or user cannot mark a file append-only")
    try:
        with no_more_than(path.stat().st_size + 50):
            saved = put(store, response="b")
        assert_kept(saved, store, "the disk is full")
        assert not path.read_bytes().endswith(b"\n")
        assert put(store, response="c").on_disk
    finally:
        subprocess.run([chattr, "-a", path], check=True)
    loaded = Store(tmp_path).load()
    assert [r.response for r in loaded.records] == ["a", "b", "c"]
    assert [d.problem for d in loaded.damaged] == ["cut short, or not JSON"]


@linux_only
def test_a_full_device_keeps_the_answer_in_memory(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "02-a")
    (path,) = files(tmp_path)
    aside = path.rename(tmp_path / "aside")
    path.symlink_to("/dev/full")
    assert_kept(put(store, "02-b"), store, "the disk is full")
    path.unlink()
    aside.rename(path)
    assert put(store, "02-c").on_disk
    assert [r.question for r in Store(tmp_path).load().records] == ["02-a", "02-b", "02-c"]


MOUNTS = """
import subprocess, sys
from pathlib import Path
from notthesame.questions.answers import Store
folder = Path(sys.argv[1])
def mount(*options):
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        print("cannot mount:", done.stderr); sys.exit(0)
mount("-t", "tmpfs", "-o", "size=64k", "tmpfs")
store = Store(folder / "answers")
count = 0
def record():
    global count
    count += 1
    return store.record("02-means", f"answer {count}", status="right", credit=1.0)
assert record().on_disk
mount("-o", "remount,ro")
saved = record()
assert not saved.on_disk and "cannot be written to" in saved.why, saved.why
assert store.latest("02-means") == saved.record
mount("-o", "remount,rw")
assert record().on_disk
(folder / "filler").write_bytes(b"x" * 58_000)
while (saved := record()).on_disk:
    assert count < 500
assert "disk is full" in saved.why, saved.why
(path,) = (folder / "answers").iterdir()
assert path.read_bytes().endswith(b"\\n")
record(); record()
(folder / "filler").unlink()
assert record().on_disk
loaded = Store(folder / "answers").load()
assert not loaded.damaged
assert [r.response for r in loaded.records] == [f"answer {i + 1}" for i in range(count)]
assert [r.seq for r in loaded.records] == list(range(1, count + 1))
print("nothing lost")
"""


@linux_only
def test_a_disk_that_turns_read_only_and_one_that_fills_up_lose_nothing(tmp_path: Path) -> None:
    """Real mounts, in a mount namespace of the child's own, so that nothing stays mounted here."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare on this system")
    command = [unshare, "--mount", "--propagation", "private", sys.executable, "-c", MOUNTS, str(tmp_path)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=30)
    if "unshare:" in done.stderr or "cannot mount" in done.stdout:
        pytest.skip(f"mounting is not allowed here: {done.stderr or done.stdout}")
    assert (done.returncode, done.stdout) == (0, "nothing lost\n"), done.stderr


def test_answers_deleted_by_another_session_stay_deleted_and_new_ones_are_kept(tmp_path: Path) -> None:
    one, two = Store(tmp_path), Store(tmp_path)
    put(one, response="a")
    two.delete(sure=True)
    assert one.load().records == ()
    assert put(one, response="b").on_disk
    assert responses(two) == ["b"]


def test_two_sessions_never_share_a_file_even_if_they_draw_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["same", "same", "other"])
    monkeypatch.setattr("secrets.token_hex", lambda length: next(names))  # chance will not do this
    one, two = Store(tmp_path), Store(tmp_path)
    put(one, response="a")
    assert not put(two, response="b").on_disk
    assert put(two, response="c").on_disk
    assert [f.name for f in files(tmp_path)] == ["answers-other.jsonl", "answers-same.jsonl"]
    assert responses(Store(tmp_path)) == ["a", "b", "c"]


# Show, export, delete, do not record


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_show_escapes_everything_and_makes_a_proper_table(tmp_path: Path) -> None:
    folder = tmp_path / "<b>folder"
    write_to = Store(folder)
    put(write_to, response="<script>alert(1)</script> & \x1b[31m", confidence=70)
    put(write_to, response=["<i>", "b"])
    write(folder, b"<img src=x onerror=alert(1)>\n", "answers-<u>.jsonl")
    shown = Store(folder).show()
    html, text = shown._repr_html_(), repr(shown)
    tags = Tags(html).seen
    assert {tag for tag, _ in tags} <= {"div", "p", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert [attrs["scope"] for tag, attrs in tags if tag == "th"] == ["col"] * 6 + ["row"]
    assert [tag for tag, _ in tags].count("caption") == 1
    assert all(set(attrs) <= {"scope", "rowspan", "style"} for tag, attrs in tags if tag != "div")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html
    assert "\x1b" not in html + text
    for part in (
        "2 answers",
        "Nothing leaves this machine",
        "<b>folder",
        "1 line set aside",
        "02-means",
        "70",
    ):
        assert part in text
    assert "answers-<u>.jsonl, line 1" in text


def test_show_does_not_print_the_name_of_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "zz-learner"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "zz-learner"))
    shown = Store(tmp_path / "zz-learner" / "notes" / "answers").show()
    assert "They lie in ~/notes/answers" in repr(shown)
    assert "zz-learner" not in repr(shown) + shown._repr_html_()


def test_show_of_an_empty_store_has_no_table(tmp_path: Path) -> None:
    html = Store(tmp_path).show()._repr_html_()
    assert "<table" not in html
    assert "0 answers" in html


def test_older_answers_are_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "ROWS", 4)
    store = Store(tmp_path)
    for number in range(9):
        put(store, response=f"answer {number}")
    pages = [repr(store.show(page=page)) for page in (1, 2, 3)]
    assert [re.findall(r"answer (\d);", page) for page in pages] == [list("5678"), list("1234"), ["0"]]
    assert "answers 6 to 9" in pages[0] and "nts.my_answers(page=2)" in pages[0]
    assert "answers 1 to 1" in pages[2] and "my_answers(page" not in pages[2]
    for wrong in (0, 4, -1, True, 1.0, "2", None, 10**5000):
        with pytest.raises(ValueError, match=r"page: found .*; allowed: 1 to 3"):
            store.show(page=wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="allowed: 1 to 1"):
        Store(tmp_path / "none").show(page=2)


def test_export_holds_every_answer_in_order_and_never_overwrites(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "answers"), Store(tmp_path / "answers")
    for store, letter in [(one, "a"), (two, "é"), (one, "c")]:
        put(store, response=letter, confidence=50)
    write(one.folder, b"torn", "answers-torn.jsonl")
    path = one.export(tmp_path / "mine.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"schema", "records", "set_aside"}
    assert (content["schema"], content["set_aside"]) == (records.SCHEMA, 1)
    assert [Record(**record) for record in content["records"]] == list(two.load().records)
    before = path.read_bytes()
    with pytest.raises(FileExistsError, match="choose another name"):
        one.export(path)
    assert path.read_bytes() == before
    assert two.export(str(tmp_path / "again.json")).read_bytes() == before


@linux_only
def test_an_export_that_fails_raises_and_leaves_nothing_behind(tmp_path: Path) -> None:
    store = Store(tmp_path / "answers")
    put(store, response="x" * 5000)
    with no_more_than(1000), pytest.raises(OSError, match="too large"):
        store.export(tmp_path / "mine.json")
    assert not (tmp_path / "mine.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]
    with pytest.raises(FileNotFoundError):
        store.export(tmp_path / "nowhere" / "mine.json")


def test_delete_removes_our_files_and_memory_and_nothing_else(tmp_path: Path) -> None:
    one, two = Store(tmp_path), Store(tmp_path)
    put(one)
    put(two)
    one.do_not_record()
    put(one)
    others = ["answers.txt", "answers-mine.json", "my-answers-1.jsonl", "answers-1.jsonl.bak"]
    for name in others:
        (tmp_path / name).write_text("keep")
    (tmp_path / "answers-folder.jsonl").mkdir()
    message = one.delete(sure=True)
    assert "Deleted 2 files of answers; forgot 1 answer held in memory only." in message
    assert "Could not delete answers-folder.jsonl" in message
    assert repr(message) == str(message)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*others, "answers-folder.jsonl"])
    assert one.load().records == two.load().records == ()
    assert put(one).record.seq == 1


def test_delete_where_there_is_nothing_says_so(tmp_path: Path) -> None:
    assert (
        Store(tmp_path / "none").delete(sure=True)
        == "Deleted 0 files of answers; forgot 0 answers held in memory only."
    )


def test_do_not_record_keeps_answers_off_the_disk_for_good(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "02-a")
    before = files(tmp_path)[0].read_bytes()
    assert "not written to disk" in store.do_not_record()
    saved = put(store, "02-b", "private")
    assert not saved.on_disk
    assert "Recording is off" in saved.why
    assert store.latest("02-b") == saved.record
    assert "Recording is off" in repr(store.show())
    assert [f.read_bytes() for f in files(tmp_path)] == [before]
    assert "written to disk again" in store.do_not_record(False)
    put(store, "02-c")
    assert [r.question for r in store.load().records] == ["02-a", "02-b", "02-c"]
    assert [r.question for r in Store(tmp_path).load().records] == ["02-a", "02-c"]
    assert b"private" not in files(tmp_path)[0].read_bytes()


def test_do_not_record_makes_no_folder_and_holds_back_what_was_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "answers")
    put(store, "02-waiting")
    store.do_not_record()
    put(store, "02-off")
    (tmp_path / "file").unlink()
    assert not store.folder.exists()
    store.do_not_record(False)
    put(store, "02-on")
    assert [r.question for r in Store(store.folder).load().records] == ["02-on"]
    assert len(store.load().records) == 3


# The person


SESSION = """
import datetime
from notthesame.questions import answers, records
records.today = lambda: datetime.date(2026, 11, 29)
for number in range(12):
    answers.record("02-means", "b", status="right", credit=0.5, confidence=60)
print(repr(answers.record("02-means", ["a"], status="wrong", credit=0)))
print(repr(answers.my_answers()))
print(repr(answers.do_not_record()))
"""


def test_two_people_giving_the_same_answers_leave_the_same_bytes(tmp_path: Path) -> None:
    """The file then cannot hold a name, a machine, a path, a time of day or a process number."""
    kept = []
    for name in ("zzada", "zzbea"):
        home, cwd = tmp_path / name, tmp_path / f"{name}-work"
        cwd.mkdir()
        names = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "HOSTNAME"), name)
        code = f"import os; os.chdir({str(cwd)!r})\n{SESSION}"
        said = python(code, HOME=str(home), TZ=f"{name}-3", NOTTHESAME_ANSWERS=str(home / "answers"), **names)
        (path,) = files(home / "answers")
        assert re.fullmatch(r"answers-[0-9a-f]{16}\.jsonl", path.name)
        assert name not in said.replace(str(home), "") or os.name == "nt"
        kept.append((path.name, path.read_bytes()))
        time.sleep(0.01)
    (name_one, one), (name_two, two) = kept
    assert one == two
    assert name_one != name_two


def test_the_file_holds_a_day_and_no_user_host_path_or_time_of_day(tmp_path: Path) -> None:
    python(SESSION, NOTTHESAME_ANSWERS=str(tmp_path))
    (path,) = files(tmp_path)
    whole = path.read_text(encoding="utf-8")
    assert set(re.findall(r'"day": ("[^"]*")', whole)) == {'"2026-11-29"'}
    text = re.sub(r', "day": "2026-11-29", "check": "[0-9a-f]{8}"', "", whole)  # of what else is there
    for word in (getpass.getuser(), socket.gethostname(), str(Path.home()), str(tmp_path), str(Path.cwd())):
        assert word not in text
    assert "/" not in text
    assert "\\" not in text
    assert not re.search(r"\d{4,}|\d\d:\d\d|\d-\d", text)
    for each in whole.splitlines():
        assert set(json.loads(each)) == {
            "check",
            "schema",
            "seq",
            "question",
            "response",
            "status",
            "credit",
            "confidence",
            "day",
        }


@posix_only
def test_others_on_a_shared_computer_cannot_read_the_answers(tmp_path: Path) -> None:
    store = Store(tmp_path / "answers")
    put(store)
    assert store.folder.stat().st_mode & 0o077 == 0
    assert files(store.folder)[0].stat().st_mode & 0o077 == 0


# The folder, and the store of this process


def test_the_folder_is_the_named_one_else_the_user_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from platformdirs import user_data_path

    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("NOTTHESAME_ANSWERS", "~/x")
    assert default_folder() == Path.home() / "x"
    monkeypatch.setenv("NOTTHESAME_ANSWERS", "")
    assert default_folder() == user_data_path("notthesame", appauthor=False) / "answers"


def test_in_the_browser_the_folder_is_among_the_readers_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTTHESAME_ANSWERS", raising=False)
    monkeypatch.setattr(sys, "platform", "emscripten")  # the real thing needs a browser
    monkeypatch.chdir(tmp_path)
    assert Store().folder == tmp_path / "answers"
    (tmp_path / "lessons").mkdir()
    monkeypatch.setattr("notthesame.questions.place.DRIVE", tmp_path)
    monkeypatch.chdir(tmp_path / "lessons")
    assert Store().folder == tmp_path / "answers"  # one for all notebooks


def test_a_change_of_working_folder_does_not_move_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    store = Store("answers")
    put(store, "02-a")
    monkeypatch.chdir(tmp_path / "elsewhere")
    put(store, "02-b")
    assert len(Store(tmp_path / "answers").load().records) == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


PROCESS = """
import sys
before = set(sys.modules)
import notthesame.questions.answers as answers
heavy = {"numpy", "pandas", "matplotlib", "ipywidgets", "platformdirs"} & (set(sys.modules) - before)
assert not heavy, heavy
from pathlib import Path
folder = Path(sys.argv[1])
assert not folder.exists()
saved = answers.record("02-means", "b", status="right", credit=1.0)
assert saved.on_disk and list(folder.iterdir())
assert answers.latest("02-means") == saved.record == answers.load().records[0]
assert "1 answer," in repr(answers.my_answers())
assert "out.json" in answers.export_answers(folder / "out.json") and (folder / "out.json").exists()
answers.do_not_record()
assert not answers.record("02-means", "c", status="wrong", credit=0).on_disk
assert "Deleted 1 file of answers; forgot 1 answer held in memory only." in answers.delete_answers(sure=True)
assert answers.load().records == ()
"""


def test_the_public_functions_share_one_store_that_is_set_up_late(tmp_path: Path) -> None:
    python(PROCESS, tmp_path / "answers", NOTTHESAME_ANSWERS=str(tmp_path / "answers"))
