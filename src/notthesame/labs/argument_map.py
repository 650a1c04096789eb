"""The argument map: mark what you accept and reject, keep a claim, and see what that asks of you.

What follows from the marks is computed by ``arguments``; no winner is computed anywhere. The script beside
this file only draws the traits and writes the learner's choices into them. A static block shows the whole
map as an outline without a kernel. Nothing is kept on disk unless the learner asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import traitlets

from .._loading import no_such
from .._plain import refusing_plainly
from .._reading import shown
from .._words import capital
from ..subject import arguments, outline
from ..subject.argument_map import ArgumentMap, Node, course_map
from ..subject.duties import in_words, parting
from . import BadValue, Lab, script, section, stylesheet

STATES = {"accepted": "accept", "rejected": "reject", "unsure": "unsure"}
GROUPS = {"claim": "Claims", "premise": "Reasons"}  # the rest are objections and replies
LONGEST, MOST_OWN, LARGEST_FILE = 600, 30, 200_000  # characters, objections, bytes
SHOWN = 70  # characters of a claim in a list of choices
FILE = "my_argument_map.json"
STARTS = "Nothing is accepted or rejected yet. Mark some nodes, or choose a claim to keep."
SETTLES = (
    "Argument map. It holds claims, reasons and objections on four questions. Settle with it: for each "
    "position, at which node do you stop agreeing, and what must you reject or answer to keep the claim that "
    "you find strongest? Run this cell to mark nodes. Without a kernel, read the outline below and mark it "
    "on paper."
)
READING = (
    "Nothing is accepted for you, the order means nothing, and the map names no winner. Each text is a "
    "paraphrase of a position, not a finding. The words in brackets say how far it was found in its source; "
    "what is put from memory is grey and says so."
)


def argument_map(saved: str | Path = "") -> ArgumentMapLab:
    """The argument map with nothing accepted, or with the marks and objections of a file saved from it.

    As the last line of a cell it shows a static block, then the live map. Raises ValueError for a file that
    is not one of the map's, naming what is wrong with it.

    >>> lab = argument_map()
    >>> lab.mark("q1-yes", "accept")
    >>> lab.message
    'q1-yes: accept.'
    """
    lab = ArgumentMapLab()
    if saved:
        lab.load(saved)
    return lab


class ArgumentMapLab(Lab):
    """The map. Its state is its traits; set them from Python as the controls do.

    question: "Q1" to "Q4", or "" for all. focus: the node that the learner keeps, or "". accepted, rejected,
    unsure: ids of nodes, a node in one list at most; what is set last wins. own: the learner's objections,
    each {"id": "own-1", "against": node, "text": words}. keeps, holds, parting, message are computed. A bad
    value raises ValueError and changes nothing.
    """

    called = "argument map"
    script = script("argument_map.js")
    style = stylesheet("argument_map.css")

    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    longest = traitlets.Int(LONGEST).tag(sync=True)
    question = traitlets.Unicode("Q1").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)
    accepted = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rejected = traitlets.List(traitlets.Unicode()).tag(sync=True)
    unsure = traitlets.List(traitlets.Unicode()).tag(sync=True)
    own: traitlets.List[Any] = traitlets.List().tag(sync=True)

    nodes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    keeps: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    holds: traitlets.List[str] = traitlets.List().tag(sync=True)
    parting: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        self._tree = course_map()
        self._marks: dict[str, str] = {}
        self._settling = False
        super().__init__(questions=[[key, text] for key, text in self._tree.questions.items()])
        self._tell(STARTS)
        self.observe(self._marked, list(STATES))
        self.observe(self._kept, "focus")
        self.observe(self._objected, "own")
        self.on_msg(self._asked)

    @property
    def tree(self) -> ArgumentMap:
        """The course's map with the learner's own objections."""
        return self._tree

    @refusing_plainly
    def mark(self, node: str, state: str = "") -> None:
        """Mark one node "accept", "reject" or "unsure", or take its mark away with an empty text."""
        if state and state not in STATES.values():
            raise BadValue(
                f"the mark is {shown(state)}; allowed: {', '.join(STATES.values())}, or an empty text"
            )
        self._place({**self._marks, _known(self._tree, node): state})
        self._tell(self._changed([node]))

    @refusing_plainly
    def object(self, against: str, text: str) -> str:
        """Add an objection of one's own against a node; returns its id, such as "own-1"."""
        number = 1 + max((int(each["id"].partition("-")[2]) for each in self.own), default=0)
        self.own = [*self.own, {"id": f"own-{number}", "against": against, "text": text}]
        return f"own-{number}"

    def reset(self) -> None:
        """Take every mark, the kept claim and every objection of one's own away."""
        with self.hold_sync():
            self.focus, self.own = "", []
            self._place({})
            self._tell(STARTS)

    @refusing_plainly
    def save(self, path: str | Path = FILE) -> Path:
        """Write marks and objections to a new file, and return its path. No file is ever replaced."""
        wanted = Path(path)
        content: dict[str, Any] = {"notthesame": "argument map", "schema": 1, "focus": self.focus}
        content |= {name: list(getattr(self, name)) for name in (*STATES, "own")}
        text = json.dumps(content, indent=1, ensure_ascii=False)
        for number in count(1):
            target = wanted.with_stem(f"{wanted.stem}_{number}") if number > 1 else wanted
            try:
                with target.open("x", encoding="utf-8") as file:
                    file.write(text + "\n")
            except FileExistsError:
                continue
            break
        self._tell(
            f"Written to {target.name}, in the folder of this notebook. It holds your marks and your "
            "objections and no name; the course collects nothing. To go on from it: "
            f'nts.argument_map("{target.name}").'
        )
        return target

    @refusing_plainly
    def load(self, path: str | Path) -> None:
        """Take marks and objections from a file that ``save`` wrote; a bad file changes nothing."""
        content = _read(Path(path))
        before = self._marks, self.own, self.focus
        try:
            with self.hold_sync():
                self.own = content["own"]
                named = ((name, word) for key, word in STATES.items() for name in content[key])
                self._place({_known(self._tree, name): word for name, word in named})
                self.focus = content["focus"]
        except ValueError as error:
            self.focus, self.own = "", before[1]
            self._place(before[0])
            self.focus = before[2]
            raise BadValue(f"{Path(path).name}: {error}") from None
        self._tell(f"Marks and objections of {Path(path).name}.")

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate("accepted", "rejected", "unsure")
    def _known_nodes(self, proposal: Any) -> list[str]:
        return _in_order(self._tree, {_known(self._tree, name) for name in proposal.value})

    @traitlets.validate("question")
    def _known_question(self, proposal: Any) -> str:
        if proposal.value and proposal.value not in self._tree.questions:
            raise BadValue(no_such("question of the map", proposal.value, self._tree.questions))
        return str(proposal.value)

    @traitlets.validate("focus")
    def _known_focus(self, proposal: Any) -> str:
        if proposal.value:
            _known(self._tree, proposal.value)
        return str(proposal.value)

    @traitlets.validate("own")
    def _sound_objections(self, proposal: Any) -> list[dict[str, str]]:
        _with(course_map(), proposal.value)
        return [dict(each) for each in proposal.value]

    def _marked(self, change: Any) -> None:
        """A list of marks was set: what is new in it wins over the older mark of the same node."""
        if self._settling:
            return
        now = {key: {*getattr(self, key)} for key in STATES}
        was = {key: {name for name, word in self._marks.items() if word == STATES[key]} for key in STATES}
        marks: dict[str, str] = {}
        for fresh in (False, True):
            for key, word in STATES.items():
                marks |= dict.fromkeys(now[key] - was[key] if fresh else now[key] & was[key], word)
        before = self._marks
        if marks == before:
            return
        self._place(marks)
        self._tell(self._changed([n for n in self._tree.nodes if before.get(n, "") != marks.get(n, "")]))

    def _kept(self, change: Any) -> None:
        """A claim that is kept cannot stay rejected."""
        if self._marks.get(self.focus) == "reject":
            self._place({**self._marks, self.focus: ""})
        self._tell(self._summary() or "No claim is kept.")

    def _objected(self, change: Any) -> None:
        self._tree = _with(course_map(), self.own)
        self.focus = self.focus if self.focus in self._tree.nodes else ""
        self._place({name: word for name, word in self._marks.items() if name in self._tree.nodes})
        added = len(change.new) > len(change.old or [])
        word = "added; it stays on this page" if added else "taken back"
        self._tell(f"Objection {word}. {self._summary()}".strip())

    def _asked(self, widget: Any, content: Any, buffers: Any) -> None:
        """The page asks for a file, or for a fresh start."""
        if content == "save":
            self.save()
        elif content == "reset":
            self.reset()

    # --- state

    def _place(self, marks: Mapping[str, str]) -> None:
        """Set the three lists at once. To reject the claim one keeps is to give it up."""
        self._marks = {name: word for name, word in marks.items() if word}
        self._settling = True
        try:
            with self.hold_sync():
                for key, word in STATES.items():
                    named = {name for name, given in self._marks.items() if given == word}
                    setattr(self, key, _in_order(self._tree, named))
                if self._marks.get(self.focus) == "reject":
                    self.focus = ""
        finally:
            self._settling = False

    def _tell(self, message: str) -> None:
        """Bring the computed traits up to date."""
        with self.hold_sync():
            self.nodes = [_node_data(self._tree, node) for node in self._tree.nodes.values()]
            self.keeps = self._keeps()
            marks = self._tree, self.accepted, self.rejected
            self.holds = [found.words for found in arguments.tensions(*marks)]
            self.parting = [list(row) for row in parting(*marks)]
            self.message = message
            self.answered += 1

    def _changed(self, names: Collection[str]) -> str:
        words = [f"{name}: {self._marks.get(name) or 'no mark'}." for name in names]
        told = " ".join(words) if len(words) <= 3 else f"{len(words)} marks changed."
        return f"{told} {self._summary()}".strip() or "Nothing changed."

    def _keeping(self) -> arguments.Keeping | None:
        if not self.focus:
            return None
        return arguments.keeping(self._tree, self.focus, self.accepted, self.rejected)

    def _summary(self) -> str:
        kept = self._keeping()
        if kept is None:
            return ""
        return f"To keep {kept.claim}: {len(kept.reject)} to reject, {len(kept.answer)} to answer."

    def _keeps(self) -> dict[str, Any]:
        kept = self._keeping()
        if kept is None:
            return {}
        groups = [[head, [list(item) for item in items]] for head, items in in_words(self._tree, kept)]
        return {"claim": kept.claim, "text": self._tree.nodes[kept.claim].text, "groups": groups}


def _node_data(tree: ArgumentMap, node: Node) -> dict[str, Any]:
    """One node for the script, with its relations in words."""
    relations = [
        f"{word} {', '.join(names)}."
        for word, names in (("Supports", tree.supported_by(node.id)), ("Attacks", tree.attacked_by(node.id)))
        if names
    ]
    about = [f"{capital(tree.camps[node.camp])}. {node.cited}.", *relations, node.caution]
    short = node.text if len(node.text) <= SHOWN else f"{node.text[:SHOWN].rsplit(' ', 1)[0]} …"
    return {
        "id": node.id,
        "question": node.question,
        "group": GROUPS.get(node.kind, "Objections and replies"),
        "claim": node.is_claim,
        "text": node.text,
        "short": f"{node.id}: {short}",
        "recalled": node.recalled,
        "about": " ".join(filter(None, about)),
    }


# --- checking -------------------------------------------------------------------------------------------


def _known(tree: ArgumentMap, name: str) -> str:
    if name not in tree.nodes:
        raise BadValue(no_such("node", name, tree.nodes))
    return name


def _in_order(tree: ArgumentMap, names: Collection[str]) -> list[str]:
    return [name for name in tree.nodes if name in names]


def _with(tree: ArgumentMap, own: Any) -> ArgumentMap:
    """The course's map with these objections; raises BadValue naming the objection and what is allowed."""
    course = tree.nodes
    if not isinstance(own, list) or len(own) > MOST_OWN:
        raise BadValue(f"objections of your own are a list of at most {MOST_OWN}")
    for each in own:
        if not isinstance(each, dict) or {*each} != {"id", "against", "text"}:
            raise BadValue(f"an objection has id, against and text; found {shown(each)}")
        name, against, text = (each[key] for key in ("id", "against", "text"))
        if not isinstance(name, str) or not re.fullmatch(r"own-[1-9]\d{0,3}", name):
            raise BadValue(f"the id of an objection is {shown(name)}; allowed is own-1, own-2 and so on")
        if not isinstance(text, str) or len(text) > LONGEST:
            raise BadValue(f"{name}: an objection is a text of at most {LONGEST} characters")
        if against not in course:
            raise BadValue(f"{name}: {no_such('node', against, course)}")
        try:
            tree = tree.with_objection(text, against, name)
        except ValueError as error:
            raise BadValue(f"{name}: {error}") from None
    return tree


def _read(path: Path) -> dict[str, Any]:
    """The content of a saved file; raises BadValue naming the file and what is wrong."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadValue(f"{path.name}: larger than any file of the map")
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadValue(f"there is no file {path.name} in this folder") from None
    except ValueError as error:
        raise BadValue(f"{path.name} is not a file of the argument map: {error}") from None
    wanted = {"notthesame", "schema", "focus", "own", *STATES}
    if not isinstance(content, dict) or {*content} != wanted or content["schema"] != 1:
        raise BadValue(f"{path.name} is not a file of the argument map; it holds {', '.join(sorted(wanted))}")
    lists = all(isinstance(content[key], list) for key in STATES)
    if not lists or not all(isinstance(name, str) for key in STATES for name in content[key]):
        raise BadValue(f"{path.name}: accepted, rejected and unsure are lists of nodes")
    if not isinstance(content["focus"], str):
        raise BadValue(f"{path.name}: focus is the name of a node or an empty text")
    return content


# --- without a kernel -----------------------------------------------------------------------------------


def static_block() -> str:
    """The map without a kernel: what to settle with it, how to read it, and the whole outline by question.

    >>> static_block().count("<details>")
    4
    """
    tree = course_map()
    blocks = (outline.question_html(tree, question, "Outline") for question in tree.questions)
    return section("nts-argument-map", [SETTLES, READING], blocks)
