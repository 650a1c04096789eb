"""QTI 1.2 in a zip, in the form that Canvas reads: a quiz for each lesson, every option with its reason.

Canvas takes every condition that names a number for a right answer (its numeric_interaction.rb). So the
reasons for wrong numbers stand together, in the comment on a wrong answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._zip import packed
from ..questions import Question
from . import items, xml
from .xml import Element, child

FILE, MANIFEST = "not-the-same-qti.zip", "imsmanifest.xml"
TYPES = {
    "single": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
}
ORDER = "an order (left out)"
RANGES = "the reason for one wrong number (they stand together, in the comment on a wrong answer)"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def made(groups: Sequence[items.Group]) -> items.Export:
    """The package of these groups, and what it does not hold.

    >>> list(made(items.groups(["02"])).files)
    ['not-the-same-qti.zip']
    """
    every = items.every(groups)
    held = [(group, [q for q in group.questions if not items.is_order(q)]) for group in groups]
    held = [(group, questions) for group, questions in held if questions]
    files = {MANIFEST: _manifest([group for group, _ in held])}
    for group, questions in held:
        files[f"{_name(group)}/{_name(group)}.xml"] = _assessment(group, questions)
        files[f"{_name(group)}/assessment_meta.xml"] = _meta(group, len(questions))
    lacks = items.listed(every, (ORDER, items.is_order), (RANGES, lambda question: bool(question.ranges)))
    return items.Export({FILE: packed(files)}, sum(len(questions) for _, questions in held), lacks)


def _name(group: items.Group) -> str:
    return f"nts-lesson-{group.name}"


def _manifest(groups: Sequence[items.Group]) -> bytes:
    root = Element("manifest", {"xmlns": _PACKAGE, "identifier": "not-the-same"})
    about = child(root, "metadata")
    child(about, "schema", "IMS Content")
    child(about, "schemaversion", "1.1.3")
    child(root, "organizations")
    resources = child(root, "resources")
    for group in groups:
        name, meta = _name(group), f"{_name(group)}/assessment_meta.xml"
        quiz = child(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
        child(quiz, "file", href=f"{name}/{name}.xml")
        child(quiz, "dependency", identifierref=f"{name}-meta")
        beside = child(resources, "resource", identifier=f"{name}-meta", type=_META, href=meta)
        child(beside, "file", href=meta)
    return xml.written(root)


def _meta(group: items.Group, points: int) -> bytes:
    """What Canvas keeps of a quiz beside its questions: for practice, with every comment shown."""
    root = Element("quiz", {"xmlns": _CANVAS, "identifier": _name(group)})
    settings = {
        "title": xml.plain(f"{items.COURSE}: {group.title}"),
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "practice_quiz",
        "points_possible": str(points),
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
    }
    for tag, text in settings.items():
        child(root, tag, text)
    return xml.written(root)


def _assessment(group: items.Group, questions: Sequence[Question]) -> bytes:
    root = Element("questestinterop", {"xmlns": _QTI})
    title = xml.plain(f"{items.COURSE}: {group.title}")
    assessment = child(root, "assessment", ident=_name(group), title=title)
    _metadata(assessment, {"cc_maxattempts": "unlimited"})
    section = child(assessment, "section", ident="root_section")
    for question in questions:
        _item(section, question)
    return xml.written(root)


def _item(section: Element, question: Question) -> None:
    item = child(section, "item", ident=question.id, title=question.id)
    told = {"question_type": TYPES[question.kind], "points_possible": "1"}
    if question.kind != "numeric":
        told["original_answer_ids"] = ",".join(_ident(question, letter) for letter in question.options)
    _metadata(
        child(item, "itemmetadata"), told | {"assessment_question_identifierref": f"{question.id}-question"}
    )
    shown = child(item, "presentation")
    _material(shown, items.stem(question))
    processing = child(item, "resprocessing")
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    child(child(processing, "outcomes"), "decvar", **score)
    comments = {"general_fb": items.place(question)}
    child(_condition(processing, "Yes"), "other")
    _comment(processing, "general_fb")
    if question.kind == "numeric":
        comments |= _numeric(shown, processing, question)
    else:
        comments |= _choice(shown, processing, question)
    for name, text in comments.items():
        _material(child(child(item, "itemfeedback", ident=name), "flow_mat"), text)


def _ident(question: Question, letter: str) -> str:
    return f"{question.id}-{letter}"


def _choice(shown: Element, processing: Element, question: Question) -> dict[str, str]:
    """The options, what is right, and a comment for each; returns the comments by name."""
    several = question.kind == "multiple"
    response = child(
        shown, "response_lid", ident="response1", rcardinality="Multiple" if several else "Single"
    )
    render = child(response, "render_choice", shuffle="No")
    comments = {}
    for letter, option in question.options.items():
        ident = _ident(question, letter)
        _material(child(render, "response_label", ident=ident), items.option(option.text))
        _equal(_condition(processing, "Yes"), ident)
        _comment(processing, f"{ident}_fb")
        comments[f"{ident}_fb"] = items.reason(question, option.reason)
    right = _condition(processing, "No")
    within = child(right, "and") if several else right
    for letter in question.options:
        if letter in question.key:
            _equal(within, _ident(question, letter))
        elif several:
            _equal(child(within, "not"), _ident(question, letter))
    _right(processing)
    return comments


def _numeric(shown: Element, processing: Element, question: Question) -> dict[str, str]:
    """The box for a number, what is right, and the comments on right and wrong; returns these by name."""
    response = child(shown, "response_str", ident="response1", rcardinality="Single")
    child(child(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    low, high = items.ends(question.value, question.tolerance)
    either = child(_condition(processing, "No"), "or")
    _equal(either, items.digits(question.value))
    both = child(either, "and")
    child(both, "vargte", low, respident="response1")
    child(both, "varlte", high, respident="response1")
    _right(processing)
    _comment(processing, "correct_fb")
    child(_condition(processing, "Yes"), "other")
    _comment(processing, "general_incorrect_fb")
    wrong = items.told_apart(question, question.ranges)
    if question.otherwise:
        wrong.append(("Any other number:", question.otherwise.reason))
    return {
        "correct_fb": items.reason(question, question.reason),
        "general_incorrect_fb": items.headed(question, wrong),
    }


def _condition(processing: Element, goes_on: str) -> Element:
    """A new last condition; returns what is to hold."""
    return child(child(processing, "respcondition", **{"continue": goes_on}), "conditionvar")


def _equal(part: Element, value: str) -> None:
    child(part, "varequal", value, respident="response1")


def _right(processing: Element) -> None:
    """The last condition earns everything."""
    child(processing[-1], "setvar", "100", action="Set", varname="SCORE")


def _comment(processing: Element, name: str) -> None:
    """The last condition shows this comment."""
    child(processing[-1], "displayfeedback", feedbacktype="Response", linkrefid=name)


def _material(part: Element, html: str) -> None:
    child(child(part, "material"), "mattext", html, texttype="text/html")


def _metadata(part: Element, fields: dict[str, str]) -> None:
    held = child(part, "qtimetadata")
    for label, entry in fields.items():
        field = child(held, "qtimetadatafield")
        child(field, "fieldlabel", label)
        child(field, "fieldentry", entry)
