"""Inputs for the fuzzer and how they are changed: with a sense of hand-ins, of zips and of folders.

A change of one byte in a hand-in is refused by its checksum, so hand-ins are changed in their values and then
sealed again, as somebody would who wants to get something in.
"""

from __future__ import annotations

import copy
import io
import json
import os
import random
import warnings
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from notthesame import questions
from notthesame.questions.hand_in_file import FORMAT, ITEM, SCHEMA, STATUSES, TEXT, HandIn, Item, Text, encode
from notthesame.questions.model import LETTERS
from notthesame.questions.scoring import score
from tests.questions.hostile_hand_ins import HOSTILE

APART = b"\x00\x00FILE\x00"  # between the files of a folder; a name stands on the first line of each
READ, ZIP, FOLDER = b"\x00", b"\x01", b"\x02"
WHO = ("a" * 16, "b" * 16, "0123456789abcdef")
DAYS = ("2026-11-27", "2026-11-28", "2026-11-29")
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 3, 0.5, 1e308, -1e308, 10**39, 10**41, 1.0, 100, 101, [], {}, [[]]),
    *("", "a", "h", "i", "ab", "=1+1", "@x", "\t", "\r", "<script>", "\u202e", "\x00", "\ud800", "é" * 40),
    *("../../x", "02-", "02-" + "x" * 90, "99-none", "2026-02-30", "9999-12-31", *STATUSES, *DAYS, *WHO),
    *(["a", "b"], ["b", "a"], ["a", "a"], ["d", "c", "b", "a"], list(LETTERS), ["x"], [1], [None]),
)
NAMES = (
    *(
        "a.json",
        "Ann/hand-in.json",
        "../a",
        "/etc/passwd",
        "C:\\a",
        "..\\a",
        ".hidden",
        "__MACOSX/._a",
        "a\x00b",
    ),
    *("\u202egnp.json", "=cmd|x", "<b>", "a" * 300, "x.zip", "a//b", "./a", "", "/", "\n", "é.json", "a/"),
)


def fresh(rnd: random.Random, few: int = 6) -> bytes:
    """A hand-in as a learner may write one."""
    known = questions.known_questions()
    items = []
    for name in sorted(rnd.sample(sorted(known), rnd.randint(0, few))):
        last = rnd.choice((1, 1, 2, 5))
        items += [_item(known[name], rank, rnd) for rank in sorted({1, last})]
    texts = (Text("03-costs", 1, ("=1", ""), "right", None),) if rnd.random() < 0.2 else ()
    return encode(HandIn(rnd.choice(WHO), rnd.choice(DAYS), tuple(items), texts))


def _item(question: questions.Question, rank: int, rnd: random.Random) -> Item:
    letters = list(question.options)
    response: Any = rnd.choice((question.value, question.value + 1, 0, -3.5))
    if question.kind == "single":
        response = rnd.choice(letters)
    elif question.kind == "multiple":
        response = tuple(sorted(rnd.sample(letters, rnd.randint(1, len(letters)))))
    elif question.kind == "ordering":
        response = tuple(rnd.sample(letters, len(letters)))
    found = score(question, list(response) if isinstance(response, tuple) else response)
    return Item(
        question.id, rank, response, found.status, rnd.choice((None, 0, 50, 80.5, 100)), rnd.choice(DAYS)
    )


def seeds() -> Mapping[str, bytes]:
    """Inputs to begin with, by name."""
    rnd = random.Random(15)
    found = {f"hostile-{n}": READ + content[:3000] for n, (content, _) in enumerate(HOSTILE.values())}
    found |= {f"fresh-{n}": READ + fresh(rnd) for n in range(6)}
    found |= {f"zip-{n}": ZIP + _packed([(f"{i}/x.json", fresh(rnd)) for i in range(n)]) for n in range(4)}
    found["zip-names"] = ZIP + _packed([(name, fresh(rnd, 1)) for name in NAMES])
    for n in range(6):
        found[f"folder-{n}"] = FOLDER + APART.join(f"{i}.json\n".encode() + fresh(rnd) for i in range(n))
    odd = ("link:/etc/passwd", "link:.", "pipe:p", ".hidden", "in/a", "in/in/b", "x.zip", "\udcff", "=1+1")
    found["folder-names"] = FOLDER + APART.join(os.fsencode(f"{name}\n") + fresh(rnd, 2) for name in odd)
    return found


def laid(folder: Path, content: bytes) -> list[str]:
    """Lay the files of an input into a folder; what must be counted or named afterwards."""
    names = []
    for number, chunk in enumerate(content.split(APART)[:20]):
        line, _, data = chunk.partition(b"\n")
        name = os.fsdecode(line[:90])
        kind, _, rest = name.partition(":")
        parts = (rest if kind in ("link", "pipe") else name).split("/")[:4]
        safe = [part.replace("\0", "_") if part.strip(".") else "_" for part in parts]
        path = folder.joinpath(*safe[:-1], f"{safe[-1]}{number}" if kind != "name" else safe[-1])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(path):
                continue
            if kind == "link":
                path.symlink_to(rest.replace("\0", "_") or ".")
            elif kind == "pipe":
                os.mkfifo(path)
            else:
                path.write_bytes(data)
        except (OSError, ValueError):  # a file stands where a folder is wanted; a name too long
            continue
        names.append(_first_hidden(str(path.relative_to(folder))))
    return sorted(set(names))


def _first_hidden(name: str) -> str:
    parts = name.split("/")
    for place, part in enumerate(parts, 1):
        if part.startswith("."):
            return "/".join(parts[:place])
    return name


# --- changes


def mutated(data: bytes, rnd: random.Random) -> bytes:
    """The input with something changed."""
    kind, rest = data[0] % 3 if data else 0, data[1:]
    if rnd.random() < 0.15:  # else zips and folders, which have more in them to be changed, take all the time
        kind, rest = 0, fresh(rnd)
    change: Callable[[bytes, random.Random], bytes] = (_hand_in, _zip, _folder)[kind]
    for _ in range(rnd.choice((1, 1, 2, 4))):
        rest = change(rest, rnd)
    return bytes([kind]) + rest


def _bytes(content: bytes, rnd: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(rnd.choice((1, 1, 2, 8))):
        at = rnd.randint(0, len(made))
        what = rnd.randrange(4)
        if what == 0:
            made[at : at + rnd.randint(1, 9)] = b""
        elif what == 1:
            made[at:at] = rnd.randbytes(rnd.randint(1, 9))
        elif what == 2 and made:
            made[min(at, len(made) - 1)] ^= 1 << rnd.randrange(8)
        else:
            start = rnd.randint(0, len(made))
            made[at:at] = made[start : start + rnd.randint(1, 60)]
    return bytes(made)


def _hand_in(content: bytes, rnd: random.Random) -> bytes:
    if rnd.random() < 0.1:
        return fresh(rnd)
    if rnd.random() < 0.15:
        return _bytes(content, rnd)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return fresh(rnd) if rnd.random() < 0.3 else _bytes(content, rnd)
    if isinstance(found, dict):
        for _ in range(rnd.choice((1, 1, 1, 3))):
            _change(found, rnd)
        found = _sealed(found, rnd)
    try:
        text = json.dumps(found, ensure_ascii=rnd.random() < 0.8)
    except (ValueError, RecursionError):  # a number of too many digits
        return _bytes(content, rnd)
    return text.encode("utf-8", "surrogatepass")


def _change(found: Any, rnd: random.Random) -> None:
    place = found
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            place.update(items=[]) if isinstance(place, dict) else place.append(_fresh_item(rnd))
            return
        key = rnd.choice(keys)
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or rnd.random() < 0.15:
            break
        place = inner
    what = rnd.randrange(12)
    if what == 0:
        del place[key]
    elif what == 1:
        place["new" if isinstance(place, dict) else slice(0, 0)] = [copy.deepcopy(rnd.choice(VALUES))]
    elif what == 2 and isinstance(place, list):
        place.append(json.loads(json.dumps(inner)))
    elif what <= 5 and isinstance(found.get("items"), list):
        found["items"].append(_fresh_item(rnd))
    elif what <= 7 and key == "rank":
        place[key] = rnd.choice((1, 2, 3, 5, 10**6))
    else:
        place[key] = copy.deepcopy(rnd.choice(VALUES))


def _fresh_item(rnd: random.Random) -> dict[str, Any]:
    known = questions.known_questions()
    made = _item(known[rnd.choice(sorted(known))], rnd.choice((1, 1, 2, 5)), rnd)
    return {name: getattr(made, name) for name in ITEM}


def _sealed(found: dict[str, Any], rnd: random.Random) -> dict[str, Any]:
    """In order and with a checksum that fits, mostly."""
    if rnd.random() < 0.1:
        return found
    try:
        for name, place in (("items", "question"), ("texts", "task")):
            unique = {(entry[place], entry["rank"]): entry for entry in found[name]}
            found[name] = [unique[key] for key in sorted(unique)]
        values = [[[entry[key] for key in keys] for entry in found[name]] for name, keys in _LISTS]
        whole = json.dumps([SCHEMA, found["pseudonym"], found["day"], *values])
        found["check"] = sha256(whole.encode()).hexdigest()
    except (KeyError, TypeError, IndexError, ValueError, RecursionError):
        return found
    rest = {key: value for key, value in found.items() if key not in ("format", "schema", "pseudonym", "day")}
    return {"format": FORMAT, "schema": SCHEMA, "pseudonym": found["pseudonym"], "day": found["day"], **rest}


_LISTS = (("items", ITEM), ("texts", TEXT))


def _packed(files: list[tuple[str, bytes]], infos: Mapping[int, Mapping[str, Any]] = {}) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for number, (name, data) in enumerate(files):
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            for key, value in infos.get(number, {}).items():
                setattr(info, key, value)
            try:
                with warnings.catch_warnings(action="ignore"):  # of names that are there twice
                    file.writestr(info, data)
            except (ValueError, NotImplementedError, UnicodeError):
                continue
    return content.getvalue()


def _zip(content: bytes, rnd: random.Random) -> bytes:
    if rnd.random() < 0.15:
        return _bytes(content, rnd)
    if rnd.random() < 0.2:  # in what is said of the members, which stands at the end
        cut = max(0, len(content) - rnd.choice((30, 80, 400)))
        return content[:cut] + _bytes(content[cut:], rnd)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            files = [
                (info.filename, file.read(info)) for info in file.infolist()[:12] if info.file_size < 30_000
            ]
    except Exception:  # it raises many kinds
        files = []
    at = rnd.randrange(len(files)) if files else 0
    what = rnd.randrange(6)
    if what == 0 or not files:
        files.append((rnd.choice(NAMES), fresh(rnd)))
    elif what == 1:
        files[at] = rnd.choice(NAMES), files[at][1]
    elif what == 2:
        files.append(rnd.choice(files))
    elif what == 3:
        del files[at]
    else:
        files[at] = files[at][0], _hand_in(files[at][1], rnd)
    infos: dict[int, dict[str, Any]] = {}
    if rnd.random() < 0.3:
        key, choices = rnd.choice(_FIELDS)
        infos[at] = {key: rnd.choice(choices)}
    made = _packed(files, infos)
    return rnd.randbytes(9) + made if rnd.random() < 0.03 else made


_FIELDS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("external_attr", (0o120777 << 16, 0o010666 << 16, 0o040755 << 16, 0x10)),
    ("compress_type", (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)),
    ("flag_bits", (0x1, 0x8, 0x40, 0x800, 0x2000)),
    ("extra", (b"\x01\x00\x08\x00" + b"\xff" * 8, b"\x75\x70\x05\x00abcde", b"\xff")),
    ("comment", (b"x" * 99,)),
)


def _folder(content: bytes, rnd: random.Random) -> bytes:
    chunks = content.split(APART)[:20]
    at = rnd.randrange(len(chunks))
    name, _, data = chunks[at].partition(b"\n")
    what = rnd.randrange(8)
    if what == 0:
        return _bytes(content, rnd)
    if what == 1:
        del chunks[at]
    elif what == 2:
        chunks.append(b"copy (1)\n" + data)
    elif what == 3:
        chunks.append(b"new\n" + fresh(rnd))
    elif what == 4:
        odd = rnd.choice((*NAMES, "link:/etc/passwd", "link:..", "pipe:x", "in/in/a", "name:x.zip")).replace(
            "\n", "_"
        )
        chunks[at] = os.fsencode(odd) + b"\n" + data
    elif what == 5:
        chunks.append(b"name:x.zip\n" + _zip(_packed([("a", data)]), rnd))
    else:
        chunks[at] = name + b"\n" + _hand_in(data, rnd)
    return APART.join(chunks)
