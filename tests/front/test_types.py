"""What crosses between Python and the scripts, checked by tsc; scripts and sheets, read by biome.

Both come from npm. These tests are skipped where they are missing, and required where NOTTHESAME_NODE_TOOLS
names the folder that npm put them into, as in continuous integration (.ci/run).
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import pytest

from notthesame import exercises, front, labs, questions, tasks
from notthesame.hand_in import HandInButton, gathered
from notthesame.my_change import MyChange
from notthesame.questions import Question, answers, replies, view
from notthesame.questions.after_test import TestReasons
from notthesame.tasks.form import Control

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BANK = runpy.run_path(str(HERE.parent / "fixtures/questions/bank.py"))["QUESTIONS"]

# What tsc must refuse: a trait that is not there, a value of another kind, a function that is not served with
# the script; and what it has to say of each.
FAULTS = {
    "nubmers": '/** @param {Context<CountingTraits>} c */\nexport const a = (c) => c.model.get("nubmers");\n',
    "nearly right": '/** @type {Reply["status"]} */\nexport const status = "nearly right";\n',
    "Cannot find name 'mount'": "export const render = () => mount();\n",
}


@pytest.fixture(scope="module")
def tools() -> Mapping[str, str]:
    """The commands of the development tools, by name."""
    named = os.environ.get("NOTTHESAME_NODE_TOOLS")
    path = str(Path(named) / "node_modules/.bin") if named else None
    found = {name: shutil.which(name, path=path) for name in ("tsc", "biome")}
    missing = [name for name, command in found.items() if not command]
    if missing:
        text = f"{' and '.join(missing)} not found; .ci/run says how to get them"
        pytest.fail(text) if named else pytest.skip(text)
    return {name: command for name, command in found.items() if command}


def run(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    return done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)


def checked(tools: Mapping[str, str], folder: Path, scripts: Mapping[str, str]) -> str:
    """What tsc says of these scripts, each by itself, with the settings and types of the project."""
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    package = front.HERE.parent.as_posix()
    settings = {
        "extends": (ROOT / "tsconfig.json").as_posix(),
        "include": ["*.js", f"{package}/**/types.d.ts"],
        "compilerOptions": {"moduleDetection": "force"},
    }
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return run(tools["tsc"], "--pretty", "-p", folder)[1]


def test_the_scripts_as_served_keep_to_their_types(
    tools: Mapping[str, str], served: Mapping[str, str], tmp_path: Path
) -> None:
    assert not checked(tools, tmp_path, served)


def test_planted_faults_are_refused(tools: Mapping[str, str], tmp_path: Path) -> None:
    said = checked(tools, tmp_path, {f"planted{n}": script for n, script in enumerate(FAULTS.values())})
    assert all(words in said for words in FAULTS) and "Found 3 errors" in said


def test_what_python_sends_is_of_the_types_that_the_scripts_expect(
    tools: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = answers.Store(tmp_path / "answers")
    for name in ("load", "latest", "record"):
        monkeypatch.setattr(answers, name, getattr(kept, name))
    asked = [*BANK.values(), *questions.known_questions().values()]
    sent = {
        "QuestionTraits": [traits(view.Control(question, earlier=False)) for question in asked],
        "TaskTraits": [traits(control) for control in some_tasks()],
        "TestReasonsTraits": [traits(widget) for widget in pressed(lambda: TestReasons("00"), 2)],
        "PressedTraits": [
            traits(w) for w in pressed(lambda: HandInButton(gathered(None, False), tmp_path), 1)
        ],
        "ChangeTraits": [traits(widget) for widget in pressed(MyChange, 1)],
        "Reply": [reply(question, answer) for question in asked for answer in (None, right(question))],
        **{name: [traits(lab) for lab in found] for name, found in some_labs().items()},
    }
    scripts = {
        name: f"/** @type {{{name}[]}} */\nexport const sent = {json.dumps(values, indent=1)};\n"
        for name, values in sent.items()
    }
    assert not checked(tools, tmp_path, scripts)


def pressed(make: Callable[[], Any], times: int) -> list[Any]:
    """What is shown on a press only, before its button and after each press."""
    made = [make() for _ in range(times + 1)]
    for presses, widget in enumerate(made):
        for _ in range(presses):
            widget.pressed += 1
    return made


def some_tasks() -> list[Control]:
    """The control of each task that has a form: as it opens, then answered, with the solution."""
    asked = [task for task in exercises.checks().values() if task.form]
    assert {form_kind(task) for task in asked} == {
        "text",
        "number",
        "pick",
        "order",
        "fields",
        "table",
        "lab",
    }
    opened = [Control(task.id) for task in asked]
    solved = [Control(task.id) for task in asked]
    for task, control in zip(asked, solved, strict=True):
        right = tasks.model_answers().get(task.id, ...)
        control.given = ["words"] if right is ... else tasks.form_of(task).given(right)
        control.checked = control.wanted = 1
        assert control.reply and control.solution, task.id
    return [*opened, *solved]


def form_kind(task: exercises.Check) -> str:
    return str(tasks.form_of(task).data()["kind"])


def some_labs() -> dict[str, list[labs.Lab]]:
    """Each lab by the name of its traits' type, as it opens and with something done in it."""
    from notthesame.labs.argument_map import ArgumentMapLab
    from notthesame.labs.brief_chart import BriefChart
    from notthesame.labs.counting import CountingLab
    from notthesame.labs.definition_machine import DefinitionMachine
    from notthesame.labs.evidence_grid import EvidenceGrid
    from notthesame.labs.interval_game import IntervalGame
    from notthesame.labs.list_experiment import ListLab
    from notthesame.labs.own_law import OwnLaw
    from notthesame.labs.pooling import PoolingLab
    from notthesame.labs.town import Town
    from notthesame.labs.two_events import TwoEvents
    from notthesame.labs.unseen import UnseenLab
    from notthesame.labs.wording_table import WordingTable

    kept = ArgumentMapLab()
    kept.focus = kept.nodes[0]["id"]
    kept.object(kept.focus, "Is that so?")
    played = IntervalGame()
    played.set(votes="50 to 150")
    played.skipped = played.counts = 1
    found: dict[str, list[labs.Lab]] = {
        "MapTraits": [ArgumentMapLab(), kept],
        "BriefChartTraits": [BriefChart()],
        "CountingTraits": [CountingLab(), CountingLab(predict=False)],
        "MachineTraits": [DefinitionMachine(), DefinitionMachine(predict=False)],
        "GridTraits": [EvidenceGrid()],
        "GameTraits": [IntervalGame(), played],
        "OwnLawTraits": [OwnLaw(), OwnLaw(acts="act_harbour", means="force", purposes="none")],
        "PoolingTraits": [PoolingLab()],
        "ListTraits": [ListLab()],
        "EventsTraits": [TwoEvents()],
        "WordingTraits": [WordingTable()],
        "TownTraits": [Town()],
        "UnseenTraits": [UnseenLab()],
    }
    assert len(found) == len(labs.LABS)
    return found


def traits(widget: anywidget.AnyWidget) -> dict[str, Any]:
    """The traits that a widget of ours sends, without those of every widget."""
    every = {*anywidget.AnyWidget().trait_names(), "holder", "itself", "instead"}
    own = {name for name in widget.keys if name not in every and name[0] != "_"}
    return dict(widget.get_state(own))


def right(question: Question) -> Any:
    if question.kind == "numeric":
        return question.value
    return question.key[0] if question.kind == "single" else list(question.key)


def reply(question: Question, response: Any) -> dict[str, Any]:
    """What the script replies too; the note, and where reasons lead, are of the notebook alone."""
    said = vars(replies.reply(question, response))
    return {name: value for name, value in said.items() if name not in ("note", "lesson")}


def test_biome_finds_nothing(tools: Mapping[str, str]) -> None:
    status, said = run(tools["biome"], "ci", "--colors=off", "--error-on-warnings", ".")
    assert status == 0, said
    assert int(re.findall(r"Checked (\d+) files", said)[0]) > 20


def test_continuous_integration_brings_the_tools_in_fixed_versions() -> None:
    text = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"(\S+)@\d+\.\d+\.\d+", text) == [
        "configurable-http-proxy",
        "typescript",
        "@biomejs/biome",
        "accessibility-checker-engine",
        "vnu-jar",
        "gift-pegjs",
        "scorm-again",
        "pyodide",
    ]
    named = " ".join(f"NOTTHESAME_{name}" for name in ("NODE_TOOLS", "NBGRADER", "LITE", "HUB"))
    assert f"export {named} NOTTHESAME_BROWSER=required" in text
