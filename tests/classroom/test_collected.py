"""Hand-ins from anybody, gathered in any way: each file is counted or set aside by name, and none is run."""

from __future__ import annotations

import dataclasses
import io
import os
import pickle
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from notthesame.classroom import archives, collected, learners
from notthesame.classroom.collected import Aside, Collected, Place, harmless
from notthesame.classroom.learners import Given, Learner, Mark, learner
from notthesame.questions import known_questions, question
from notthesame.questions.hand_in_file import MOST, HandIn, Item, Text, encode
from tests.classroom import fuzz, mutations
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


def test_the_same_name_twice_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("a", made(FIRST))
        file.writestr("a", made(LATEST))
        file.writestr("b", made(FIRST))
    groups, asides = found(path)
    assert groups == [[f"{path}: b"]]
    assert asides == {f"{path}: a": "2 files of this name are in the zip"}


def test_what_is_wrong_with_a_zip_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = zipped({"a": made(FIRST), "b": made(FIRST)})
    path = tmp_path / "class.zip"

    def said(content: bytes) -> str:
        path.write_bytes(content)
        groups, asides = found(path)
        assert groups == [] and list(asides) == [str(path)]
        return asides[str(path)]

    assert said(good[: len(good) // 2]) == said(good[:-1]) == "a zip that is damaged, or cut short"
    assert said(zipped({})) == said(zipped({"Ann/": b""})) == "a zip with no file in it"
    assert said(_over_another(good)) == "its files lie one over another"
    path.rename(tmp_path / "class.docx")
    assert found(tmp_path)[1] == {"class.docx": "a zip under another name, which is not opened"}
    monkeypatch.setattr(archives, "MEMBERS", 1)
    assert said(good) == "more than 1 files in it"
    monkeypatch.setattr(archives, "LIST", 10)
    assert said(good) == "a list of more than 10 bytes of what is in it"
    monkeypatch.undo()
    monkeypatch.setattr(archives, "IN_SUM", 100)
    assert said(good).endswith("bytes when unpacked; allowed: 100")


def _over_another(good: bytes) -> bytes:
    """Both entries lead to one and the same member, which is what makes small zips unpack to a great deal."""
    first, second = (found.start() for found in re.finditer(b"PK\x01\x02", good))
    large = int.from_bytes(good[first + 20 : first + 24], "little") * 10
    return good[: second + 20] + large.to_bytes(4, "little") + good[second + 24 :]


@pytest.mark.parametrize("at", ["head", "data", "checksum", "size", "offset", "locked"])
def test_a_member_that_is_not_what_its_zip_says_is_set_aside_alone(tmp_path: Path, at: str) -> None:
    good = bytearray(zipped({"a": made(FIRST), "b": made(FIRST, who=BEN)}))
    entry = good.index(b"PK\x01\x02")
    place = {
        "head": 26,
        "data": 60,
        "checksum": entry + 16,
        "size": entry + 24,
        "offset": entry + 42,
        "locked": entry + 8,
    }
    good[place[at]] ^= 1
    path = tmp_path / "class.zip"
    path.write_bytes(good)
    got = collected.collected([path])
    asides = list(got.asides)
    learners = []
    for group in got.groups:
        who, more = learner(group)
        learners += [who] * (who is not None)
        asides += more
    assert len(learners) == 1
    assert [(aside.name, aside.why) for aside in asides] == [
        (f"{path}: a", "encrypted" if at == "locked" else "damaged in its zip")
    ]


# --- one learner


def test_first_and_latest_of_a_question_and_how_many(tmp_path: Path) -> None:
    laid(tmp_path, {"a": made(FIRST, LATEST, texts=(Text("03-costs", 1, ("=1+1",), "right"),))})
    who, asides = joined(tmp_path)
    assert asides == []
    belief = question("02-destitute").options["a"].misconception
    assert belief
    wrong = Mark(("a",), False, 0.0, (belief,))
    assert who == Learner({"02-destitute": Given(wrong, Mark(("b",), True, 1.0), 3, 80.0)}, 1, texts=True)


def test_several_files_are_joined_in_whatever_order(tmp_path: Path) -> None:
    again = Item("02-destitute", 5, "c", "wrong", None, LATER)
    files = {"z": made(FIRST), "y": made(FIRST, LATEST, day="2026-11-28"), "x": made(FIRST, again, day=LATER)}
    laid(tmp_path, files)
    who, asides = joined(tmp_path)
    assert who and asides == [] and who.hand_ins == 3
    assert who.given["02-destitute"].first.picks == ("a",)
    assert who.given["02-destitute"].latest.picks == ("c",)
    assert who.given["02-destitute"].tries == 5
    [group] = collected.collected([tmp_path]).groups
    assert all(learner(turn)[0] == who for turn in permutations(group))


def test_the_same_twice_is_counted_once(tmp_path: Path) -> None:
    content = made(FIRST)
    laid(tmp_path, {"a": content, "a (1)": content, "b": b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")})
    who, asides = joined(tmp_path)
    assert who and who.hand_ins == 1
    same = f"the same as {tmp_path / 'a'}"
    assert asides == [("a (1)", same, True), ("b", same, True)]


def test_of_two_that_contradict_the_later_is_set_aside_whole(tmp_path: Path) -> None:
    other = Item("02-destitute", 1, "c", "wrong", 80, DAY)
    more = Item("02-debt", 1, ("a",), "wrong")
    laid(tmp_path, {"a": made(other, more, day=LATER), "b": made(FIRST, LATEST)})
    who, asides = joined(tmp_path)
    assert who and who.hand_ins == 1 and list(who.given) == ["02-destitute"]
    assert who.given["02-destitute"].first.picks == ("a",)
    why = "02-destitute: an earlier file of this learner has another answer 1"
    assert asides == [("a", why, True)]


def test_answers_that_cannot_be_counted_are_named_and_the_rest_counts(tmp_path: Path) -> None:
    unknown = [Item(f"99-{name}", 1, "a", "right") for name in "abcde"]
    disallowed = [Item("02-narrowing", 1, ("a",), "right"), Item("02-debt", 1, 3.5, "right")]
    later = Item("02-count-vera", 2, 1, "wrong")
    better = Item("02-destitute", 1, "a", "right")
    laid(tmp_path, {"a": made(*unknown, *disallowed, later, better)})
    who, asides = joined(tmp_path)
    unasked = (
        "5 answers left out, of questions that are not in this course: 99-a; 99-b; 99-c; 99-d; and 1 more"
    )
    assert who and who.hand_ins == 1 and list(who.given) == ["02-destitute"]
    assert not who.given["02-destitute"].first.right
    assert asides == [
        ("a", "2 answers left out that the question does not allow: 02-debt; 02-narrowing", False),
        ("a", "1 answer scored otherwise in the file: 02-destitute", False),
        ("a", unasked, False),
        ("a", "1 answer left out, without the first one to the same question: 02-count-vera", False),
    ]


def test_every_kind_of_question_is_counted_by_what_was_picked(tmp_path: Path) -> None:
    numeric = next(q for q in known_questions().values() if len(q.ranges) > 1)
    order = next(q for q in known_questions().values() if q.kind == "ordering")
    turned = (order.key[1], order.key[0], *order.key[2:])
    span = numeric.ranges[1]
    value = next(v for v in (span.low, span.high) if v is not None)
    assert not any(s.holds(value) for s in numeric.ranges[:1])
    several = Item("02-debt", 1, ("a", "b"), "wrong")
    items = (several, Item(numeric.id, 1, value, "wrong"), Item(order.id, 1, turned, "partly right"))
    right = Item(numeric.id, 2, numeric.value, "right")
    laid(tmp_path, {"a": made(*items, right)})
    who, asides = joined(tmp_path)
    assert who and asides == []
    assert who.given["02-debt"].first.picks == ("a", "b")
    assert who.given[numeric.id].first == Mark(("range 2",), False, 0.0, (span.misconception,))
    assert who.given[numeric.id].latest.picks == ("right",)
    assert who.given[order.id].first.picks == ("".join(turned),)
    assert 0 < who.given[order.id].first.credit < 1


def test_no_more_files_of_a_learner_are_read_than_anybody_has(tmp_path: Path) -> None:
    days = [f"2025-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(learners.FILES + 2)]
    laid(tmp_path, {f"{n:03}": made(FIRST, day=day) for n, day in enumerate(days)})
    who, asides = joined(tmp_path)
    assert who and who.hand_ins == learners.FILES
    assert [name for name, _, _ in asides] == ["100", "101"]


def test_a_file_that_is_changed_between_two_looks_is_set_aside(tmp_path: Path) -> None:
    laid(tmp_path, {"a": made(FIRST), "b": made(FIRST, LATEST, day=LATER)})
    [group] = collected.collected([tmp_path]).groups
    (tmp_path / "b").write_bytes(made(LATEST, who=BEN, day=LATER))
    who, [aside] = learner(group)
    assert who and who.hand_ins == 1 and aside.why.startswith("another pseudonym")
    (tmp_path / "a").unlink()
    assert "No such file" in learner(group)[1][0].why


def test_an_empty_hand_in_is_a_learner(tmp_path: Path) -> None:
    laid(tmp_path, {"a": made()})
    assert joined(tmp_path) == (Learner(), [])


def test_places_go_to_another_process_and_nothing_can_be_changed(tmp_path: Path) -> None:
    path = laid(tmp_path, {"class.zip": zipped({"a": made(FIRST)})}) / "class.zip"
    got = collected.collected([path])
    [[place]] = got.groups
    assert pickle.loads(pickle.dumps(place)) == place
    for thing in (got, place, Aside("a", "b")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, dataclasses.fields(thing)[0].name, ())
    assert "packed" not in repr(place)


# --- what fuzzing found


CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_fuzzing_kept_is_read_as_it_must_be(tmp_path: Path) -> None:
    kept = sorted(CORPUS.iterdir())
    assert 20 <= len(kept) < 60 and sum(path.stat().st_size for path in kept) < 150_000
    fuzz.warm_up()
    for path in kept:
        folder = tmp_path / path.name
        folder.mkdir()
        fuzz.one(path.read_bytes(), folder)


def test_the_fuzzer_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = mutations.seeds()["folder-4"]
    fuzz.warm_up()

    def noticed(words: str, name: str = "x") -> None:
        folder = tmp_path / words.replace(" ", "-")
        folder.mkdir()
        with pytest.raises(fuzz.Broken, match=words):
            fuzz.one(data, folder)
        monkeypatch.undo()

    true = learners.learner
    add = collected._Gathering._add
    monkeypatch.setattr(
        collected._Gathering, "_add", lambda self, place, size: size > 900 and add(self, place, size)
    )
    noticed("lost")
    monkeypatch.setattr(
        learners, "learner", lambda group: (true(group)[0], ()) if len(group) == 1 else (None, ())
    )
    noticed("a file is lost")
    monkeypatch.setattr(learners, "learner", lambda group: (compile("1", "", "eval"), true(group))[1])
    noticed("did .*compile")
    monkeypatch.setattr(learners, "learner", lambda group: (Path(__file__).read_bytes(), true(group))[1])
    noticed("did .*opened")
    monkeypatch.setattr(collected, "why", lambda error: f"{error}\n")
    data = mutations.seeds()["folder-names"]
    noticed("a line of")
