"""Breaks the course's own YAML files at random, as a hand, an editor or a disk would, and loads the result.

Run as a script to break many: ``python -m tests.authoring.broken_files 100000``.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from notthesame import evidence, questions
from notthesame._loading import FileFaults
from notthesame.authoring.ledger import entry
from notthesame.course import course
from notthesame.plans.files import load_plan
from notthesame.questions import static
from notthesame.subject import argument_map, quantities, vignettes
from notthesame.subject.glossary import load_glossary

PLAN = "instructors/plans/90-minutes.yaml"
LOADERS: Mapping[str, Callable[[Path], Any]] = {
    "data/facts": evidence.load_facts,
    "exercises/questions": questions.load_bank,
    "exercises/misconceptions.yaml": questions.load_misconceptions,
    "data/glossary.yaml": load_glossary,
    "data/vignettes.yaml": vignettes.load_vignettes,
    "data/argument_map.yaml": argument_map.load_map,
    "data/interval_game.yaml": quantities.load_quantities,
    PLAN: load_plan,
}
VALUES = (
    *(Path(__file__).parents[1] / "fixtures/broken_values.txt").read_text("utf-8").splitlines(),
    *(
        "",
        "9" * 400,
        "0." + "3" * 400,
        "9" * 5000,
        "a" * 5000,
        "[" * 30 + "]" * 30,
        "- " * 30 + "a",
        "(" * 150,
    ),
    *("'\u0007'", "\u2028", "\u202e"),
)
CHARACTERS = "\0\a\b\t\f\r\x1b\x7f\x85\xa0\ufeff\ufffe\u2028\ud7ff{}[]:,&*!|>'\"%@`#-?\n"


def parts(name: str, text: str) -> tuple[str, list[str]]:
    """A file's head and entries, so that a few of these make a small file; maps and cases hang together."""
    if name in ("data/argument_map.yaml", "data/vignettes.yaml", "data/interval_game.yaml", PLAN):
        return text, []
    start = (
        r"^(?=  ?\w[\w ]*:$)" if "glossary" in name else r"^(?=[\w-]+:$)" if "misc" in name else r"^(?=- )"
    )
    head, *entries = re.split(start, text, flags=re.M)
    return head, entries


def sources() -> dict[str, tuple[str, list[str]]]:
    """The course's own files in parts, by their path below the course."""
    root = course().root
    paths = [
        path for name in LOADERS for path in ([root / name] if "." in name else (root / name).glob("*.yaml"))
    ]
    return {
        (name := path.relative_to(root).as_posix()): parts(name, path.read_text("utf-8"))
        for path in sorted(paths)
    }


def small(head: str, entries: list[str], chance: random.Random) -> str:
    """A sound file with some of the entries."""
    return head + "".join(chance.sample(entries, min(len(entries), chance.randint(1, 4))))


# --- the ways to break a text ---------------------------------------------------------------------------


def _line(lines: list[str], chance: random.Random, pattern: str = "") -> int:
    places = [at for at, line in enumerate(lines) if re.search(pattern, line)]
    return chance.choice(places or range(len(lines)))


def _with_lines(change: Callable[[list[str], random.Random], None]) -> Callable[[str, random.Random], str]:
    def broken(text: str, chance: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        change(lines, chance)
        return "".join(lines)

    return broken


def _drop(lines: list[str], chance: random.Random) -> None:
    del lines[_line(lines, chance, r"\w:")]


def _double(lines: list[str], chance: random.Random) -> None:
    at = _line(lines, chance, r"\w:")
    lines.insert(chance.choice((at, chance.randrange(len(lines) + 1))), lines[at])


def _indent(lines: list[str], chance: random.Random) -> None:
    at = _line(lines, chance)
    lines[at] = " " * chance.randrange(6) + lines[at].lstrip() if chance.random() < 0.8 else "\t" + lines[at]


def _value(lines: list[str], chance: random.Random) -> None:
    at = _line(lines, chance, r"\w:( |$)")
    places = [found.end() for found in re.finditer(r"\w:(?: |$)", lines[at])] or [0]
    place, value = chance.choice(places), chance.choice(VALUES)
    inline = re.search(r"[,}\]\n]", lines[at][place:])
    end = place + (inline.start() if inline else 0)
    lines[at] = lines[at][:place].rstrip() + " " + value + lines[at][end:]


def _key(lines: list[str], chance: random.Random) -> None:
    at = _line(lines, chance, r"\w:( |$)")
    key = chance.choice(
        ("", "x", "id", "from", "1", "~", "[a]", "{a: b}", "? a", "<<", "no", "2026-11-31", "12:30")
    )
    lines[at] = re.sub(r"[\w-]+:", lambda _: f"{key}:", lines[at], count=1)


def _character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(CHARACTERS) + text[at + chance.randint(0, 1) :]


def _cut(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] if chance.random() < 0.5 else text[:at] + text[chance.randrange(at, len(text) + 1) :]


def _bomb(text: str, chance: random.Random) -> str:
    depth = chance.randint(2, 25)
    layers = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, depth))]
    bomb = "{" + ", ".join(layers) + "}"
    return re.sub(r"(?<=\w: )\S[^,}\]\n]*", lambda _: bomb, text, count=chance.randint(1, 3))


def _several(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(2, 6)):
        text = chance.choice((_with_lines(_value), _with_lines(_drop), _with_lines(_key), _character))(
            text, chance
        )
    return text


def _encoded(text: str, chance: random.Random) -> bytes:
    kinds = (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "cp1252",
        "latin-1",
        "cp037",
        "utf-8-sig",
        "gbk",
    )
    return ("# é ü\n" + text).encode(chance.choice(kinds), errors="replace")


def _bytes(text: str, chance: random.Random) -> bytes:
    content = bytearray(text.encode("utf-8"))
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


KINDS: Mapping[str, Callable[[str, random.Random], str | bytes]] = {
    "value": _with_lines(_value),
    "key": _with_lines(_key),
    "key dropped": _with_lines(_drop),
    "line doubled": _with_lines(_double),
    "indent": _with_lines(_indent),
    "character": _character,
    "cut": _cut,
    "alias bomb": _bomb,
    "several": _several,
    "encoding": _encoded,
    "bytes": _bytes,
}


# --- loading what was broken ------------------------------------------------------------------------------


def load(name: str, path: Path) -> bool:
    """Load one file and use what it holds; says whether it loaded. Anything but FileFaults is an error."""
    loader = next(load for start, load in LOADERS.items() if name.startswith(start))
    try:
        found = loader(path)
    except FileFaults as error:
        assert error.faults and path.name in str(error)
        assert all(fault and len(fault) < 1500 and "\n" not in fault for fault in error.faults), error.faults
        str(error).encode("utf-8")
        return False
    use(found)
    return True


def use(found: Any) -> None:
    """Show what was loaded, as a page would: what loads can be shown."""
    if isinstance(found, questions.Bank):
        for question in found.questions.values():
            static.static_block(question).encode("utf-8")
    elif isinstance(found, dict) and all(isinstance(part, evidence.Fact) for part in found.values()):
        for fact in found.values():
            (entry(fact) + str(fact.__html__()) + repr(fact)).encode("utf-8")
    else:
        repr(found).encode("utf-8")


def broken(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """So many broken files: the file each was made of, the way it was broken, and its content."""
    chance, files = random.Random(seed), sources()
    names, kinds = list(files), list(KINDS)
    for _ in range(count):
        name, kind = chance.choice(names), chance.choice(kinds)
        made = KINDS[kind](small(*files[name], chance), chance)
        yield name, kind, made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")


def main(count: int, seed: int = 1) -> None:
    """Break so many files, and print by kind how many loaded, were refused, or raised something else."""
    told, raised = Counter[tuple[str, str]](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, content in broken(count, seed):
            path = Path(folder, Path(name).name)
            path.write_bytes(content)
            try:
                told[kind, "loaded" if load(name, path) else "refused"] += 1
            except Exception as error:
                told[kind, "raised"] += 1
                line = f"{type(error).__name__}: {str(error)[:100]}"
                raised[line] += 1
                if raised[line] == 1:
                    Path(tempfile.gettempdir(), f"raised-{len(raised)}.yaml").write_bytes(content)
                    print(f"{name}, {kind}: {line}", flush=True)
    for kind in KINDS:
        print(f"{kind:14}", *(f"{way} {told[kind, way]:6}" for way in ("loaded", "refused", "raised")))
    print(f"{sum(raised.values())} of {count} raised something else than FileFaults")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
