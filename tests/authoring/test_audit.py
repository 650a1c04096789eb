"""The audit finds each planted fault by its own message, starts no kernel, and lets the course itself pass.

The planted faults lie in a copy of the course, which a second Python audits: its package is the copy's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
import yaml

from notthesame import cli, lessons
from notthesame.authoring import audit, prose
from notthesame.course import course_folder

ROOT = course_folder()
PARTS = ("src", "lessons", "exercises", "data", "instructors")
LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"
FACT = "law-palermo-elements"


def copy_course(folder: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for part in PARTS:
        if (ROOT / part).exists():
            shutil.copytree(ROOT / part, folder / part, ignore=ignore)
    for page in ROOT.glob("*.md"):
        shutil.copy(page, folder)
    return folder


def run(root: Path, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the course's own command on the copy at ``root``."""
    call = ["-c", code] if code else ["-m", "notthesame", *words]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *call],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


class Course:
    """A copy of the course whose files can be spoilt."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def notebook(self, name: str, change: Callable[[list[Any]], None]) -> None:
        path = self.root / name
        raw = json.loads(path.read_text(encoding="utf-8"))
        for cell in raw["cells"]:
            cell["source"] = "".join(cell["source"])
        change(raw["cells"])
        path.write_text(json.dumps(raw), encoding="utf-8")

    def file(self, name: str, change: Callable[[Any], None]) -> None:
        path = self.root / name
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(raw)
        path.write_text(yaml.safe_dump(raw, sort_keys=False, allow_unicode=True), encoding="utf-8")


def page(text: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": text}


def code(source: str, *outputs: dict[str, Any], count: int | None = 1) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "execution_count": count,
        "outputs": list(outputs),
    }


def shows(**data: Any) -> dict[str, Any]:
    kinds = {"html": "text/html", "png": "image/png", "view": "application/vnd.jupyter.widget-view+json"}
    return {"output_type": "display_data", "metadata": {}, "data": {kinds[k]: v for k, v in data.items()}}


def plant(course: Course) -> None:
    def spoil_lesson(cells: list[Any]) -> None:
        header = cells[0]["source"]
        assert "\n\n**New terms**: " in header
        header = header.replace(
            "\n\n**New terms**: ", "\n4. weigh what is left out (evaluate)\n\n**New terms**: a term, "
        )
        cells[0]["source"] = header.replace("**New terms**", "5. like it (admire)\n\n**New terms**")
        cells += [
            code("1 + 1", count=None),
            code("x", shows(view={"model_id": "1"})),
            code("x", {"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}),
            code("x", shows(png="aaaa")),
            code("x", shows(html='<p><img src="x"></p>')),
            code("x", shows(html=f'<figure><img alt="{"Words without a source. " * 4}" src="x"></figure>')),
            code('nts.ask("02-destitut")'),
            page("See [the notes](../notes/nothing.md) and ![](picture.png)."),
            page("They were 4,711 people."),
            page(f"[four elements](../data/ledger.md#{FACT})"),
            page("word " * 601),
            page("## A disputed thing"),
            page("Some say so.", "position-unsupported"),
            code('nts.figure(fig, after="Open later")'),
            code('nts.label("law-palermo-elements")'),
        ]

    def spoil_questions(raw: Any) -> None:
        first, second, third, *_ = [q for q in raw["questions"] if q["kind"] == "single"]
        first["section"] = "No such heading"
        wrong = next(key for key in second["options"] if key != second["answer"])
        second["options"][wrong]["reason"] = "Read it again."
        second["options"][wrong]["misconception"] = "used-once"
        third["options"]["a"]["text"] = "All of the above"
        third["options"]["b"]["reason"] = third["options"]["c"]["reason"]
        third["stem"] += " Of 4,712 people."

    course.notebook(LESSON, spoil_lesson)
    course.file("exercises/questions/02.yaml", spoil_questions)
    course.file(
        "exercises/misconceptions.yaml",
        lambda raw: raw.update({"used-once": {"belief": "It is so.", "instead": "It is not so."}}),
    )
    (course.root / "instructors").mkdir(exist_ok=True)
    (course.root / "instructors" / "small.md").write_text("There were 4,713 of them.", encoding="utf-8")


CELL = "lessons/02_what_the_law_calls_trafficking.ipynb, cell "
PLANTED = {
    "an unexecuted cell": (CELL, "not executed, so nothing is compared"),
    "a stored widget view": (CELL, "a widget view is stored"),
    "a stored error": (CELL, "its stored output is an error, KeyError"),
    "a raw picture": (CELL, "a picture without alt text; show it with nts.figure"),
    "a picture without alt in a page": (CELL, "alt text has 0 characters; allowed are 60 to 300"),
    "an image without alt in the text": (CELL, "an image without alt text"),
    "a figure without a source": (CELL, "a figure names no source"),
    "a broken link": (CELL, "the link [the notes](../notes/nothing.md) leads nowhere"),
    "an unlinked number": (CELL, "'4,711' is a number without a link"),
    "a wrong number": (CELL, f"'four' is no value of {FACT}"),
    "a link without its title": (CELL, f"the link to {FACT} has the title ''"),
    "an unknown question": ("02_what", "There is no question '02-destitut'. Nearest: 02-destitute"),
    "an outcome without questions": ("02_what", "outcome 4 has fewer than two questions"),
    "an unknown level": ("02_what", "outcome 5 has the level 'admire'; allowed: remember"),
    "too many outcomes": ("02_what", "5 outcomes; allowed are two to four"),
    "a term without an entry": ("02_what", "the term 'a term' is not in the glossary"),
    "too many terms": ("02_what", "8 new terms; at most seven"),
    "a position without a source": ("02_what", "position unsupported in 'A disputed thing': no link"),
    "a position without a reply": ("02_what", "position unsupported in 'A disputed thing': no reply"),
    "a label that gives away": ("02_what", "the label gives away the figure above"),
    "a long way without a check": ("02_what", "words since the last check of understanding"),
    "a missing section": ("question 02-", "section 'No such heading' is no heading of 02_what"),
    "a short reason": ("question 02-", "the reason has 3 words; allowed are 15 to 60"),
    "a misconception used once": ("misconceptions.yaml", "used-once is used 1 times"),
    "a reason used twice": ("question 02-", "this reason stands already at question 02-"),
    "all of the above": ("question 02-", "an option says all or none of the others"),
    "a number of no fact": ("question 02-", "'4,712' is no value of the facts it names"),
    "a number in an instructor's page": ("small.md", "'4,713' is a number without a link"),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = Course(copy_course(tmp_path_factory.mktemp("spoilt")))
    plant(course)
    return course


@pytest.fixture(scope="module")
def findings(spoilt: Course) -> dict[str, Any]:
    done = run(spoilt.root, "audit", "--json")
    assert done.returncode == 1 and not done.stderr, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def clean() -> audit.Report:
    return audit.audit(ROOT)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_by_its_own_message(
    name: str, findings: dict[str, Any], clean: audit.Report
) -> None:
    where, words = PLANTED[name]
    assert [fault for fault in findings["faults"] if fault.startswith(where) and words in fault], findings[
        "faults"
    ]
    assert not [fault for fault in clean.faults if fault.startswith(where) and words in fault]


def test_counts_follow_the_planted_faults(findings: dict[str, Any], clean: audit.Report) -> None:
    for name, more in [
        ("unexecuted_cells", 1),
        ("figures", 2),
        ("figures_without_alt", 1),
        ("unlinked_numbers", 1),
    ]:
        assert findings[name] - clean.counts[name] == more, name


def test_the_text_report_says_the_same(findings: dict[str, Any]) -> None:
    report = audit.Report(tuple(findings["faults"]), tuple(findings["notices"]), findings)
    lines = report.as_text().splitlines()
    assert [line.removeprefix("fault: ") for line in lines if line.startswith("fault: ")] == findings[
        "faults"
    ]
    assert lines[-1] == f"{len(findings['faults'])} faults, {len(findings['notices'])} notices"


# --- files that do not load ---------------------------------------------------------------------------


def faults_of(root: Path) -> list[str]:
    done = run(root, "audit", "--json")
    assert done.returncode == 1 and not done.stderr, done.stderr
    faults: list[str] = json.loads(done.stdout)["faults"]
    return faults


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    root = copy_course(tmp_path_factory.mktemp("unreadable"))
    files: Iterator[tuple[str, str]] = iter(
        [
            ("exercises/checks/02.py", "CHECKS = (\n"),
            ("data/glossary.yaml", "terms: {a: 1, a: 2}\n"),
            (LESSON, "not JSON"),
        ]
    )
    for name, text in files:
        (root / name).write_text(text, encoding="utf-8")
    return faults_of(root)


@pytest.mark.parametrize(
    "words",
    [
        "02.py cannot be run: SyntaxError",
        "glossary.yaml: line 1, column 15: this is not valid YAML: the key 'a' stands twice",
        "02_what_the_law_calls_trafficking.ipynb is not a notebook",
    ],
)
def test_a_file_that_does_not_load_is_a_fault_and_no_traceback(words: str, unreadable: list[str]) -> None:
    assert [fault for fault in unreadable if words in fault], unreadable


def test_a_broken_file_of_facts_is_reported_once(tmp_path: Path) -> None:
    root = copy_course(tmp_path)
    (root / "data" / "facts" / "law.yaml").write_text("topic: law\n", encoding="utf-8")
    words = "law.yaml: the file must hold 'topic', 'checked' (a date) and 'facts' (a list)"
    assert faults_of(root).count(words) == 1


# --- the course itself --------------------------------------------------------------------------------


def test_the_course_has_no_fault(clean: audit.Report) -> None:
    assert clean.faults == ()
    assert clean.counts["lessons"] >= 1 and clean.counts["solutions"] >= 1 and clean.counts["exercises"] >= 1


@pytest.fixture
def known(clean: audit.Report, monkeypatch: pytest.MonkeyPatch) -> audit.Report:
    """What the command would find out anew, which takes seconds."""
    monkeypatch.setattr(audit, "audit", lambda root: clean)
    return clean


def test_the_command_says_0_with_notices_only(
    known: audit.Report, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit"]) == 0
    printed = capsys.readouterr().out
    assert "fault: " not in printed and "notice: " in printed and printed.rstrip().endswith("notices")


def test_the_json_has_what_was_asked_for(capsys: pytest.CaptureFixture[str], known: audit.Report) -> None:
    assert cli.main(["audit", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    counts = (
        *(
            "lessons",
            "exercises",
            "solutions",
            "options_without_reason",
            "wrong_options_without_misconception",
        ),
        *("facts", "facts_cited", "unlinked_numbers", "figures", "figures_without_alt", "unexecuted_cells"),
    )
    assert all(isinstance(found[name], int) for name in counts)
    assert set(found["questions"]) == {"single", "multiple", "numeric", "ordering"}
    assert 0 < found["facts_cited"] <= found["facts"]
    for name in counts[3:5] + counts[7:8] + counts[9:]:
        assert found[name] == 0, name
    names = [notebook.path.name for notebook in lessons.read_all(ROOT / "lessons")]
    assert list(found["per_lesson"]) == names
    for lesson in found["per_lesson"].values():
        assert (
            lesson["words"] > 0
            and len(lesson["minutes"]) == 2
            and isinstance(lesson["flesch_kincaid"], float)
        )
    assert found["faults"] == [] and found["notices"] == list(known.notices)


def test_the_audit_starts_no_kernel() -> None:
    watch = (
        "import sys; from notthesame.cli import main; status = main(['audit']);"
        "print([m for m in sys.modules if m.partition('.')[0] in"
        " ('nbclient', 'jupyter_client', 'ipykernel', 'zmq', 'matplotlib')], file=sys.stderr);"
        "sys.exit(status)"
    )
    done = run(ROOT, code=watch)
    assert done.returncode in (0, 1) and done.stderr.strip() == "[]"


def test_an_unknown_verb_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["audti"])
    assert stopped.value.code == 2 and "audit" in capsys.readouterr().err


# --- small things --------------------------------------------------------------------------------------


def test_positions_are_weighed_with_their_rivals(tmp_path: Path) -> None:
    cells = [
        page("## Here"),
        page(f"One two three [four](../data/ledger.md#{FACT}) and a reply", "position-a"),
        page("Six seven.", "position-b"),
        page("## There"),
        page("Eight.", "position-a"),
    ]
    path = tmp_path / "02_x.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    assert [astuple(position) for position in prose.positions(lessons.read(path))] == [
        ("a", "Here", 7, 1, 1, True),
        ("b", "Here", 2, 0, 0, False),
        ("a", "There", 1, 0, 0, False),
    ]


def test_readability_grows_with_sentence_and_word(tmp_path: Path) -> None:
    def level(text: str) -> float:
        path = tmp_path / "02_x.ipynb"
        path.write_text(json.dumps({"cells": [page(text)], "metadata": {}}), encoding="utf-8")
        return prose.readability(lessons.read(path))[0]

    plain = level("The cat sat on the mat. The dog ran to the door.")
    assert (
        plain
        < 3
        < level(
            "Organisations interpreting administrative responsibilities necessarily disagree considerably."
        )
    )
    assert prose.readability(lessons.Notebook(Path("x"), (), {})) == (0.0, 0.0)
    assert [prose._syllables(word) for word in ("cat", "table", "trafficking", "made", "sea", "hm")] == [
        1,
        2,
        3,
        1,
        1,
        1,
    ]
