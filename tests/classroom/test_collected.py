"""Hand-ins from anybody, gathered in any way: each file is counted or set aside by name, and none is run."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from notthesame.classroom import collected
from notthesame.classroom.collected import Collected, Place, harmless
from notthesame.classroom.learners import Given, Learner, Mark, learner
from notthesame.questions.hand_in_file import MOST, HandIn, Item, Text, encode
from tests.questions.hostile_hand_ins import HOSTILE

ANN, BEN = "a" * 16, "b" * 16
DAY, LATER = "2026-11-27", "2026-11-29"
FIRST = Item("02-destitute", 1, "a", "wrong", 80, DAY)
LATEST = Item("02-destitute", 3, "b", "right", None, LATER)


def made(*items: Item, who: str = ANN, day: str = DAY, texts: tuple[Text, ...] = ()) -> bytes:
    return encode(HandIn(who, day, tuple(sorted(items, key=lambda i: (i.question, i.rank))), texts))


def laid(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], Any] = lambda info: None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            file.writestr(info, data)
    return content.getvalue()


def found(*places: Path, of: Path | None = None) -> tuple[list[list[str]], dict[str, str]]:
    """Names of the files of each learner, and why others were set aside, both below a folder."""
    below = f"{of or places[0]}{os.sep}"
    got: Collected = collected.collected(places)
    groups = [[place.name.removeprefix(below) for place in group] for group in got.groups]
    return groups, {aside.name.removeprefix(below): aside.why for aside in got.asides}


def joined(folder: Path) -> tuple[Learner | None, list[tuple[str, str, bool]]]:
    """The one learner of a folder."""
    got = collected.collected([folder])
    [group] = got.groups
    who, asides = learner(group)
    assert got.asides == ()
    return who, [(Path(aside.name).name, aside.why, aside.whole) for aside in asides]


# --- where they lie


def test_files_of_any_name_are_found_and_gathered_by_pseudonym(tmp_path: Path) -> None:
    laid(
        tmp_path,
        {
            "Ann Smith_17_file_/hand-in-1.json": made(FIRST),
            "Ben_18_file_/hand-in (1).json.txt": made(FIRST, who=BEN),
            "late": made(FIRST, LATEST),
            "note.txt": b"I could not log in",
        },
    )
    (tmp_path / "class.zip").write_bytes(zipped({"Ann/x.json": made(FIRST, day=LATER)}))
    groups, asides = found(tmp_path)
    assert groups == [
        [f"Ann Smith_17_file_{os.sep}hand-in-1.json", "class.zip: Ann/x.json", "late"],
        [f"Ben_18_file_{os.sep}hand-in (1).json.txt"],
    ]
    assert asides == {"note.txt": "not JSON, or cut short"}


def test_what_is_hidden_is_named_and_not_looked_at(tmp_path: Path) -> None:
    laid(tmp_path, {".git/a": made(FIRST), ".git/b": b"", "x/._a.json": b"\0"})
    inner = {"__MACOSX/._a.json": b"\0", "__MACOSX/._b.json": b"\0", "a/.hidden/x.json": made(FIRST)}
    (tmp_path / "mac.zip").write_bytes(zipped(inner))
    assert found(tmp_path) == (
        [],
        dict.fromkeys([".git", f"x{os.sep}._a.json", "mac.zip: __MACOSX", "mac.zip: a/.hidden"], "hidden"),
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_links_pipes_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, {"out/a.json": made(FIRST), "in/b.json": made(FIRST)})
    os.mkfifo(tmp_path / "in" / "pipe")
    (tmp_path / "in" / "file").symlink_to(tmp_path / "out" / "a.json")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    groups, asides = found(tmp_path / "in", Path("/dev/zero"))
    assert groups == [["b.json"]]
    assert set(asides) == {"pipe", "file", "folder", "round", "/dev/zero"}
    assert asides["pipe"] == asides["/dev/zero"] == "not a plain file"
    assert "a link, which is not followed" in asides["file"] + asides["folder"]
    # also where one takes the place of a file after it was looked at
    for name in ("pipe", "file"):
        who, [aside] = learner([Place(tmp_path / "in" / name)])
        assert who is None and aside.whole
    with pytest.raises(OSError):
        collected.peek(Place(tmp_path / "in" / "file"))


def test_what_is_not_there_or_may_not_be_read_is_named(tmp_path: Path) -> None:
    assert "No such file" in found(tmp_path / "none")[1][str(tmp_path / "none")]
    assert "cannot be read" in found(Path("a\0b"))[1]["a\N{REPLACEMENT CHARACTER}b"]
    deep = tmp_path.joinpath(*"abcdefghijklmnop")
    laid(deep, {"x": made(FIRST)})
    assert list(found(tmp_path)[1].values()) == ["folders more than 12 deep"]


def test_the_bounds_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, {f"{n}.json": made(FIRST) for n in range(9)})
    monkeypatch.setattr(collected, "ENTRIES", 9)
    assert len(found(tmp_path)[0][0]) == 8
    monkeypatch.setattr(collected, "ENTRIES", 5)
    got = collected.collected([tmp_path / f"{n}.json" for n in range(9)])
    assert [len(group) for group in got.groups] == [5]
    assert "5.json" in got.asides[0].name and got.asides[0].why.startswith("more than 5 files")
    monkeypatch.setattr(collected, "ENTRIES", 8)
    assert found(tmp_path)[1] == {str(tmp_path): "more than 8 files and folders in it"}
    monkeypatch.undo()
    (tmp_path / "0.json").write_bytes(b" " * (MOST + 1))
    assert found(tmp_path)[1] == {"0.json": "1,000,001 bytes; allowed: at most 1,000,000"}


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path, {f"{n}.json": made(FIRST) for n in range(5)})
    monkeypatch.setattr(collected, "EVERY", 2)
    said: list[str] = []
    collected.collected([tmp_path], said.append)
    assert said == ["2 files looked at", "4 files looked at", "6 files looked at"]


def test_names_are_made_harmless() -> None:
    assert harmless("Ann\u202egnp\n\x1b[31m\ud800") == "Ann\ufffdgnp\ufffd\ufffd[31m\ufffd"
    assert len(harmless("x" * 10_000)) == 160


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_is_set_aside_by_name(tmp_path: Path, name: str) -> None:
    content, words = HOSTILE[name]
    path = tmp_path / "hand-in.json"
    path.write_bytes(content)
    got = collected.collected([path])
    asides = list(got.asides)
    for group in got.groups:
        who, more = learner(group)
        assert who is None
        asides += more
    [aside] = asides
    assert aside.name == str(path) and aside.whole
    assert words in aside.why or "zip" in aside.why


# --- zips


ZIPS: Mapping[str, tuple[bytes, dict[str, str]]] = {
    "names that lead out": (
        zipped(dict.fromkeys(["../a", "/b", "c/../../d", "\\e", "C:\\f", "g\\..\\h"], made(FIRST))),
        dict.fromkeys(
            ["../a", "/b", "c/../../d", "\\e", "C:\\f", "g\\..\\h"], "its name leads out of the zip"
        ),
    ),
    "a link": (
        zipped({"a": b"/etc/passwd"}, lambda info: setattr(info, "external_attr", 0o120777 << 16)),
        {"a": "a link, which is not followed"},
    ),
    "a device": (
        zipped({"a": made(FIRST)}, lambda info: setattr(info, "external_attr", 0o020666 << 16)),
        {"a": "not a plain file"},
    ),
    "zips within": (
        zipped({"a.ZIP": b"", "b": zipped({"c": made(FIRST)})}),
        dict.fromkeys(["a.ZIP", "b"], "a zip within a zip; unpack it first"),
    ),
    "a bomb": (zipped({"a": b" " * MOST}), {"a": "packed more than 200 to 1"}),
    "too large": (zipped({"a": b" " * (MOST + 1)}), {"a": "1,000,001 bytes; allowed: at most 1,000,000"}),
    "packed by another method": (
        zipped({"a": made(FIRST)}, lambda info: setattr(info, "compress_type", zipfile.ZIP_LZMA)),
        {"a": "packed in a way that is not read here"},
    ),
}


@pytest.mark.parametrize("name", ZIPS)
def test_what_is_wrong_in_a_zip_is_set_aside_by_name(tmp_path: Path, name: str) -> None:
    content, expected = ZIPS[name]
    path = tmp_path / "class.zip"
    path.write_bytes(content)
    groups, asides = found(path)
    assert groups == []
    assert asides == {f"{path}: {name}": why for name, why in expected.items()}
    assert os.listdir(tmp_path) == ["class.zip"]


# --- one learner


def test_first_and_latest_of_a_question_and_how_many(tmp_path: Path) -> None:
    laid(tmp_path, {"a": made(FIRST, LATEST, texts=(Text("03-costs", 1, ("=1+1",), "right"),))})
    who, asides = joined(tmp_path)
    assert asides == []
    wrong = Mark(("a",), False, 0.0, ("unlawful-is-trafficked",))
    wrong = Mark(wrong.picks, False, 0.0, who.given["02-destitute"].first.beliefs if who else ())
    assert who == Learner({"02-destitute": Given(wrong, Mark(("b",), True, 1.0), 3, 80.0)}, 1, texts=True)
