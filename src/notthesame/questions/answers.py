"""A learner's answers, on the learner's own disk and nowhere else.

Each kernel session appends to a file of its own, so kernels need no locks; reading merges the files.
A record holds what was answered and how it was scored: no name, no clock, no machine, no path.
Order comes from `seq`, a logical clock: one more than the largest number seen when the answer was given.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from .scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG, Response

SCHEMA = 2
MAX_LINE = 64 * 1024  # bytes, without the newline
MAX_SEQ = 10**12  # beyond any real count: a spoilt number on disk must not push the clock out of range
STATUSES = (None, NOT_ATTEMPTED, WRONG, PARTLY, RIGHT)  # None: nobody scored it, as with free text
KEYS = {"schema", "seq", "question", "response", "status", "credit", "confidence"}


@dataclass(frozen=True)
class Record:
    """One answer; `credit` lies in 0..1, `confidence` in 0..100. ValueError names a value not allowed."""

    seq: int
    question: str
    response: Response
    status: str | None
    credit: float | None
    confidence: float | None = None

    def __post_init__(self) -> None:
        _check("seq", self.seq, type(self.seq) is int and 1 <= self.seq <= MAX_SEQ, f"1 to {MAX_SEQ}")
        _check_id(self.question)
        allowed = "None, a text, a list of texts or a finite number"
        _check("response", self.response, _is_response(self.response), allowed)
        _check("status", self.status, self.status in STATUSES, f"one of {STATUSES}")
        _check("credit", self.credit, self.credit is None or _within(0, self.credit, 1), "None or 0 to 1")
        fits = self.confidence is None or _within(0, self.confidence, 100)
        _check("confidence", self.confidence, fits, "None or 0 to 100")


@dataclass(frozen=True)
class Damaged:
    """A line that could not be read and stays untouched in its file; line 0 stands for the whole file."""

    file: str
    line_number: int
    problem: str
    text: str


@dataclass(frozen=True)
class Answers:
    """Every answer in the order given, and every line that was set aside."""

    records: tuple[Record, ...]
    damaged: tuple[Damaged, ...]


@dataclass(frozen=True)
class Saved:
    """What became of one answer; `why` is a sentence for the learner, empty when the answer is on disk."""

    record: Record
    on_disk: bool
    why: str = ""

    def __repr__(self) -> str:
        return self.why or f"Answer to {self.record.question} saved."


class Message(str):
    """A text that a notebook shows without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__


def _check(what: str, found: object, fits: bool, allowed: str) -> None:
    if not fits:
        raise ValueError(f"{what}: found {ascii(found)[:80]}; allowed: {allowed}")


def _check_id(question: object) -> None:
    fits = isinstance(question, str) and re.fullmatch(r"[0-9]{2}-[a-z0-9-]+", question) is not None
    _check("question", question, fits, 'two digits, a hyphen, then a-z, 0-9 or hyphens, as in "02-destitute"')


def _within(low: float, value: object, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_response(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) and _is_response(item) for item in value)
    if isinstance(value, str):
        return re.search("[\ud800-\udfff]", value) is None  # half a character fits into no file
    return value is None or _within(-sys.float_info.max, value, sys.float_info.max)


# Reading


def _from_1(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 called the response "answer" and did not keep the score."""
    new = {"status": None, "credit": None, "confidence": None, **old, "schema": 2}
    return {"response" if key == "answer" else key: value for key, value in new.items()}


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}  # from this schema to the next


def _parse(line: bytes) -> Record:
    """Read one line; ValueError says in plain words what is wrong with it."""
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE} bytes")
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise ValueError("cut short, or not JSON") from None
    schema = found.get("schema") if isinstance(found, dict) else None
    if type(schema) is not int or schema < 1:
        raise ValueError("not a record with a schema number")
    if schema > SCHEMA:
        raise ValueError(f"from a newer version of the course: schema {schema}, known up to {SCHEMA}")
    for step in range(schema, SCHEMA):
        found = UPGRADES[step](found)
    if found.keys() != KEYS:
        raise ValueError(f"keys missing or unknown: {ascii(sorted(found.keys() ^ KEYS))[:200]}")
    del found["schema"]
    return Record(**found)


def _merge(paths: Iterable[Path]) -> Answers:
    """Bring files, listed in any order, into one order: by seq, then file name, then line."""
    found: list[tuple[int, str, int, Record]] = []
    damaged: list[Damaged] = []
    for path in paths:
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe or a device might never end
                raise OSError(errno.EINVAL, "not an ordinary file")
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:  # deleted since it was listed
            continue
        except OSError as error:
            damaged.append(Damaged(path.name, 0, f"cannot be read: {error.strerror}", ""))
            continue
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    record = _parse(line)
                    found.append((record.seq, path.name, number, record))
            except ValueError as error:
                text = line[:MAX_LINE].decode("utf-8", "replace")
                damaged.append(Damaged(path.name, number, str(error), text))
    found.sort(key=lambda item: item[:3])
    damaged.sort(key=lambda item: (item.file, item.line_number))
    return Answers(tuple(item[3] for item in found), tuple(damaged))


# Writing


def _encode(record: Record) -> bytes:
    line = json.dumps({"schema": SCHEMA, **asdict(record)}, ensure_ascii=False).encode("utf-8")
    _check("response", record.response, len(line) <= MAX_LINE, f"a record of at most {MAX_LINE} bytes")
    return line + b"\n"


def _append(descriptor: int, line: bytes) -> None:
    """Add one whole line or nothing; OSError means nothing.

    There is no fsync: the operating system holds a written line even if the kernel is killed. Only a power
    cut can take the last seconds; on a network disk, waiting at every answer would cost more than that.
    """
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end:
        os.lseek(descriptor, end - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":  # an earlier line was cut: do not glue this one to it
            line = b"\n" + line
    try:
        if os.write(descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        with suppress(OSError):  # take the torn line back; failing that, the newline above keeps it apart
            os.ftruncate(descriptor, end)
        raise


REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", -1)), "the disk is full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "the answers folder cannot be written to"),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.ENOENT), "the answers folder cannot be made"),
}


def _why(error: OSError) -> str:
    reason = REASONS.get(error.errno or 0) or f"the system reports: {error.strerror}"
    return (
        f"This answer is not on disk, because {reason}. "
        "It is kept until the kernel stops, and written together with the next answer that the disk takes."
    )


def default_folder() -> Path:
    """NOTTHESAME_ANSWERS if set; else beside the notebook in a browser, in the user data folder elsewhere.

    >>> default_folder().is_absolute()
    True
    """
    if chosen := os.environ.get("NOTTHESAME_ANSWERS"):
        return Path(os.path.expanduser(chosen))
    if sys.platform == "emscripten":
        return Path("answers")
    from platformdirs import user_data_path

    return user_data_path("notthesame", appauthor=False) / "answers"


class Store:
    """The answers in one folder, and the one file there to which this session appends."""

    def __init__(self, folder: str | Path | None = None) -> None:
        self._folder = None if folder is None else Path(folder).absolute()
        self._file: Path | None = None
        self._recording = True
        self._waiting: list[Record] = []  # the disk has not taken them yet
        self._private: list[Record] = []  # this process never writes them
        self._seen = 0
        self._pid = os.getpid()
        self._lock = threading.RLock()  # a kernel may run cells and widgets in different threads

    @property
    def folder(self) -> Path:
        """Settled at first use, and absolute: a later change of the working folder must not move it."""
        self._folder = self._folder or default_folder().absolute()
        return self._folder

    @contextmanager
    def _own(self) -> Iterator[None]:
        if self._pid != os.getpid():  # a forked child: the file, and what waits for it, are its parent's
            self._pid, self._lock, self._file = os.getpid(), threading.RLock(), None
            self._keep_private()
        with self._lock:
            yield

    def _keep_private(self) -> None:
        self._private += self._waiting
        self._waiting = []

    def _paths(self) -> list[Path]:
        names = os.listdir(self.folder)
        return [self.folder / name for name in names if re.fullmatch(r"answers-.*\.jsonl", name)]

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
        if self._file:
            with suppress(FileNotFoundError):  # another session deleted the answers: begin a new file
                return os.open(self._file, flags)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.folder / f"answers-{secrets.token_hex(8)}.jsonl"
        descriptor = os.open(file, flags | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = file
        return descriptor

    def _write_waiting(self) -> str:
        """Write what waits, oldest first; return why that failed, or an empty text."""
        try:
            while self._waiting:
                descriptor = self._open()
                try:
                    _append(descriptor, _encode(self._waiting[0]))
                finally:
                    os.close(descriptor)  # a full network disk may say so only here
                self._waiting.pop(0)
        except OSError as error:
            return _why(error)
        return ""

    def record(
        self,
        question_id: str,
        response: Response,
        *,
        status: str | None,
        credit: float | None,
        confidence: float | None = None,
    ) -> Saved:
        """Keep one answer, on disk if the disk takes it. ValueError names a value that is not allowed."""
        response = list(response) if isinstance(response, list) else response  # the caller's may change
        with self._own():
            self.load()
            record = Record(min(self._seen + 1, MAX_SEQ), question_id, response, status, credit, confidence)
            _encode(record)  # a record that is too long is refused before anything is kept
            self._seen = record.seq
            if not self._recording:
                self._private.append(record)
                return Saved(record, False, "Recording is off: this answer is kept until the kernel stops.")
            self._waiting.append(record)
            why = self._write_waiting()
            return Saved(record, not why, why)

    def load(self) -> Answers:
        """Every answer in order, from disk and memory, and every line that was set aside."""
        with self._own():
            try:
                disk = _merge(self._paths())
            except FileNotFoundError:
                disk = Answers((), ())
            except OSError as error:
                problem = f"the folder cannot be read: {error.strerror}"
                disk = Answers((), (Damaged(self.folder.name, 0, problem, ""),))
            records = sorted([*disk.records, *self._private, *self._waiting], key=lambda record: record.seq)
            self._seen = max([self._seen, *(record.seq for record in records[-1:])])
            return Answers(tuple(records), disk.damaged)

    def latest(self, question_id: str) -> Record | None:
        """The newest answer to a question, or None."""
        _check_id(question_id)
        records = self.load().records
        return next((record for record in reversed(records) if record.question == question_id), None)

    def show(self) -> Shown:
        """Your answers as a table, where they lie, and what was set aside."""
        with self._own():
            return Shown(self.load(), self.folder, len(self._private + self._waiting), self._recording)

    def export(self, path: str | Path) -> Path:
        """Write your answers to one new JSON file. FileExistsError if something is there already."""
        path, answers = Path(path).expanduser(), self.load()
        records = [asdict(record) for record in answers.records]
        content = {"schema": SCHEMA, "records": records, "set_aside": len(answers.damaged)}
        try:
            with path.open("xb") as file:
                file.write(json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
        except FileExistsError:
            raise FileExistsError(f"{path} is there already and stays; choose another name") from None
        except OSError:
            with suppress(OSError):  # half an export must not look like a whole one
                path.unlink()
            raise
        return path

    def delete(self) -> Message:
        """Delete your answers of every session from disk and memory; no other file is touched."""
        deleted, left = 0, []
        with self._own():
            forgotten = len(self._private + self._waiting)
            self._private, self._waiting, self._seen = [], [], 0
            try:
                for path in self._paths():
                    try:
                        path.unlink(missing_ok=True)
                        deleted += 1
                    except OSError as error:
                        left.append(f"{path.name} ({error.strerror})")
            except FileNotFoundError:
                pass
            except OSError as error:
                left.append(f"anything in {self.folder.name} ({error.strerror})")
        files, forgot = _count(deleted, "file"), _count(forgotten, "answer")
        text = f"Deleted {files} of answers; forgot {forgot} held in memory only."
        return Message(text + (f" Could not delete {', '.join(sorted(left))}." if left else ""))

    def do_not_record(self, on: bool = True) -> Message:
        """Keep further answers of this session in memory only; `do_not_record(False)` ends that."""
        with self._own():
            self._recording = not on
            if on:
                self._keep_private()
        if not on:
            return Message("Answers are written to disk again. Those given in between stay in memory only.")
        return Message(
            "Answers of this session are not written to disk from now on; they are gone when the kernel "
            "stops. What is on disk already is untouched."
        )


# Showing


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(value: object, limit: int = 200, blank: str = "(blank)") -> str:
    """One line of printable text."""
    text = blank if value is None else ", ".join(value) if isinstance(value, list) else str(value)
    text = "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)
    return text if len(text) <= limit else text[:limit] + "…"


def _result(record: Record) -> str:
    """How an answer was scored; of a test nothing is given away."""
    from .. import questions

    with suppress(ValueError, OSError):  # a broken question file must not keep anybody from their answers
        found = questions.known_questions().get(record.question)
        if found and found.mode == "test":
            return "after the test"
    return record.status or ""


@dataclass(frozen=True, repr=False)
class Shown:
    """Answers as a notebook shows them: lines of text, or a table."""

    answers: Answers
    folder: Path
    in_memory: int
    recording: bool

    def _lines(self) -> list[str]:
        place = str(self.folder)
        # A notebook stores this text, and the name of a home folder often is its owner's.
        with suppress(ValueError, RuntimeError):
            place = (Path("~") / self.folder.relative_to(Path.home())).as_posix()
        damaged = self.answers.damaged
        return [
            f"{_count(len(self.answers.records), 'answer')}, {self.in_memory} of them in memory only.",
            f"They lie in {place}, in files named answers-….jsonl. Nothing leaves this machine.",
            *([] if self.recording else ["Recording is off in this session."]),
            f"{_count(len(damaged), 'line')} set aside as unreadable.",
            *(f"{d.file}, line {d.line_number}, {d.problem}: {_plain(d.text, 80)}" for d in damaged),
        ]

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            (str(r.seq), r.question, _plain(r.response), _result(r), _plain(r.confidence, blank=""))
            for r in self.answers.records
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines() + ["  ".join(row).rstrip() for row in self._rows()])

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in self._lines())
        if not self.answers.records:
            return lines
        names = ("Order", "Question", "Answer", "Result", "Confidence")
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        body = ""
        for order, *rest in self._rows():
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
            body += f'<tr><th scope="row">{order}</th>{cells}</tr>\n'
        caption = "<caption>Your answers, oldest first</caption>"
        return f"{lines}<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>"


# The one store of this process

_store = Store()
record = _store.record
latest = _store.latest
load = _store.load
show = my_answers = _store.show
export = _store.export
delete = delete_answers = _store.delete
do_not_record = _store.do_not_record


def export_answers(path: str | Path) -> Message:
    """Write your answers to one new file, and say where; an existing file is never overwritten."""
    try:
        return Message(f"Your answers are in {_store.export(path)}. The file is for you; nothing was sent.")
    except FileExistsError as error:
        return Message(f"{error}. Nothing was written.")
