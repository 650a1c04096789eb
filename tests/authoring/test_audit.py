"""The audit finds each planted fault by its own message, starts no kernel, and lets the course itself pass.

The planted faults lie in a copy of the course.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
import yaml

from notthesame import cli, lessons
from notthesame.authoring import audit, prose
from notthesame.authoring.rules import wording
from notthesame.course import FOLDER, Course, course

LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"
NAME = LESSON.partition("_")[2]
EXERCISE, SOLUTION = f"exercises/02_exercise_{NAME}", f"exercises/solutions/02_solution_{NAME}"
FACT = "law-palermo-elements"
RECALLED = "debate-recalled-plant"
HELD = "law-held-plant"
CLOSED = "<details><summary>Guess first</summary>\n\nIt is 4,716, and the Mann Act is not met.\n\n</details>"


def run(root: Path, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the course's own command on the course at ``root``."""
    call = ["-c", code] if code else ["-m", "notthesame", *words]
    return subprocess.run(
        [sys.executable, *call],
        cwd=root,
        env={**os.environ, FOLDER: str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def change_cells(of: Course, name: str, change: Callable[[list[Any]], None]) -> None:
    """Change the cells of one of its notebooks."""
    path = of.root / name
    raw = json.loads(path.read_text(encoding="utf-8"))
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
    change(raw["cells"])
    path.write_text(json.dumps(raw), encoding="utf-8")


def change_file(of: Course, name: str, change: Callable[[Any], None]) -> None:
    """Change what one of its YAML files holds."""
    path = of.root / name
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
    kinds = {"html": "text/html", "png": "image/png", "plain": "text/plain"}
    kinds["view"] = "application/vnd.jupyter.widget-view+json"
    return {"output_type": "display_data", "metadata": {}, "data": {kinds[k]: v for k, v in data.items()}}


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def spoil_lesson(cells: list[Any]) -> None:
    header = cells[0]["source"]
    assert "\n\n**New terms**: " in header
    header = header.replace(
        "\n\n**New terms**: ", "\n4. weigh what is left out (evaluate)\n\n**New terms**: a term, "
    )
    assert "*Methods* goes on with" in header
    header = header.replace("goes on with", "ends with")
    cells[0]["source"] = header.replace("**New terms**", "5. like it (admire)\n\n**New terms**")
    cells += [
        code("1 + 1", count=None),
        code("2 + 2", count=3),
        code("x", shows(view={"model_id": "1"})),
        code("x", {"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}),
        code("x", stream("stderr", "FutureWarning: old")),
        code("x", shows(plain="<object at 0x7f3a5c0b1d90>")),
        code("x", shows(plain="read from /" + "home/somebody/course")),
        code("x", shows(png="aaaa")),
        code("x", shows(html='<p><img src="x"></p>')),
        code("x", shows(html=f'<figure><img alt="{"Words without a source. " * 4}" src="x"></figure>')),
        code("x", shows(html='<iframe src="https://example.org/"></iframe>')),
        code("import requests"),
        code('nts.ask("02-destitut")'),
        code('nts.table("no_such_table")'),
        code('nts.label("law-tvpa-no-label")'),
        code("x", shows(html="<p>Hint: act_harbour, or <code>fine_here</code>.</p>")),
        code('nts.listing("us_penalties", "provision", "note", "offence_code")'),
        code(f'nts.fact("{RECALLED}")'),
        page("See [the notes](../notes/nothing.md) and ![](picture.png)."),
        page("See [the entry](../data/ledger.md#no-such-entry). Bootstraps came later."),
        page("They were 4,711 people."),
        page(f"It says that [buyers pay](../data/ledger.md#{HELD}). Buyers again. Prostitutes chose."),
        page(f"[four elements](../data/ledger.md#{FACT})"),
        page("It speaks of a child sex worker. Well done. It is so!"),
        page("## A disputed thing"),
        page("word " * 2401),
        page("Some say so.", "position-unsupported"),
        code('nts.figure(fig, after="Open later")'),
        code('nts.label("law-palermo-elements")'),
        code("nts.definition_machine([])"),
        code('nts.label("surveys-coyote2018-60-count")'),
        page("Something to do.", "outcome-9"),
        page(f"{CLOSED}\n\nOf 4,716, as you saw.", "fiction"),
        page("So the Mann Act is not met."),
        page(CLOSED.replace("4,716", "5,818"), "fiction"),
        *(page("Something else.") for _ in range(3)),
        page("Much later, 5,818 may be said.", "fiction"),
    ]


def spoil_questions(raw: Any) -> None:
    first, second, third, fourth, *_ = [q for q in raw["questions"] if q["kind"] == "single"]
    first["section"] = "No such heading"
    first["outcome"] = 4
    wrong = next(key for key in second["options"] if key != second["answer"])
    second["options"][wrong]["reason"] = "Read it again."
    second["options"][wrong]["misconception"] = "used-once"
    third["options"]["a"]["text"] = "All of the above"
    third["options"]["b"]["reason"] = third["options"]["c"]["reason"]
    third["stem"] += " Of 4,712 people."
    fourth["options"]["a"]["reason"] = f"Wrong. {fourth['options']['a']['reason']}"
    fourth["options"]["b"]["reason"] = fourth["options"]["b"]["text"]
    fourth["options"]["c"]["text"] = fourth["options"]["d"]["text"]
    fourth["stem"], fourth["case"] = second["stem"], second.get("case", "")
    fourth["options"]["d"]["reason"] += ' See "No such place" in lesson 02.'
    (order, *_) = [q for q in raw["questions"] if q["kind"] == "ordering"]
    order["answer"] = sorted(order["answer"])


def plant(of: Course) -> None:
    def add_facts(raw: Any) -> None:
        plain = next(fact for fact in raw["facts"] if fact["id"] == FACT)
        bare = {name: plain[name] for name in ("statement", "source", "read", "locator")}
        raw["facts"] += [
            {**bare, "id": "law-tvpa-no-label"},
            {**bare, "id": RECALLED, "read": "recalled"},
            {**bare, "id": HELD, "must_say": "opt-in|chose", "term": ["sex workers", "clients"]},
            {**bare, "id": "law-odd-term", "term": "the accused"},
        ]

    change_cells(of, LESSON, spoil_lesson)

    def empty(cells: list[Any]) -> None:
        for cell in cells:
            cell.update({"outputs": []} if "outputs" in cell else {})
        cells.insert(1, page("word " * 3000))

    change_cells(of, EXERCISE, empty)

    def drop_a_check(cells: list[Any]) -> None:
        cells.remove(next(cell for cell in cells if "nts.task(" in cell["source"]))

    change_cells(of, SOLUTION, drop_a_check)
    change_file(of, "exercises/questions/02.yaml", spoil_questions)
    change_file(of, "data/facts/law.yaml", add_facts)
    beliefs = {
        "used-once": {"belief": "It is so.", "instead": "It is not so."},
        "used-never": {"belief": "It is so.", "instead": "It is not so."},
    }
    change_file(of, "exercises/misconceptions.yaml", lambda raw: raw.update(beliefs))

    def spoil_terms(raw: Any) -> None:
        terms = raw["terms"]
        terms["act"] |= {"facts": ["no-such-fact"], "misconceptions": ["no-such-belief"]}
        terms["means"] |= {"text": "It is too short.", "used_by": ""}
        terms["instrument"]["lesson"] = 3
        terms["nowhere said"] = {"text": "word " * 20, "facts": [], "lesson": 4, "used_by": "nobody"}

    change_file(of, "data/glossary.yaml", spoil_terms)
    ledger = of.data / "ledger.md"
    above, heading, entry = ledger.read_text(encoding="utf-8").partition(f"\n## {FACT}\n")
    undated = entry.replace("- **Last checked**: ", "- **Seen**: ", 1)
    ledger.write_text(above + heading + undated, encoding="utf-8")
    checks = of.checks / "02.py"
    checks.write_text(
        checks.read_text(encoding="utf-8").replace("outcome=2,", "outcome=7,", 1), encoding="utf-8"
    )
    small = of.root / "instructors" / "small.md"
    small.write_text("There were 4,713 of them; see [here](#nowhere).", encoding="utf-8")


CELL = "lessons/02_what_the_law_calls_trafficking.ipynb, cell "
PLANTED = {
    "an unexecuted cell": (CELL, "not executed, so nothing is compared"),
    "a cell out of order": (CELL, "it was run as number 3"),
    "a stored widget view": (CELL, "a widget view is stored"),
    "a stored error": (CELL, "its stored output is an error, KeyError"),
    "a stored warning": (CELL, "it wrote to stderr: FutureWarning"),
    "a memory address": (CELL, "its output shows a memory address"),
    "a folder of a machine": (CELL, "its output names a folder of this machine"),
    "a raw picture": (CELL, "a picture without alt text; show it with nts.figure"),
    "a picture without alt in a page": (CELL, "alt text has 0 characters; allowed are 60 to 300"),
    "an image without alt in the text": (CELL, "an image without alt text"),
    "a figure without a source": (CELL, "a figure names no source"),
    "a page that fetches": (CELL, "its output fetches https://example.org/"),
    "code that reads the network": (CELL, "its code reads the network: requests"),
    "a table that is not there": (CELL, "there is no table 'no_such_table'"),
    "a raw code on the page": (CELL, "it shows the raw name 'act_harbour,'"),
    "a raw column in a listing": (CELL, "the column offence_code of us_penalties is listed and has no title"),
    "a label of a fact without one": (CELL, "law-tvpa-no-label has no evidence label to show"),
    "a recalled fact in code": (CELL, f"{RECALLED} is recalled"),
    "a broken link": (CELL, "the link [the notes](../notes/nothing.md) leads nowhere"),
    "a link to no heading": (CELL, "names no heading of ledger.md"),
    "an unlinked number": (CELL, "'4,711' is a number without a link"),
    "a caution left out": (
        "lessons/02_what",
        f"it links {HELD}, and no sentence that does says 'opt-in|chose'",
    ),
    "another's noun for people": (CELL, f"it speaks of buyers and links {HELD}, whose holder says clients"),
    "a term that is no noun for people": ("fact law-odd-term", "term 'the accused' is no known noun"),
    "a wrong number": (CELL, f"'four' is no value of {FACT}"),
    "a link without its title": (CELL, f"the link to {FACT} has the title ''"),
    "a minor called a sex worker": (CELL, "it says 'child sex worker'"),
    "praise": (CELL, "it says 'Well done'"),
    "an exclamation mark": (CELL, "it has an exclamation mark"),
    "an unknown question": ("02_what", "There is no question '02-destitut'. Nearest: 02-destitute"),
    "an outcome without questions": ("02_what", "outcome 4 has fewer than two questions"),
    "an outcome without an activity": ("02_what", "outcome 4 has no activity; tag one with outcome-4"),
    "a figure to guess that serves nothing": (CELL, "a guess without an outcome; tag the cell"),
    "a lab that serves nothing": (CELL, "a lab without an outcome; tag the cell"),
    "a tag of no outcome": (CELL, "it has the tag outcome-9; the lesson's outcomes are 1, 2, 3, 4, 5"),
    "a task that serves nothing": (
        "check 02-twelve",
        "its outcome is 7; those of the lesson are 1, 2",
    ),
    "a header that is not current": ("02_what", "terms assumed and of routes is not current; run make data"),
    "a fact cited without the day of its check": ("lessons/", f"on which {FACT} was checked"),
    "a label without the day of its check": (CELL, "the label of surveys-coyote2018-60-count shows no day"),
    "an unknown level": ("02_what", "outcome 5 has the level 'admire'; allowed: remember"),
    "too many outcomes": ("02_what", "5 outcomes; allowed are two to four"),
    "a term without an entry": ("02_what", "the term 'a term' is not in the glossary"),
    "too many terms": ("02_what", "8 new terms; at most seven"),
    "a position without a source": ("02_what", "position unsupported in 'A disputed thing': no link"),
    "a position without a reply": ("02_what", "position unsupported in 'A disputed thing': no reply"),
    "a label that gives away": (CELL, "the label gives away the figure above"),
    "a number that gives away": (CELL, "'4,716' stands open below the closed block"),
    "a verdict that gives away": (CELL, "'Mann Act ... not met' stands open below the closed block"),
    "more than its minutes hold": ("02_what", "it says 60 minutes, and the model gives"),
    "an exercise of more than its minutes": ("02_exercise", "it says 30 minutes, and the model gives"),
    "a long way without a check": ("02_what", "words since the last check of understanding"),
    "an exercise that says nothing": ("exercises/02_exercise_what", "does not say Not attempted yet."),
    "a task that is not checked": ("solutions/02_solution_what", "is checked in 0 cells; one is wanted"),
    "a missing section": ("question 02-", "section 'No such heading' is no heading of 02_what"),
    "a short reason": ("question 02-", "the reason has 3 words; allowed are 15 to 60"),
    "a reason that opens with a verdict": ("question 02-", "the reason opens with a verdict"),
    "a reason that repeats its option": ("question 02-", "the reason repeats the option"),
    "a pointer to nothing": (
        "question 02-",
        'points to "No such place" in lesson 02, which is no heading there',
    ),
    "options that say the same": ("question 02-", "two of its options say the same"),
    "an order as it stands": ("question 02-", "the order is right as it stands"),
    "a question asked twice": ("question 02-", "it asks what 02-"),
    "a misconception used once": ("misconceptions.yaml", "used-once is used 1 times"),
    "a misconception of few words": ("misconceptions.yaml", "used-once is too short"),
    "one belief twice": ("misconceptions.yaml", "used-never is the belief of used-once"),
    "a reason used twice": ("question 02-", "this reason stands already at question 02-"),
    "all of the above": ("question 02-", "an option says all or none of the others"),
    "a number of no fact": ("question 02-", "'4,712' is no value of the facts it names"),
    "a fact of the glossary": ("glossary.yaml", "names the fact 'no-such-fact', which does not exist"),
    "a belief of the glossary": ("glossary.yaml", "act: There is no misconception 'no-such-belief'"),
    "a short meaning": ("glossary.yaml", "means has 4 words; allowed are 15 to 40"),
    "a term without users": ("glossary.yaml", "means does not say who uses it"),
    "a term that stands nowhere": ("glossary.yaml", "nowhere said does not stand in 04_fosta"),
    "a term introduced twice": ("02_what", "'instrument' is new here, and in the glossary in lesson 03"),
    "a term used early": (CELL, "it says 'Bootstraps', a term that lesson 09 introduces"),
    "a number in an instructor's page": ("small.md", "'4,713' is a number without a link"),
    "a link within a page": ("small.md", "the link [here](#nowhere) names no heading of small.md"),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory, copy_course: Callable[[Path], Course]) -> Course:
    found = copy_course(tmp_path_factory.mktemp("spoilt"))
    plant(found)
    return found


@pytest.fixture(scope="module")
def findings(spoilt: Course) -> audit.Report:
    return audit.audit(spoilt)


@pytest.fixture(scope="module")
def clean() -> audit.Report:
    return audit.audit(course())


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_by_its_own_message(
    name: str, findings: audit.Report, clean: audit.Report
) -> None:
    where, words = PLANTED[name]
    found = [str(fault) for fault in findings.faults if str(fault).startswith(where) and words in str(fault)]
    assert found, "\n".join(map(str, findings.faults))
    assert not [fault for fault in clean.faults if words in str(fault)]


def test_what_was_revealed_may_be_said_four_cells_later(findings: audit.Report) -> None:
    assert not [fault for fault in findings.faults if "'5,818' stands open" in str(fault)]


def test_every_kind_of_fault_that_was_planted_has_its_name(findings: audit.Report) -> None:
    assert all(fault.kind and fault.kind == fault.kind.strip() for fault in findings.faults)
    assert len({fault.kind for fault in findings.faults}) > 35


def test_a_copy_is_judged_by_its_own_files_alone(findings: audit.Report, clean: audit.Report) -> None:
    assert findings.counts["facts"] == clean.counts["facts"] + 4 and clean.faults == ()


def test_counts_follow_the_planted_faults(findings: audit.Report, clean: audit.Report) -> None:
    for name, more in [("unexecuted_cells", 1), ("figures_without_alt", 1), ("unlinked_numbers", 2)]:
        assert findings.counts[name] - clean.counts[name] == more, name


def test_the_command_says_the_same_and_starts_no_kernel(spoilt: Course, findings: audit.Report) -> None:
    watch = (
        "import sys; from notthesame.cli import main; status = main(['audit']);"
        "print([m for m in sys.modules if m.partition('.')[0] in"
        " ('nbclient', 'jupyter_client', 'ipykernel', 'zmq', 'matplotlib')], file=sys.stderr);"
        "sys.exit(status)"
    )
    done = run(spoilt.root, code=watch)
    assert done.returncode == 1 and done.stderr.strip() == "[]"
    assert done.stdout == findings.as_text()
    listed = json.loads(findings.as_json())["faults"]
    assert [fault["text"] for fault in listed] == [str(fault) for fault in findings.faults]
    assert {"kind", "where", "what", "text"} == set(listed[0])


# --- care ---------------------------------------------------------------------------------------------


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
def test_a_minor_called_a_sex_worker_is_seen(text: str, found: bool) -> None:
    assert [fault.kind for fault in wording.word_faults(text, "here")] == ["a minor"] * found


def test_the_rules_of_wording_look_at_every_text() -> None:
    read = audit.read_whole(course())
    assert len(list(wording.texts(read))) > 500
    wheres = {where.partition(" ")[0].partition("/")[0] for where, _ in wording.texts(read)}
    assert {"lessons", "exercises", "solutions", "question", "fact", "check", "README.md"} <= wheres


# --- files that do not load ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unreadable(
    tmp_path_factory: pytest.TempPathFactory, copy_course: Callable[[Path], Course]
) -> tuple[str, ...]:
    found = copy_course(tmp_path_factory.mktemp("unreadable"))
    for name, text in [
        ("exercises/checks/02.py", "CHECKS = (\n"),
        ("data/glossary.yaml", "terms: {a: 1, a: 2}\n"),
        ("data/interval_game.yaml", "quantities: []\n"),
        (LESSON, "not JSON"),
    ]:
        (found.root / name).write_text(text, encoding="utf-8")
    return tuple(map(str, audit.audit(found).faults))


@pytest.mark.parametrize(
    "words",
    [
        "02.py cannot be run: SyntaxError",
        "glossary.yaml: terms.a: the key 'a' stands twice, in line 1 and in line 1",
        "interval_game.yaml: quantities: found 0 questions; allowed are 3 to 10",
        "02_what_the_law_calls_trafficking.ipynb is not a notebook",
    ],
)
def test_a_file_that_does_not_load_is_a_fault_and_no_traceback(
    words: str, unreadable: tuple[str, ...]
) -> None:
    assert [fault for fault in unreadable if words in fault], unreadable


def test_a_broken_file_of_facts_is_reported_once(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    found = copy_course(tmp_path)
    (found.data / "facts" / "law.yaml").write_text("topic: law\n", encoding="utf-8")
    words = "law.yaml: the file must hold 'topic', 'checked' (a date) and 'facts' (a list)"
    assert [str(fault) for fault in audit.audit(found).faults].count(words) == 1
    done = run(tmp_path, "audit")
    assert done.returncode == 1 and words in done.stdout and not done.stderr


# --- the course itself --------------------------------------------------------------------------------


def test_the_course_has_no_fault(clean: audit.Report) -> None:
    assert clean.faults == ()
    assert clean.counts["lessons"] >= 1 and clean.counts["solutions"] >= 1 and clean.counts["exercises"] >= 1


@pytest.fixture
def known(clean: audit.Report, monkeypatch: pytest.MonkeyPatch) -> audit.Report:
    """What the command would find out anew, which takes seconds."""
    monkeypatch.setattr(audit, "audit", lambda course: clean)
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
        *("lessons", "exercises", "solutions", "misconceptions"),
        *("facts", "facts_cited", "unlinked_numbers", "figures", "figures_without_alt", "unexecuted_cells"),
    )
    assert all(isinstance(found[name], int) for name in counts)
    assert set(found["questions"]) == {"single", "multiple", "numeric", "ordering"}
    assert 0 < found["facts_cited"] <= found["facts"]
    for name in ("unlinked_numbers", "figures_without_alt", "unexecuted_cells"):
        assert found[name] == 0, name
    names = [notebook.path.name for notebook in lessons.read_all(course().lessons)]
    assert list(found["per_lesson"]) == names
    for lesson in found["per_lesson"].values():
        assert (
            lesson["words"] > 0
            and len(lesson["minutes"]) == 2
            and isinstance(lesson["flesch_kincaid"], float)
        )
    assert found["faults"] == [] and found["notices"] == list(known.notices)


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


def test_positions_that_share_a_cell_share_its_text(tmp_path: Path) -> None:
    link = f"[four](../data/ledger.md#{FACT})"
    head = "| law | why | a reply |\n| --- | --- | --- |"
    rows = f"{head}\n| **One** | {link} | five |\n| **Two** | six | seven |"
    cells = [
        page(
            f"## Here\n\nFirst.\n\n**A.** One {link} replies.\n\n**B.** Two.\n\nLast.",
            "position-a",
            "position-b",
        ),
        page(f"## There\n\n{rows}\n\nLast.", "position-a", "position-b", "position-c"),
    ]
    path = tmp_path / "02_x.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    found = [astuple(position) for position in prose.positions(lessons.read(path))]
    assert [(name, section, *rest) for name, section, _, *rest in found] == [
        ("a", "Here", 1, 1, True),
        ("b", "Here", 0, 0, False),
        ("a", "There", 1, 1, True),
        ("b", "There", 0, 0, True),
        ("c", "There", 0, 0, False),
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
