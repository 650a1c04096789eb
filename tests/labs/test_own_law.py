"""The lab of your own law, driven by value without a browser; what it shows is tested in tests/subject."""

from __future__ import annotations

import re

import pytest

import notthesame as nts
from notthesame import tasks
from notthesame.exercises import task_of
from notthesame.labs.own_law import BESIDE, TASK, OwnLaw, static_block
from notthesame.questions import answers
from notthesame.subject.own_instrument import MODELS, described, own_instrument
from notthesame.subject.vignettes import lesson_vignettes
from notthesame.tasks.form import Control

FREEDONIA = {"name": "Freedonia", "acts": ["act_harbour"], "means": ["force"], "purposes": ["none"]}


def kept():
    return [record.response for record in answers.load().records if record.question == TASK]


def pressed(control):
    control.checked += 1
    return control.reply


def outcomes(lab):
    return [[cell["outcome"] for cell in row["cells"]] for row in lab.rows]


def test_it_opens_empty_and_says_what_is_wanting():
    lab = nts.own_law()
    assert lab.message.startswith("Nothing yet for: Acts, Means, Purposes. Mark what the text names")
    assert {row["cells"][0]["sign"] for row in lab.rows} == {"not yet"} and lab.parting == []
    lab.set(acts="act_harbour", means="none", age="under_18", purposes="none")
    assert lab.message.startswith("Not whole yet. Age: where no means is asked for")


def test_the_columns_beside_are_the_verdicts_of_the_two_texts():
    for row, case in zip(outcomes(nts.own_law(**FREEDONIA)), lesson_vignettes(), strict=True):
        assert row[1:] == [v.outcome for v in nts.verdicts(case.features, case.features_open, BESIDE)]


@pytest.mark.parametrize("key", MODELS)
def test_a_text_that_is_filled_in_whole_parts_as_itself(key):
    lab = nts.own_law()
    [values] = [model["values"] for model in lab.models if model["key"] == key]
    lab.set(**values)
    coded = [nts.verdicts(c.features, c.features_open, [key])[0].outcome for c in lesson_vignettes()]
    assert [row[0] for row in outcomes(lab)] == coded
    assert any(row["apart"] for row in lab.rows) == (key == "us_severe_sex")


def test_the_message_counts_and_names_the_cases_that_part():
    lab = nts.own_law(**described("un_palermo") | {"name": "Freedonia"})
    assert lab.message == "Freedonia: none of 12 cases parts from the Palermo Protocol."
    assert lab.parting == ["Freedonia names what the Palermo Protocol names."]
    lab.set(unsure=["abuse_of_vulnerability"])
    said = "Freedonia: 1 of 12 cases parts from the Palermo Protocol: A bed for Tomasi."
    assert lab.message == f"{said} Turned: A bed for Tomasi, now depends. Draft kept."
    [bed] = [row for row in lab.rows if row["apart"]]
    assert (bed["cells"][0]["sign"], bed["cells"][0]["part"]) == ("? depends", "means, unsure")


def test_the_case_that_a_change_has_turned_is_named_though_the_count_stays():
    lab = nts.own_law(**FREEDONIA | {"means": ["coercion_legal_process", "abuse_of_vulnerability", "force"]})
    assert "Turned" not in lab.message
    before = {row["case"]: row["cells"][0]["outcome"] for row in lab.rows}
    lab.set(age="under_18", name="Sylvania")  # several inputs at once are one change
    turned = [row for row in lab.rows if row["cells"][0]["outcome"] != before[row["case"]]]
    assert turned and "Age stands" not in lab.message
    said = "; ".join(f"{row['case']}, now {row['cells'][0]['outcome']}" for row in turned)
    assert f" Turned: {said}. Draft kept." in lab.message
    lab.set(name="Freedonia")
    assert "Turned" not in lab.message  # the change before was another
    lab.set(acts=[])
    lab.set(acts="act_harbour")
    assert "Turned" not in lab.message  # nothing is known of what was not whole
    lab.set(unsure=["acts", "means", "purposes"])
    assert re.search(r"Turned: \d+ cases\.", lab.message)


@pytest.mark.parametrize(
    ("marked", "left"),
    [({}, True), ({"age": "under_14"}, False), ({"unsure": "under_18"}, False), ({"means": "none"}, False)],
)
def test_an_age_that_nobody_marked_is_said(marked, left):
    lab = nts.own_law(**FREEDONIA | marked)
    assert ('Age stands at "no": a means is asked for of children too.' in lab.message) == left


def test_a_change_is_kept_once_and_comes_back():
    lab = nts.own_law(**FREEDONIA)
    assert kept() == []
    lab.set(acts=["act_harbour", "act_transport"], unsure=["under_18"])
    assert kept() == [["Freedonia", "act_harbour act_transport", "force", "", "none", "", "", "under_18"]]
    again = nts.own_law()
    assert again.description == lab.description and again.rows == lab.rows and len(kept()) == 1
    again.reset()
    assert again.description == lab.description and len(kept()) == 1


def test_what_is_kept_and_no_longer_fits_is_left_where_it_is():
    answers.record(TASK, ["Freedonia", "act_of_god", "", "", "", "", "", ""], status=None, credit=None)
    assert nts.own_law().acts == []


def test_the_task_checks_what_the_lab_holds():
    control = Control(TASK)
    assert pressed(control)["verdict"] == "Not attempted yet."
    lab = nts.own_law()
    lab.set(**FREEDONIA | {"purposes": []})
    assert pressed(control)["text"].startswith("Nothing yet for: Purposes. ")
    lab.set(purposes="commercial_sex_act")
    assert pressed(control)["status"] == "right" and control.saved == "Saved." and control.tried
    lab.set(means="none")  # which leaves two parts
    assert pressed(control)["status"] == "right"
    lab.set(purposes="none")
    assert pressed(control)["status"] == "wrong"
    assert nts.own_law().purposes == ["none"]


def test_recording_off_is_said_and_nothing_given_goes_into_the_notebook():
    nts.own_law(**FREEDONIA).set(age="under_18")
    nts.do_not_record()
    try:
        lab = nts.own_law()
        assert lab.acts == ["act_harbour"]
        lab.set(age=[])
        assert "Recording is off" in lab.message
        blank = lab.blank()
        assert blank["acts"] == [] and blank["name"] == "Your law" and "Freedonia" not in str(blank)
    finally:
        nts.do_not_record(False)


def test_the_model_answer_says_of_its_law_what_the_lab_says():
    law = own_instrument(**tasks.model_answers()[TASK])
    apart = [
        case.title
        for case in lesson_vignettes()
        if len({v.outcome for v in nts.verdicts(case.features, case.features_open, [law, "un_palermo"])}) > 1
    ]
    assert apart == ["A bed for Tomasi", "Lin and the licence"]
    for title in apart:
        [case] = [case for case in lesson_vignettes() if case.title == title]
        assert [v.outcome for v in nts.verdicts(case.features, case.features_open, [law, "un_palermo"])] == [
            "depends",
            "met",
        ]
    named = tasks.model_answers()[TASK]
    wider = own_instrument(**{**named, "means": [*named["means"], "coercion_legal_process"]})
    lin = nts.vignette("v11-papers")
    assert nts.verdicts(lin.features, lin.features_open, [wider])[0].outcome == "met"


def test_the_sheet_holds_every_mark_and_the_page_says_what_it_is():
    block = static_block()
    for part in OwnLaw().parts:
        assert part["label"] in block
        for switch in part["switches"]:
            assert switch["short"].replace("'", "&#39;") in block
    assert "not legal advice" in block and "your own reading" in block
    assert task_of(TASK).reason.endswith("is not checked here.")
