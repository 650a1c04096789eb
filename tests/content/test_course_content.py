"""Guards over the shipped notebooks and texts: executed, quiet, and in the words the course has promised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notthesame import evidence, exercises, lessons, questions
from notthesame._loading import read_yaml
from notthesame.authoring import claims
from notthesame.course import course_folder

ROOT = course_folder()
FOLDERS = {"lessons": "lessons", "exercises": "exercises", "solutions": "exercises/solutions"}
SHELVES = {name: lessons.read_all(ROOT / folder) for name, folder in FOLDERS.items()}
NOTEBOOKS = [notebook for shelf in SHELVES.values() for notebook in shelf]

RECALLED = {found.id for found in evidence.known_facts().values() if found.read == "recalled"}


def name(notebook: lessons.Notebook) -> str:
    return f"{notebook.path.parent.name}/{notebook.path.name}"


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the course that a reader sees, with where it stands."""
    for notebook in NOTEBOOKS:
        for cell in notebook.markdown():
            yield f"{name(notebook)}, cell {cell.index + 1}", cell.source
    for question in questions.known_questions().values():
        parts = [question.case, question.stem, *(option.text for option in question.options.values())]
        yield f"question {question.id}", " ".join([*parts, *(text for _, text, _ in question.reasons())])
    for slug, belief in questions.misconceptions().items():
        yield f"misconception {slug}", f"{belief.belief} {belief.instead}"
    for task in exercises.checks().values():
        words = [
            task.allowed,
            task.reason,
            task.otherwise,
            *task.hints,
            *(slip.reason for slip in task.slips),
        ]
        yield f"check {task.id}", " ".join(words)
    for found in evidence.known_facts().values():
        yield f"fact {found.id}", f"{found.statement} {found.caution}"
    for file in ("vignettes", "glossary"):
        for text in strings(read_yaml(ROOT / "data" / f"{file}.yaml")):
            yield f"{file}.yaml", text
    for page in [*ROOT.glob("*.md"), *(ROOT / "instructors").rglob("*.md")]:
        yield page.name, page.read_text(encoding="utf-8")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


# --- there is something to guard ----------------------------------------------------------------------


def test_there_are_lessons_with_exercise_and_solution() -> None:
    assert len(SHELVES["lessons"]) >= 1
    assert [book.path.name for book in SHELVES["exercises"]] == [
        book.path.name for book in SHELVES["solutions"]
    ]
    assert {book.number for book in SHELVES["solutions"]} == {book.number for book in SHELVES["lessons"]}
    assert "02" in {book.number for book in SHELVES["lessons"]}
    assert len(list(texts())) > 500


# --- executed and quiet -------------------------------------------------------------------------------


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_every_code_cell_has_been_executed_in_order(notebook: lessons.Notebook) -> None:
    counts = [cell.count for cell in notebook.code()]
    assert counts and counts == list(range(1, len(counts) + 1)), "run make run"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_no_output_is_an_error_or_a_warning(notebook: lessons.Notebook) -> None:
    for cell in notebook.code():
        for output in cell.outputs:
            assert output["output_type"] != "error" or "raises-exception" in cell.tags, cell.index
            assert output.get("name") != "stderr", f"cell {cell.index} wrote to stderr: {output.get('text')}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_no_widget_is_stored(notebook: lessons.Notebook) -> None:
    stored = notebook.path.read_text(encoding="utf-8")
    assert "widgets" not in notebook.metadata
    assert "widget-view" not in stored and "model_id" not in stored


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_outputs_hold_no_memory_address_and_no_path_of_a_machine(notebook: lessons.Notebook) -> None:
    for cell in notebook.code():
        shown = json.dumps(cell.outputs)
        assert not re.search(r"\bat 0x[0-9a-f]{6,}", shown), f"cell {cell.index} shows a default repr"
        assert not re.search(r"(?<![\w/])/(?:home|root|tmp|work|Users)/", shown), cell.index


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_every_picture_has_alt_text_within_the_bounds(notebook: lessons.Notebook) -> None:
    for cell in notebook.code():
        for attributes in re.findall(r"<img\b([^>]*)>", cell.html):
            alt = re.search(r'alt="([^"]*)"', attributes)
            assert alt and 60 <= len(alt[1]) <= 330, cell.index  # escaped, so a little longer
        for output in cell.outputs:
            assert not {"image/png", "image/jpeg", "image/svg+xml"} & set(output.get("data", {})), cell.index


@pytest.mark.parametrize("notebook", SHELVES["exercises"], ids=name)
def test_an_exercise_as_shipped_says_not_attempted_yet_for_each_check(notebook: lessons.Notebook) -> None:
    mine = [check for check in exercises.checks() if check.startswith(f"{notebook.number}-")]
    assert mine
    for check in mine:
        [cell] = [
            cell for cell in notebook.code() if re.search(rf"\bcheck\(\s*['\"]{check}['\"]", cell.source)
        ]
        plain = "".join("".join(output.get("data", {}).get("text/plain", "")) for output in cell.outputs)
        assert plain.startswith("Not attempted yet."), check
        assert "Not attempted yet." in cell.html, check


@pytest.mark.parametrize("notebook", SHELVES["solutions"], ids=name)
def test_a_solution_says_right_for_each_check(notebook: lessons.Notebook) -> None:
    mine = [check for check in exercises.checks() if check.startswith(f"{notebook.number}-")]
    pages = [cell.html for cell in notebook.code() if re.search(r"\bcheck\(", cell.source)]
    assert len(pages) == len(mine) and all("<strong>Right." in page for page in pages)


# --- words --------------------------------------------------------------------------------------------

YOUNG = r"child|children|minors?|under-?age|teen\w*|juveniles?|adolescents?|girls?|boys?|kids?"
NEVER = re.compile(
    rf"\b(?:{YOUNG})[ -](?:(?:who|that) (?:is|are|was|were) (?:an? )?)?(?:sex[ -]work\w*|prostitutes?\b)"
    r"|\b(?:sex workers?|prostitutes?) (?:aged?|of) (?:\d|1[0-7])\b"
    r"|\b(?:sex workers?|prostitutes?) under (?:18|eighteen)\b",
    re.I,
)


def without_quotations(text: str) -> str:
    """A text without what it puts in quotation marks: a word may be named in order to be refused."""
    return re.sub(r"\"[^\"]{1,120}\"|“[^”]{1,120}”|‘[^’]{1,120}’", " ", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a child sex worker", True),
        ("underage sex workers", True),
        ("child prostitutes", True),
        ("a minor who is a sex worker", True),
        ("sex workers under 18", True),
        ("The letter rejects “child sex worker”.", False),
        ("A minor is never called a sex worker here.", False),
        ("the sale of children, child prostitution", False),
    ],
)
def test_the_guard_sees_a_minor_called_a_sex_worker(text: str, found: bool) -> None:
    assert bool(NEVER.search(without_quotations(text))) is found


def test_no_minor_is_called_a_sex_worker() -> None:
    assert not [
        (where, NEVER.findall(text)) for where, text in texts() if NEVER.search(without_quotations(text))
    ]


def prose(text: str) -> str:
    """A text without code, addresses, quotations and the one name that has an exclamation mark."""
    text = re.sub(r"```.*?```|`[^`]*`|!(?=\[)|<!--.*?-->|!=|(?<=Model Now)!", " ", text, flags=re.S)
    return without_quotations(re.sub(r"https?://\S+", " ", text))


def test_there_are_no_exclamation_marks() -> None:
    assert not [where for where, text in texts() if "!" in prose(text)]


def test_nothing_is_praised_or_put_off() -> None:
    idle = re.compile(
        r"\b(well done|great job|congratulations|stay tuned|coming soon|lorem ipsum|TODO|TBD|FIXME)\b", re.I
    )
    assert not [(where, idle.findall(text)) for where, text in texts() if idle.search(text)]


# --- evidence -----------------------------------------------------------------------------------------


def test_recalled_facts_are_cited_nowhere() -> None:
    assert RECALLED
    cited: set[str] = set()
    for notebook in NOTEBOOKS:
        cited |= {fact for cell in notebook.markdown() for _, fact, _ in claims.LINK.findall(cell.source)}
        cited |= {
            fact for cell in notebook.code() for fact in re.findall(r"ledger\.md#([a-z0-9-]+)", cell.html)
        }
        cited |= {
            word for cell in notebook.code() for word in re.findall(r"[\"']([a-z0-9-]+)[\"']", cell.source)
        }
    for question in questions.known_questions().values():
        cited |= set(question.facts)
    for file in ("vignettes", "glossary"):
        cited |= set(strings(read_yaml(ROOT / "data" / f"{file}.yaml")))
    for page in (ROOT / "instructors").rglob("*.md"):
        cited |= {fact for _, fact, _ in claims.LINK.findall(page.read_text(encoding="utf-8"))}
    assert not cited & RECALLED


def test_every_fact_the_glossary_names_is_in_the_ledger() -> None:
    for entry in read_yaml(ROOT / "data" / "glossary.yaml")["terms"].values():
        assert set(entry["facts"]) <= set(evidence.known_facts())


def test_every_evidence_label_a_lesson_shows_is_whole() -> None:
    """A lesson that leans on a fact shows its label, so the fact has one."""
    shown = {
        fact
        for notebook in SHELVES["lessons"]
        for cell in notebook.code()
        for fact in re.findall(r"\bnts\.label\(\s*[\"']([^\"']+)", cell.source)
    }
    assert shown
    assert all(evidence.fact(fact).label for fact in shown)


def test_the_facts_and_tables_that_cells_name_exist() -> None:
    for notebook in NOTEBOOKS:
        for cell in notebook.code():
            for kind, key in re.findall(
                r"\bnts\.(fact|label|table|cite|vignette)\(\s*[\"']([^\"']+)", cell.source
            ):
                known = {"table": evidence.table_names(), "cite": evidence.known_sources()}.get(
                    kind, evidence.known_facts()
                )
                if kind != "vignette":
                    assert key in known, f"{name(notebook)}, cell {cell.index + 1}: {key}"


def test_nothing_in_the_course_reads_the_network() -> None:
    calls = re.compile(r"\b(requests|urllib|urlopen|httpx|aiohttp|socket)\b|read_\w+\(\s*[\"']https?:")
    for notebook in NOTEBOOKS:
        for cell in notebook.code():
            assert not calls.search(cell.source), f"{name(notebook)}, cell {cell.index + 1}"
            assert not re.search(r"<(?:img|script|link|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", cell.html)


def test_the_folder_the_guards_look_at_is_the_checkout() -> None:
    assert (ROOT / "lessons").is_dir() and Path(lessons.__file__).parents[2] == ROOT
