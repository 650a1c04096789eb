"""Packs for a class: what students hold has no answer in it, and the instructor's has all that is needed."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from notthesame import lessons, plans, questions
from notthesame.classroom.packs import cards, handout, packet, run_card, sheets, slides, slips, workshop
from notthesame.cli import main
from notthesame.course import course
from notthesame.plans import notes
from notthesame.subject.definitions import ON_PAGE, instrument
from notthesame.subject.vignettes import lesson_vignettes, vignette, vignettes

LESSONS = ("02", "05", "12")
OURS = re.compile(r"run-card|slides|tally-card|index|grading-\d\d-key")
# What must never stand on paper for students.
NEVER = re.compile(
    r"\b\d\d-[a-z]|\b[vw]\d\d-|\bnts\.|`|Open (?:when|after)|[Rr]un (?:this|the next) cell"
    r"|[a-z]_[a-z]|misconception"
)

Pack = Mapping[str, str]


def words(page: str) -> str:
    """The words of a page, without its head."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main>")[2])).split())


@pytest.fixture(scope="module", params=LESSONS)
def session(request: pytest.FixtureRequest) -> plans.Session:
    return plans.plan("90-minutes", request.param).sessions[0]


@pytest.fixture(scope="module")
def pack(session: plans.Session) -> Pack:
    made = workshop.pack(plans.plan("90-minutes", session.lesson), "a4", 14 * 60)
    return {sheet.name: sheet.content.decode("utf-8") for sheet in made}


def asked_in(session: plans.Session) -> list[questions.Question]:
    named = (*(vote.question for vote in session.votes), *session.exit, *session.without_minors.values())
    return [questions.question(name) for name in named]


# --- what students hold -------------------------------------------------------------------------------------


def test_paper_for_students_has_no_reason_no_id_and_no_word_of_a_notebook(
    session: plans.Session, pack: Pack
) -> None:
    reasons = [reason[:60] for question in asked_in(session) for _, reason, _ in question.reasons()]
    for name, page in pack.items():
        if not OURS.search(name):
            text = words(page)
            assert not [reason for reason in reasons if reason in text], name
            assert not NEVER.findall(text), name


def test_a_reason_and_an_id_on_paper_would_be_noticed() -> None:
    assert NEVER.findall("See 02-bakery.") and NEVER.findall("w02-bed") and NEVER.findall("act_harbour")
    assert not NEVER.findall("18 U.S.C. 1591(a)(1), 7102(11)(A); Art. 3(a). From 0 to 100 per cent.")


def test_a_packet_holds_each_case_vote_and_exit_question_of_its_session(
    session: plans.Session, pack: Pack
) -> None:
    text = words(pack["packet.html"])
    for name in session.cases:
        assert vignette(name).title in text and vignette(name).facts in text
    for name in (*(vote.question for vote in session.votes), *session.exit):
        question = questions.question(name)
        assert " ".join(question.stem.split()) in text
        assert all(option.text in text for option in question.options.values())
    assert "First vote: ____" in text and "How sure are you" in text
    for asked in (asked for block in session.blocks for asked in block.write):
        assert asked in text


def test_without_minors_no_case_and_no_question_speaks_of_one(session: plans.Session, pack: Pack) -> None:
    if session.lesson != "02":
        assert "packet-without-minors.html" not in pack and not packet.differs(session)
        return
    for name in ("packet-without-minors.html", "slides-without-minors.html"):
        text = words(pack[name])
        gone = [case for case in map(vignette, session.cases) if sheets.has_minor(case.facts)]
        assert {case.title for case in gone} == {
            "Edwin asks Noor her age",
            "Greta's spare room",
            "One line in Luka's file",
        }
        assert not [case.title for case in gone if case.title in text]
        for question in session.without_minors:
            assert questions.question(question).stem not in text
        for question in session.without_minors.values():
            assert " ".join(questions.question(question).stem.split()) in text


@pytest.mark.parametrize("name", plans.plans())
def test_no_plan_speaks_of_a_minor_in_the_packet_without(name: str) -> None:
    for session in plans.plans()[name].sessions:
        shown = words(f"<main>{packet.packet(session, minors=False)}")
        asked = [
            *(vote.question for vote in session.votes),
            *session.exit,
            *(q for b in session.blocks for q in b.ask),
        ]
        for question in map(questions.question, asked):
            if sheets.has_minor(f"{question.case} {question.stem}"):
                assert " ".join(question.stem.split()) not in shown, question.id


def test_a_question_without_another_in_its_place_is_left_out() -> None:
    session = replace(plans.plan("90-minutes").sessions[0], without_minors={})
    names = [vote.question for vote in session.votes]
    found = [label for label, _ in sheets.labelled(session, "Vote", names, minors=False)]
    assert found == ["Vote 1", "Vote 3"] and packet.differs(session)


def test_questions_with_a_minor_are_known_by_their_case() -> None:
    known = {n for n, q in questions.known_questions().items() if sheets.has_minor(f"{q.case} {q.stem}")}
    assert {"02-bakery", "02-flip-buyer", "02-nobody-known", "00-minor-word", "02-minimum-threats"} <= known
    assert not known & {
        "02-destitute",
        "02-same-street",
        "02-consent-rule",
        "06-shelter-line",
        "05-two-changes",
    }


def test_minors_are_known_by_their_age_in_the_cases() -> None:
    coded = {name for name, case in vignettes().items() if "under_18" in case.features}
    known = {name for name, case in vignettes().items() if sheets.has_minor(case.facts)}
    assert coded <= known and "w07-file" in known and "v01-independent" not in known


def test_the_grid_is_empty_and_has_the_cases_of_the_lesson() -> None:
    text = words(f"<main>{packet.grid(plans.plan('90-minutes').sessions[0])}")
    assert all(case.title in text for case in lesson_vignettes())
    assert not re.search(r"\b(?:met|depends)\b", text.replace("Write met, not met or depends", ""))


def test_the_handout_tells_what_the_five_texts_and_the_labour_limb_ask_for() -> None:
    page = str(handout.handout(plans.plan("90-minutes").sessions[0]))
    rows = {words(f"<main>{row}")[:25]: words(f"<main>{row}") for row in page.split("<tr>")[2:]}
    assert [
        name for key in (*ON_PAGE, handout.LABOUR) for name in rows if name.startswith(instrument(key).short)
    ]
    by_text = {
        key: next(row for row in rows.values() if row.startswith(instrument(key).short))
        for key in handout.TEXTS
    }
    assert "Needed under 18 too" in by_text["us_severe_labour"]
    assert "forced labour, slavery, servitude" in by_text["us_severe_labour"]
    assert "Under 18: none needed" in by_text["us_severe_sex"]
    assert "abuse of a position of vulnerability" in by_text["un_palermo"]
    assert "buys" not in by_text["un_palermo"] and "buys" in by_text["us_sex_trafficking"]
    assert by_text["us_1591_a1"].count("As in US severe form (sex)") == 1
    assert "Moves the person, and a state or national border crossed" in by_text["us_2421_mann"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_tagged_position_has_a_sheet_with_its_sources(lesson: str) -> None:
    (book,) = (book for book in lessons.read_all(course().lessons) if book.number == lesson)
    tags = [tag for cell in book.cells for tag in cell.tags if tag.startswith("position-")]
    found = cards.positions(lesson)
    assert len(found) == len(tags) and all(position.sources for position in found)
    assert all(len(position.text.split()) > 25 and "](" not in position.text for position in found)


def test_cards_stand_one_a_sheet() -> None:
    assert str(cards.letters()).count('<section class="one">') == 4
    session = plans.plan("90-minutes").sessions[0]
    assert str(cards.cases(session)).count('<section class="one">') == len(session.cases) == 13


def test_the_list_of_help_prints_no_number() -> None:
    text = words(f"<main>{slips.help_list()}")
    assert not re.search(r"\d", text)
    assert (
        "Sex workers, led by sex workers" in text
        and "survivors" in text
        and "Legal advice on migration" in text
    )


def test_slips_ask_for_no_name(session: plans.Session, pack: Pack) -> None:
    text = words(pack["exit-slips.html"])
    assert text.count("No name.") == 2 and "Name:" not in text
    assert text.count("Answer: ____") == 2 * len(session.exit)


# --- what the instructor holds ------------------------------------------------------------------------------


def test_slides_ask_first_and_give_every_reason_on_the_next(session: plans.Session, pack: Pack) -> None:
    screens = [words(f"<main>{part}") for part in pack["slides.html"].split("<section ")[1:]]
    for name in (*(vote.question for vote in session.votes), *session.exit):
        question = questions.question(name)
        stem, texts = " ".join(question.stem.split()), [o.text for o in question.options.values()]
        (at,) = (n for n, screen in enumerate(screens) if stem in screen)
        assert all(text in screens[at] for text in texts)
        assert not [r for _, r, _ in question.reasons() if r[:40] in screens[at]]
        after = " ".join(screens[at + 1 : at + 3])
        for _, reason, _ in question.reasons():
            assert reason[:40] in after
    right = re.findall(r'<div class="right"><p><strong>([A-Z])', pack["slides.html"])
    keys = [key.upper() for vote in session.votes for key in questions.question(vote.question).key]
    assert right[: len(keys)] == keys


def test_slides_show_the_verdicts_of_the_machine() -> None:
    made = slides.slides(plans.plan("90-minutes").sessions[0], "a4").decode("utf-8")
    for case in lesson_vignettes():
        title = html.escape(case.title).replace("&#x27;", "&#39;")
        (table,) = re.findall(rf"{title}: what the texts say</h1>(.*?)</section>", made, flags=re.S)
        shown = words(f"<main>{table}")
        for verdict in case.verdicts():
            if verdict.instrument in ON_PAGE:
                assert re.search(rf"{re.escape(verdict.text.short)} [^\w ] {verdict.outcome}", shown), case.id


def test_slides_and_sheets_ask_for_nothing_elsewhere(pack: Pack) -> None:
    for name, page in pack.items():
        assert not re.search(r"https?:|src=|@import|url\(", page), name


def test_a_question_of_a_test_is_shown_without_its_reasons() -> None:
    asked = questions.question("00-pre-four-groups")
    made = "".join(map(str, slides._question("First answers, 1", asked)))
    assert asked.stem[:30] in html.unescape(made)
    assert not [reason for _, reason, _ in asked.reasons() if reason[:30] in html.unescape(made)]


def test_the_run_card_has_clock_times_branches_and_words(session: plans.Session, pack: Pack) -> None:
    text = words(pack["run-card.html"])
    assert "14:00 to 15:30" in text
    for block, at in session.starts():
        assert f"{14 + at // 60}:{at % 60:02} {block.minutes} {block.name}" in text
    for number, vote in enumerate(session.votes, 1):
        concept = notes.concept(vote.question)
        assert concept
        assert (
            f"Vote {number}: {concept.right} is right" in text
            and f"9 to 17 of 25 {vote.between} minutes" in text
        )
    for moment in notes.moments(session.lesson):
        assert moment.begins in text and moment.say[0] in text


def test_late_at_the_pause_the_card_says_which_blocks_give() -> None:
    text = words(f"<main>{run_card.run_card(plans.plan('90-minutes').sessions[0], 14 * 60)}")
    assert "Pause, 14:40: at 40 minutes and late, do this" in text
    assert "By 14:50 (10 late): Age 12 to 8 min.; Groups 14 to 8 min." in text
    assert "By 14:58 (18 late): and Movement 9 to 1 min." in text
    assert "By 15:06 (26 late): and Groups 8 to 0 min." in text


@pytest.mark.parametrize("people", [1, 3, 10, 25, 40, 99])
def test_each_count_of_right_answers_leads_to_one_branch(people: int) -> None:
    branches = slips.branches(people)
    for right in range(people + 1):
        share = 100 * right / people
        expected = 0 if share < 35 else 1 if share <= 70 else 2
        assert [low <= right <= high for low, high in branches].index(True) == expected
        assert sum(low <= right <= high for low, high in branches) == 1


# --- the folder ---------------------------------------------------------------------------------------------


def test_the_same_course_gives_the_same_bytes_and_another_content_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["pack", "workshop", str(tmp_path / "a")]) == 0
    assert "Open index.html first" in capsys.readouterr().out
    (tmp_path / "a" / "packet.html").write_text("mine", encoding="utf-8")
    assert main(["pack", "workshop", str(tmp_path / "a")]) == 1
    assert "packet.html is there already with another content" in capsys.readouterr().err
    index = (tmp_path / "a" / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'href="([\w.-]+\.html)"', index))
    assert named == {path.name for path in (tmp_path / "a").iterdir()} - {"index.html"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--plan", "90-minuts"], "There is no plan '90-minuts'. Nearest: 90-minutes"),
        (["--lesson", "09"], "The plan 90-minutes has no lesson '09'; allowed: 02, 05, 12."),
        (["--start", "half past two"], "start is 'half past two'; allowed is a time such as 14:00."),
        (["--start", "24:00"], "start is '24:00'; allowed is a time such as 14:00."),
    ],
)
def test_what_is_refused_is_told_in_a_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert main(["pack", "workshop", str(tmp_path / "a"), *options]) == 1
    assert capsys.readouterr().err.startswith(told)
    assert not (tmp_path / "a").exists()


def test_letter_paper_lies_as_it_should() -> None:
    made = {sheet.name: sheet.content for sheet in workshop.pack(plans.plan("90-minutes"), "letter", 0)}
    assert b"size: letter;" in made["packet.html"] and b"size: letter landscape;" in made["grid.html"]
    assert b"size: letter landscape;" in made["slides.html"]
