"""The project on another machine: another code page, line ends of Windows, a proxy, stray answers."""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notthesame import evidence
from notthesame.course import FOLDER, Course
from notthesame.questions.answers import Store
from notthesame.questions.records import KEYS
from tests.house.checkout import ROOT, commit, copy_to, git, needs_git, tracked

# Where a learner's notebook runs, where a hand may put a file, and names that say nothing.
STRAY: tuple[str, ...] = (
    "lessons/mine.json",
    "lessons/mine",
    "translations/es/lessons/mine.json",
    "exercises/a b.txt",
    "exercises/solutions/x.csv",
    "for teacher.json",
)
STRAY += (
    "exercises/questions/x.json",
    "exercises/checks/my.json",
    "data/x.json",
    "data/tables/x.json",
    "y.txt",
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository in another folder, as somebody else has them."""
    return copy_to(tmp_path_factory.mktemp("copied"))


# --- a console of Windows -----------------------------------------------------------------------------------

CODE_PAGE = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}


def on_windows(of: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a verb on a console that knows no letter beyond those of western Europe."""
    call = [sys.executable, "-m", "notthesame", *words]
    return subprocess.run(
        call, cwd=of, env={**os.environ, **CODE_PAGE, FOLDER: str(of)}, capture_output=True, timeout=120
    )


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory, copy_course: Callable[[Path], Course]) -> Path:
    """A course whose path, titles and faults have letters that such a console lacks."""
    of = copy_course(tmp_path_factory.mktemp("курс→") / "žluť")
    (of.root / "lessons" / "02_what_the_law_calls_trafficking.ipynb").write_text("→ 法", "utf-8")
    return of.root


SLOW = pytest.mark.slow
VERBS = [
    pytest.param(("audit",), 1, b"02_what_the_law_calls_trafficking.ipynb is not a notebook", marks=SLOW),
    pytest.param(("audit", "--json"), 1, b"is not a notebook", marks=SLOW),
    pytest.param(("html", "→ pages"), 1, b"is not a notebook", marks=SLOW),
    (("run", "02"), 1, b"failed: lessons/02_what_the_law_calls_trafficking.ipynb: "),
    (("data",), 0, b""),
    (("--help",), 0, b"audit"),
]


@pytest.mark.parametrize(("words", "status", "said"), VERBS)
def test_every_verb_speaks_on_a_console_that_lacks_letters(
    words: tuple[str, ...], status: int, said: bytes, foreign: Path
) -> None:
    (foreign / "src" / "notthesame").mkdir(parents=True, exist_ok=True)
    done = on_windows(foreign, *words)
    assert done.returncode == status and said in done.stdout + done.stderr, done.stderr
    assert b"Traceback" not in done.stderr, done.stderr


# --- line ends, byte-order marks --------------------------------------------------------------------------


@needs_git
def test_a_checkout_that_asks_for_line_ends_of_windows_has_the_same_bytes(
    copied: Path, tmp_path: Path
) -> None:
    shutil.copytree(copied, tmp_path / "a")
    commit(tmp_path / "a")
    git("-c", "core.autocrlf=true", "-c", "core.eol=crlf", "clone", "-q", tmp_path / "a", tmp_path / "b")
    names = git("ls-files", "-z", cwd=tmp_path / "b").split("\0")[:-1]
    assert len(names) > 300
    for name in names:
        assert (tmp_path / "b" / name).read_bytes() == (ROOT / name).read_bytes(), name


@needs_git
def test_no_file_has_line_ends_of_windows() -> None:
    attributes = git("ls-files", "--eol").splitlines()
    assert not [line for line in attributes if re.match(r"i/(crlf|mixed)", line)]


@pytest.fixture
def marked(data_copy: Path) -> Iterator[Path]:
    """The tables, the sources and the descriptor as a spreadsheet or Notepad saves them."""
    for path in [*data_copy.glob("tables/*.csv"), *data_copy.glob("*.json")]:
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))
    yield data_copy


def test_a_table_with_a_byte_order_mark_reads_as_without(marked: Path) -> None:
    for name in evidence.table_names():
        assert (marked / "tables" / f"{name}.csv").read_bytes().startswith(codecs.BOM_UTF8)
        with Course(ROOT).in_use():
            rows, frame = evidence.rows(name), evidence.table(name)
        assert evidence.rows(name) == rows, name
        assert evidence.table(name).equals(frame), name
    assert evidence.cite("platt2018").short == "Platt et al. 2018" and not evidence.fact_faults()


# --- a proxy ----------------------------------------------------------------------------------------------


def test_tests_ignore_a_proxy_for_what_runs_here() -> None:
    script = (
        "import conftest, urllib.request as u; conftest.ignore_proxies()\n"
        "print(*(int(u.proxy_bypass(h)) for h in ('127.0.0.1', 'localhost', '::1', 'example.org')))"
    )
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    kept = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}
    env = {**kept, **dict.fromkeys(names, "http://127.0.0.1:9"), "no_proxy": "intranet"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "1", "1", "0"], done.stderr


# --- answers that lie about -------------------------------------------------------------------------------


def holds_answers(content: bytes) -> bool:
    """Whether a file is an export of answers, or a file of them, whatever its name."""
    for text in (content, content.partition(b"\n")[0]):
        try:
            found = json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and (
            {"schema", "records", "set_aside"} <= set(found) or set(found) >= KEYS
        ):
            return True
    return False


@pytest.fixture
def export(tmp_path: Path) -> Path:
    store = Store(tmp_path / "kept")
    store.record("00-title", "b", status="right", credit=1.0)
    return store.export(tmp_path / "export")


def test_answers_are_known_by_their_content(export: Path, tmp_path: Path) -> None:
    assert holds_answers(export.read_bytes())
    assert [holds_answers(path.read_bytes()) for path in (tmp_path / "kept").iterdir()] == [True]


@needs_git
def test_nobodys_answers_are_in_the_repository() -> None:
    assert not [
        name for name in tracked() if (ROOT / name).is_file() and holds_answers((ROOT / name).read_bytes())
    ]


@needs_git
def test_answers_exported_under_any_name_are_not_committed(copied: Path, export: Path) -> None:
    git("init", "-q", cwd=copied)
    for name in STRAY:
        (copied / name).write_bytes(export.read_bytes())
    would = git("ls-files", "-co", "--exclude-standard", "-z", cwd=copied).split("\0")
    assert not {*STRAY} & {*would} and set(tracked()) <= {*would}


@pytest.mark.slow
def test_answers_exported_under_any_name_are_not_in_the_wheel(
    copied: Path, export: Path, tmp_path: Path
) -> None:
    for name in STRAY:
        (copied / name).write_bytes(export.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=copied, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert len(packed.namelist()) > 150
        assert not [name for name in packed.namelist() if holds_answers(packed.read(name))]
