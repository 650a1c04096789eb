"""A learner's answers, on the learner's own disk and nowhere else.

Each kernel session appends to a file of its own, so kernels need no locks; reading merges the files, which
``files`` does. What a record holds is in ``records``.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from operator import attrgetter
from pathlib import Path

from .._writing import FULL, elsewhere, write_new
from ..translation import later, say
from . import not_kept, pseudonyms, records
from .files import Answers, File, Reader, listed, merge
from .place import NAMED, default_folder
from .pseudonyms import pseudonym_in
from .records import SCHEMA, Damaged, Record, check_id, encode
from .scoring import Response
from .shown import AnswersTable


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


# Writing


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


_AGAIN = later("Answers are written to disk again. Those given in between stay in memory only.")


def _answers(count: int) -> str:
    return say("1 answer") if count == 1 else say("{count} answers", count=count)


def _copied(record: Record) -> Record:
    """A record whose list its reader may change: what was read from disk is kept for the next question."""
    given = record.response
    return replace(record, response=list(given)) if isinstance(given, list) else record


def _newest(given: Sequence[Record], question_id: str) -> Record | None:
    return next((record for record in reversed(given) if record.question == question_id), None)


def _unlinked(paths: Sequence[Path], left: list[str]) -> int:
    """Delete files, and return how many; what stays is added to ``left``, with the reason."""
    deleted = 0
    for path in paths:
        try:
            path.unlink()
            deleted += 1
        except FileNotFoundError:
            pass
        except OSError as error:
            left.append(f"{path.name} ({error.strerror})")
    return deleted


class Store:
    """The answers in one folder, and the one file there to which this session appends."""

    def __init__(self, folder: str | Path | None = None) -> None:
        self._given = folder is not None
        self._folder = None if folder is None else Path(folder).absolute()
        self._named: str | None = None  # what NAMED said when the folder was settled
        self._file: Path | None = None
        self._recording = True
        self._waiting: list[Record] = []  # the disk has not taken them yet
        self._private: list[Record] = []  # this process never writes them
        self._seen = 0
        self._said: tuple[str, Path | None] | None = None  # why which folder took nothing, once told
        self._reader = Reader()
        self._pid = os.getpid()
        self._lock = threading.RLock()  # a kernel may run cells and widgets in different threads

    @property
    def folder(self) -> Path:
        """Absolute, as a later change of the working folder must not move it; FileNotFoundError if none.

        Settled at first use; anew only when another is named after one that took no answer.
        """
        named = os.environ.get(NAMED)
        if self._folder is None or (self._said and not self._given and named != self._named):
            self._folder, self._named = default_folder().absolute(), named
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

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
        if self._file and self._file.parent == self.folder:
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
                    _append(descriptor, encode(self._waiting[0]))
                finally:
                    # A full network disk may say so only here. Then the line may be there all the same, and
                    # is written again: in one session it counts once.
                    os.close(descriptor)
                self._waiting.pop(0)
        except OSError as error:
            return self._say_once(error)
        self._said = None
        return ""

    def _say_once(self, error: OSError) -> str:
        """Why the disk took nothing; a few words when that was said of the answer before."""
        why, before = (not_kept.why(error), self._folder), self._said
        self._said = why
        if why == before:
            return say(not_kept.SAID)
        return why[0] if self._given else why[0] + not_kept.way_out(error)

    def record(
        self,
        question_id: str,
        response: Response,
        *,
        status: str | None,
        credit: float | None,
        confidence: float | None = None,
        once: bool = False,
    ) -> Saved:
        """Keep one answer, on disk if the disk takes it. ValueError names a value that is not allowed.

        With ``once`` an answer that is the latest to its question already is not kept a second time that day.
        """
        response = list(response) if isinstance(response, list) else response  # the caller's may change
        with self._own():
            found = self.load().records
            day = records.today().isoformat()
            record = Record(self._seen + 1, question_id, response, status, credit, confidence, day)
            if once and (kept := _newest(found, question_id)) and replace(record, seq=kept.seq) == kept:
                return self._kept_already(kept)
            encode(record)  # a record that is too long is refused before anything is kept
            self._seen = record.seq
            if not self._recording:
                self._private.append(record)
                return Saved(record, False, say(not_kept.IN_MEMORY))
            self._waiting.append(record)
            why = self._write_waiting()
            return Saved(record, not why, why)

    def _kept_already(self, record: Record) -> Saved:
        """What became of an answer given before; one that still waits for the disk is tried again."""
        why = self._write_waiting()
        if record in self._private:
            return Saved(record, False, say(not_kept.IN_MEMORY))
        return Saved(record, not why, why)

    def load(self, *, private: bool = True) -> Answers:
        """Every answer in order, from disk and memory, and every line that was set aside.

        Without ``private`` those that were not to be recorded are left out.
        """
        with self._own():
            memory = self._in_memory([*self._private, *self._waiting] if private else self._waiting)
            try:
                found = self._reader.read(self.folder, *memory)
            except FileNotFoundError:
                found = merge(memory)
            except OSError as error:
                problem = f"the folder cannot be read: {error.strerror}"
                found = Answers(merge(memory).records, (Damaged(self.folder.name, 0, problem, ""),))
            self._seen = max([self._seen, *(record.seq for record in found.records[-1:])])
            return found

    def _in_memory(self, records: list[Record]) -> list[File]:
        """What is in memory, as a file of this session, where a line that is on disk too counts once."""
        held = tuple(sorted(records, key=attrgetter("seq")))
        return [File(self._file.name if self._file else "", held)] if held else []

    def latest(self, question_id: str) -> Record | None:
        """The newest answer to a question, or None."""
        check_id(question_id)
        return _newest(self.load().records, question_id)

    def show(self, *, page: int = 1) -> AnswersTable:
        """Your answers as a table, where they lie, and what was set aside; ``page=2`` has older ones.

        Raises ValueError when there is no such page.
        """
        with self._own():
            held = len(self._private + self._waiting)
            found = self.load()
            found = replace(found, records=tuple(map(_copied, found.records)))
            return AnswersTable(found, self._place(), held, self._recording, page)

    def _place(self) -> Path | None:
        try:
            return self.folder
        except FileNotFoundError:
            return None

    def export(self, path: str | Path) -> Path:
        """Write your answers to one new JSON file. FileExistsError if something is there already."""
        path, answers = Path(os.path.expanduser(path)), self.load()
        rows = [asdict(record) for record in answers.records]
        content = {"schema": SCHEMA, "records": rows, "set_aside": len(answers.damaged)}
        try:
            write_new(path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
        except FileExistsError:
            raise FileExistsError(f"{path} is there already and stays; choose another name") from None
        return path

    def pseudonym(self) -> str:
        """What stands for you in hand-ins, made when it is first asked for.

        Raises OSError where it cannot be kept, and ValueError where its file holds something else.
        """
        with self._own():
            return pseudonym_in(self.folder)

    def delete(self, sure: bool = False) -> Message:
        """Delete your answers of every session, and your pseudonym; no other file is touched.

        Without ``sure=True`` nothing is deleted: the message says what would be, and how to go on.
        """
        if sure is not True:
            return self._ask_first()
        left: list[str] = []
        with self._own():
            forgotten = len(self._private + self._waiting)
            self._private, self._waiting, self._seen = [], [], 0
            try:
                deleted = _unlinked(listed(self.folder), left)
                name = _unlinked([self.folder / pseudonyms.FILE], left)
            except FileNotFoundError:
                deleted = name = 0
            except OSError as error:
                deleted = name = 0
                left.append(f"anything in {self.folder.name} ({error.strerror})")
        files = say("1 file") if deleted == 1 else say("{count} files", count=deleted)
        forgot = _answers(forgotten)
        told = [
            say(
                "Deleted {files} of answers; forgot {answers} held in memory only.",
                files=files,
                answers=forgot,
            )
        ]
        told += [say("The pseudonym of your hand-ins is deleted too.")] if name else []
        told += [say("Could not delete {files}.", files=", ".join(sorted(left)))] if left else []
        return Message(" ".join(told))

    def _ask_first(self) -> Message:
        found = self.load()
        words = say(
            "Nothing is deleted yet. You have {answers} on this machine, in this session and earlier ones. "
            "To delete them all for good, and the pseudonym of your hand-ins, type "
            "nts.delete_answers(sure=True). Copies that you exported, hand-ins that you wrote, and what you "
            "typed into a notebook and saved, stay where they are.",
            answers=_answers(len(found.records)),
        )
        return Message(words)

    def do_not_record(self, on: bool = True) -> Message:
        """Keep further answers of this session in memory only; `do_not_record(False)` ends that."""
        with self._own():
            self._recording = not on
            if on:
                self._keep_private()
        if not on:
            return Message(say(_AGAIN))
        words = say(
            "Answers of this session are not written to disk from now on, nor into this notebook when it is "
            "saved; they are gone when the kernel stops. What is on disk already is untouched, and what you "
            "type into a cell stays there."
        )
        return Message(words)


# The one store of this process

_store = Store()
record = _store.record
latest = _store.latest
load = _store.load
pseudonym = _store.pseudonym
my_answers = _store.show
delete_answers = _store.delete


def do_not_record(on: bool = True) -> Message:
    """Keep further answers of this session in memory only, and out of the notebook as it is saved.

    `do_not_record(False)` ends that.

    >>> do_not_record(False)
    Answers are written to disk again. Those given in between stay in memory only.
    """
    from ..front.widget import keep_out_of_notebooks

    keep_out_of_notebooks(on)
    return _store.do_not_record(on)


def export_answers(path: str | Path) -> Message:
    """Write your answers to one new file, and say where; an existing file is never overwritten."""
    try:
        place = str(_store.export(path))
        return Message(
            say("Your answers are in {place}. The file is for you; nothing was sent.", place=place)
        )
    except FileExistsError as error:
        return Message(f"{error}. Nothing was written.")
    except OSError as error:
        place = "" if error.errno in FULL else elsewhere()
        way = f', as in nts.export_answers("{place}/answers.json")' if place else ""
        where = f"{path} cannot be written ({error.strerror or error}); name a file in a folder that is there"
        return Message(f"{where}{way}. Nothing was written.")
