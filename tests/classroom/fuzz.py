"""Fuzz what reads hand-ins: bytes, zips, folders. Run by hand; its minimised corpus is replayed by a test.

    python -m tests.classroom.fuzz --minutes 60 --corpus DIR
    python -m tests.classroom.fuzz --minimise DIR tests/classroom/corpus

Guided by coverage where atheris is installed (3.0.0 was; no dependency), else by what is said of inputs. The
first byte of an input chooses what it is: bytes to read, a zip, or files of a folder. What fails is kept
in DIR/findings, once for each place where it failed, and the run goes on.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

try:
    atheris: Any = importlib.import_module("atheris")
except ImportError:
    atheris = None

OURS = [
    "notthesame.questions.hand_in_file",
    "notthesame.questions.scoring",
    "notthesame.classroom.archives",
    "notthesame.classroom.collected",
    "notthesame.classroom.learners",
]
with atheris.instrument_imports(include=OURS) if atheris else nullcontext():
    from notthesame import questions
    from notthesame.classroom import archives, collected, learners
    from notthesame.questions import hand_in_file, scoring
    from tests.classroom import mutations

SECONDS = 5  # of CPU, for one input
LINE = 400  # signs of a reason


class Broken(AssertionError):
    """Something that must not happen."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise Broken(what)


# --- what must never happen while an input is read

_NEVER = re.compile(
    r"(os\.(system|exec|posix_spawn|spawn|fork|remove|rename|mkdir|rmdir|link|symlink|truncate|chmod|utime)"
    r"|subprocess|socket|pickle|marshal\.loads|shutil|exec$|compile$|ctypes|urllib|webbrowser|sqlite3)"
)
_watched: list[Path] = []  # the folder in which files may be opened; empty while nobody watches
_done: list[str] = []
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event == "open" and isinstance(given[0], str | bytes | os.PathLike):
        path = os.fsdecode(given[0])
        if given[2] & _WRITES or not path.startswith(str(_watched[0])):
            _done.append(f"opened {path!r}")
    elif event == "import" or _NEVER.match(event):
        _done.append(f"{event} {given[:1]!r}"[:200])


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Whatever is run, written, imported or opened outside of a folder is an error."""
    if not getattr(sys, "_fuzz_hook", False):
        sys.addaudithook(_hook)
        sys._fuzz_hook = True  # type: ignore[attr-defined]
    _watched.append(folder)
    _done.clear()
    try:
        yield
    finally:
        _watched.clear()
    must(not _done, f"did {_done[:3]}")


# --- what must hold


def one(data: bytes, folder: Path) -> list[str]:
    """Read one input in an empty folder; what was said of it, without names. Raises Broken."""
    began = time.process_time()
    kind, rest = data[0] % 3 if data else 0, data[1:]
    said = (_bytes, _zip, _folder)[kind](rest, folder)
    must(time.process_time() - began < SECONDS, "took too long")
    for line in said:
        must(line and len(line) <= LINE and line.isprintable(), f"a line of {len(line)} signs: {line[:99]!r}")
    return [f"{kind} {_VARIES.sub('x', line.partition(': found ')[0])[:60]}" for line in said]


_VARIES = re.compile(r"/\S*|[0-9]+-[a-z0-9-]+|'[^']*'?|[0-9]+(,[0-9]+)*|: .*")


def _bytes(content: bytes, folder: Path) -> list[str]:
    with watched(folder):
        try:
            found = hand_in_file.read(content)
        except hand_in_file.Refused as error:
            return [str(error)]
        first = hand_in_file.head(content[: hand_in_file.HEAD])
        try:
            again = hand_in_file.encode(found)
        except hand_in_file.Refused as error:  # one of little space between its values
            return [str(error)]
        must(hand_in_file.read(again) == found, "another when written again")
        must(first in (None, (found.pseudonym, found.day)), "another head")
    return ["read"]


def _zip(content: bytes, folder: Path) -> list[str]:
    path = folder / "class.zip"
    path.write_bytes(content)
    return _all_found([path], folder, _members(path))


def _members(path: Path) -> list[str]:
    """Names of what is in a zip, as another reads them; none where it does not."""
    try:
        with zipfile.ZipFile(path) as file:
            return [info.orig_filename for info in file.infolist() if archives.is_file(info)]
    except Exception:  # it raises many kinds
        return []


def _folder(content: bytes, folder: Path) -> list[str]:
    names = mutations.laid(folder, content)
    return _all_found([folder], folder, [], names)


def _all_found(
    places: list[Path], folder: Path, members: list[str], names: list[str] | None = None
) -> list[str]:
    """Collect and join: each file is counted or set aside by name."""
    with watched(folder):
        got = collected.collected(places)
        said = [aside.why for aside in got.asides]
        asides = [aside.name for aside in got.asides]
        must(all(aside.whole for aside in got.asides), "a part set aside where nothing is read")
        for group in got.groups:
            said += _joined(group)
    found = Counter([*asides, *(place.name for group in got.groups for place in group)])
    _nothing_lost(places, folder, members, names, found)
    return said


def _nothing_lost(
    places: list[Path], folder: Path, members: list[str], names: list[str] | None, found: Counter[str]
) -> None:
    if names is not None:
        wanted = Counter(collected.harmless(str(folder / name)) for name in names)
        inside = {name for name in found if ".zip: " in name.lower()}
        lost = wanted - found
        must(all(any(n.startswith(name) for n in inside) for name in lost), f"lost {list(lost)[:3]}")
        must(not found - wanted or inside, f"invented {list(found - wanted)[:3]}")
    elif collected.harmless(str(places[0])) not in found:
        wanted = Counter()
        for name in members:
            wanted[collected.Place(places[0], archives.hidden(name) or name).name] += 1
        must(not set(wanted) - set(found), f"lost {list(set(wanted) - set(found))[:3]}")


def _joined(group: tuple[collected.Place, ...]) -> list[str]:
    who, asides = learners.learner(group)
    must((who, asides) == learners.learner(group), "another the second time")
    turned, _ = learners.learner(group[::-1])
    must(turned == who, "another in another order")
    whole = [aside for aside in asides if aside.whole]
    must((who.hand_ins if who else 0) + len(whole) == len(group), "a file is lost")
    must({aside.name for aside in asides} <= {place.name for place in group}, "an unknown name")
    for name, given in who.given.items() if who else ():
        question = questions.question(name)
        _check(question, given.first)
        _check(question, given.latest)
        must(given.tries >= 1 and (given.sure is None or 0 <= given.sure <= 100), "tries or confidence")
        must(given.tries > 1 or given.first == given.latest, "two answers of one")
    return [aside.why for aside in asides] + ["counted"] * bool(who)


def _check(question: questions.Question, mark: learners.Mark) -> None:
    must(0 <= mark.credit <= 1 and mark.right == (mark.credit >= 1), "credit")
    must(set(mark.beliefs) <= {*questions.misconceptions()}, "a belief")
    if question.kind == "numeric":
        allowed = {"right", "otherwise", *(f"range {n}" for n, _ in enumerate(question.ranges, 1))}
    else:
        allowed = set(question.options)
    letters = "".join(mark.picks) if question.kind == "ordering" else mark.picks
    must(letters and set(letters) <= allowed and len({*letters}) == len(letters), f"picks {mark.picks}")


# --- the run


class Run:
    """Inputs tried, what was said of them, what failed."""

    def __init__(self, corpus: Path, minutes: float) -> None:
        self.corpus, self.end = corpus, time.monotonic() + 60 * minutes
        self.began = self.told = time.monotonic()
        self.kinds: Counter[int] = Counter()
        self.said: Counter[str] = Counter()
        self.findings: set[str] = set()

    def try_one(self, data: bytes) -> bool:
        """Whether something was said that was not said before."""
        self.kinds[data[0] % 3 if data else 0] += 1
        before = len(self.said)
        try:
            with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
                self.said.update(one(data, Path(folder)))
        except Exception as error:
            self._keep(data, error)
        if time.monotonic() - self.told > 60:
            self.tell()
        return len(self.said) > before

    def _keep(self, data: bytes, error: Exception) -> None:
        where = "".join(f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__))
        name = sha256(f"{type(error).__name__} {where}".encode()).hexdigest()[:12]
        if name not in self.findings:
            self.findings.add(name)
            place = self.corpus / "findings" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            print(f"FOUND {place}: {type(error).__name__}: {error}", flush=True)
            traceback.print_exception(error)

    def tell(self) -> None:
        self.told = time.monotonic()
        kinds = ", ".join(f"{self.kinds[n]:,} {name}" for n, name in enumerate(("bytes", "zips", "folders")))
        print(
            f"{(self.told - self.began) / 60:.0f} min: {self.kinds.total():,} inputs ({kinds}), "
            f"{len(self.said)} things said, {len(self.findings)} findings",
            flush=True,
        )


def fuzz(minutes: float, corpus: Path, seed: int) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in mutations.seeds().items():
        (corpus / name).write_bytes(data)
    run = Run(corpus, minutes)
    warm_up()
    if atheris:
        _guided(run, minutes, corpus, seed)
    rnd = random.Random(seed)
    pool = [path.read_bytes() for path in sorted(corpus.iterdir()) if path.is_file()]
    while time.monotonic() < run.end:
        data = mutations.mutated(rnd.choice(pool), rnd)
        if run.try_one(data):
            pool.append(data)
            (corpus / sha256(data).hexdigest()[:16]).write_bytes(data)
    run.tell()


def _guided(run: Run, minutes: float, corpus: Path, seed: int) -> None:
    def mutator(data: bytes, size: int, number: int) -> bytes:
        rnd = random.Random(number)
        if rnd.random() < 0.3:
            return bytes(atheris.Mutate(data, size))
        return mutations.mutated(data, rnd)[:size]

    for where, name in ((zipfile, "_EndRecData"), (zipfile.ZipFile, "_RealGetContents")):
        setattr(where, name, atheris.instrument_func(getattr(where, name)))
    options = [f"-max_total_time={int(60 * minutes)}", "-max_len=30000", f"-seed={seed}", "-timeout=300"]
    atheris.Setup(
        [sys.argv[0], str(corpus), *options, "-rss_limit_mb=3000"], run.try_one, custom_mutator=mutator
    )
    atheris.Fuzz()  # ends the process


def warm_up() -> None:
    """Let what is imported late be imported."""
    for data in mutations.seeds().values():
        with tempfile.TemporaryDirectory() as folder:
            try:
                one(data, Path(folder))
            except Broken:
                continue


def minimise(corpus: Path, out: Path, most: int = 55, size: int = 140_000) -> None:
    """Keep small inputs that together reach every step, and everything said, that all of them reach."""
    out.mkdir(parents=True, exist_ok=True)
    warm_up()
    found = [path.read_bytes() for path in sorted(corpus.iterdir()) if path.is_file()]
    seen: set[object] = set()
    kept: list[tuple[int, bytes]] = []
    for data in sorted({*found}, key=lambda data: (len(data), data)):
        if new := reached(data) - seen:
            seen |= new
            kept.append((len(new), data))
    for path in out.iterdir():
        path.unlink()
    taken = 0
    for _, data in sorted(kept, reverse=True)[:most]:
        if taken + len(data) <= size:
            taken += len(data)
            (out / sha256(data).hexdigest()[:16]).write_bytes(data)
    print(
        f"{len(found)} inputs, {len(kept)} that add something; {len([*out.iterdir()])} kept, {taken:,} bytes"
    )


def reached(data: bytes) -> set[object]:
    """Steps from line to line in the modules under test, and what was said."""
    steps: set[object] = set()

    def follow(files: set[str]) -> Callable[..., Any]:
        def local(frame: Any, event: str, _: Any) -> Any:
            steps.add((frame.f_code.co_name, frame.f_lineno))
            return local

        return lambda frame, event, _: local if frame.f_code.co_filename in files else None

    files = {str(module.__file__) for module in (hand_in_file, scoring, archives, collected, learners)}
    with tempfile.TemporaryDirectory() as folder:
        sys.settrace(follow(files))
        try:
            said = one(data, Path(folder))
        except Broken as error:
            said = [str(error)]
        finally:
            sys.settrace(None)
    return steps | {*said}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minimise", type=Path, nargs=2, metavar=("DIR", "OUT"))
    given = parser.parse_args()
    if given.minimise:
        minimise(*given.minimise)
    else:
        fuzz(given.minutes, given.corpus, given.seed)


if __name__ == "__main__":
    main()
