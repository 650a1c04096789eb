"""The instructors' pages: what they name exists, votes agree with the bank, minutes add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import notthesame as nts
from notthesame import evidence, exercises, lessons, questions, ways
from notthesame.authoring import sheets
from notthesame.subject import argument_map, definitions, vignettes

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "instructors").rglob("*.md"))
LESSONS = {lesson.number: lesson for lesson in lessons.read_all(ROOT / "lessons")}
NOTES = {number: ROOT / "instructors" / "notes" / f"{number}.md" for number in LESSONS}
SECTIONS = (
    "Aim",
    "Minute plan",
    "Concept questions",
    "Hard moments",
    "Route around",
    "Cut list",
    "What each audience gets",
    "Board",
)
SHARES = ("Under `35 %`", "From `35 %` to `70 %`", "Over `70 %`")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
every_lesson = pytest.mark.parametrize("number", LESSONS)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The body of each level-2 heading, by its words less a bracket at the end."""
    return dict(re.findall(r"^## ([^(\n]+?)(?: \([^\n]*\))?$(.*?)(?=^## |\Z)", text, flags=re.M | re.S))


def rows(text: str) -> list[list[str]]:
    """The cells of the table in a section, heading first, marks of code taken off."""
    table = [line for line in text.splitlines() if line.startswith("|") and "| ---" not in line]
    return [[cell.strip().replace("`", "") for cell in line.strip("|").split("|")] for line in table]


def code_words(text: str) -> Iterator[str]:
    return iter(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)))


def plans(text: str) -> Iterator[tuple[int, list[list[str]]]]:
    """Each minute plan of a page: the minutes its heading gives, and its rows."""
    for minutes, body in re.findall(
        r"^## (?:[^\n]+: m|M)inute plan \((\d+) minutes\)$(.*?)(?=^##|\Z)", text, flags=re.M | re.S
    ):
        yield int(minutes), rows(body)[1:]


def cut_lists(text: str) -> list[list[list[str]]]:
    """Each cut list of a page, heading first."""
    found = re.findall(r"^###? (?:[^\n]+: c|C)ut list$(.*?)(?=^##|\Z)", text, flags=re.M | re.S)
    return [rows(body) for body in found]


def blocks(plan: list[list[str]]) -> list[tuple[str, int, int]]:
    """Each row as (block, first minute, last minute)."""
    spans = [(row[1], row[0].partition("-")) for row in plan]
    return [(name, int(start), int(end)) for name, (start, _, end) in spans]


def test_there_is_a_guide_and_a_workshop_plan() -> None:
    names = {page.relative_to(ROOT / "instructors").as_posix() for page in PAGES}
    assert {"guide.md", "workshop_90_minutes.md", "notes/02.md"} <= names


@every_lesson
def test_a_lesson_has_notes_with_every_section_filled(number: str) -> None:
    assert NOTES[number].exists(), f"lesson {number} has no {NOTES[number].relative_to(ROOT)}"
    found = sections(read(NOTES[number]))
    assert [name for name in SECTIONS if len(found.get(name, "").split()) < 15] == []


def test_no_notes_without_a_lesson() -> None:
    assert {page.stem for page in PAGES if page.parent.name == "notes"} <= set(LESSONS)


# --- names ---


@every_page
def test_every_id_named_exists(page: Path) -> None:
    known = {*questions.known_questions(), *questions.misconceptions(), *vignettes.vignettes()}
    known |= {*argument_map.course_map().nodes, *exercises.checks()}
    named = {word for word in code_words(read(page)) if re.fullmatch(r"(\w+)-[a-z][a-z0-9-]*", word)}
    assert named - known == set()


@every_page
def test_every_call_verb_and_file_named_exists(page: Path) -> None:
    verbs = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    for word in code_words(read(page)):
        if call := re.match(r"nts\.(\w+)", word):
            assert call[1] in nts.__all__, word
            assert set(re.findall(r'"(\d\d-[\w-]+)"', word)) <= questions.known_questions().keys(), word
        if verb := re.fullmatch(r"(?:make|python start\.py) (\w+)", word):
            assert verb[1] in verbs, word
        if "/" in word or word.endswith((".py", ".yml", ".yaml", ".csv")):
            assert (ROOT / word.removeprefix("python ")).exists() or "start.py" in word, word


@every_page
def test_the_sections_of_a_lesson_that_a_page_points_at_are_there(page: Path) -> None:
    """A plan names what is on the screen by a heading of the lesson; a moved one leaves a room waiting."""
    cells = [cell.source for lesson in LESSONS.values() for cell in lesson.markdown()]
    headings = set(re.findall(r"^#{2,3} (.+)$", "\n".join(cells), flags=re.M))
    for _, plan in plans(read(page)):
        for row in plan:
            for quoted in re.findall(r'"([^"]+)"', row[3]) if len(row) > 3 else []:
                assert quoted in headings, f"{page.name}: no lesson has the section {quoted!r}"


# --- minutes ---


@every_page
def test_a_minute_plan_runs_without_gaps_to_the_minute_its_heading_gives(page: Path) -> None:
    for minutes, plan in plans(read(page)):
        times = [(start, end) for _, start, end in blocks(plan)]
        assert all(start < end for start, end in times)
        assert [start for start, _ in times] == [0, *(end for _, end in times[:-1])]
        assert times[-1][1] == minutes


@every_lesson
def test_the_plan_takes_the_minutes_that_the_lesson_gives_a_class(number: str) -> None:
    in_class = (LESSONS[number].minutes or (0, 0))[1]
    assert [minutes for minutes, _ in plans(read(NOTES[number]))] == [in_class]


@every_page
def test_a_cut_list_starts_from_the_plan_and_each_column_adds_up(page: Path) -> None:
    for (_, plan), cut_list in zip(plans(read(page)), cut_lists(read(page)), strict=True):
        check_cut_list(plan, cut_list, every=page.name != "half_day.md")


def check_cut_list(plan: list[list[str]], cut_list: list[list[str]], every: bool) -> None:
    """That it is of the plan and adds up. every: whether it has a column for 10, 20 and 30 minutes."""
    heading, *cuts = cut_list
    full, *shorter = heading[1:-1]
    planned = [(name, end - start) for name, start, end in blocks(plan)]
    assert [(row[0], int(row[1])) for row in cuts] == planned
    possible = [f"(-{less})" for less in (10, 20, 30) if int(full) - less >= 10]  # opening and close are kept
    assert not every or [label.split()[1] for label in shorter] == possible
    for column, label in enumerate([full, *shorter], start=1):
        total, _, cut = label.partition(" ")
        assert sum(int(row[column]) for row in cuts) == int(total), label
        assert int(full) + int(cut.strip("()") or 0) == int(total), label
    for row in cuts:
        left = [int(cell) for cell in row[1:-1]]
        assert left == sorted(left, reverse=True), f"{row[0]} grows as time shrinks"
        assert (row[-1] == "nothing") == (left[0] == left[-1]), row[0]


@every_page
def test_opening_pause_and_close_survive_every_cut(page: Path) -> None:
    kept = {row[0]: int(row[-2]) for cuts in cut_lists(read(page)) for row in cuts[1:]}
    assert not kept or {"Opening", "Close"} <= kept.keys()
    assert all(kept[name] >= 5 for name in {"Opening", "Pause", "Close"} & kept.keys())


# --- votes ---


@every_lesson
def test_three_concept_questions_explain_every_wrong_option(number: str) -> None:
    if number == "00":
        pytest.skip("the test form of lesson 00 shows no reasons, so there is nothing to vote on")
    pattern = r"^### `([\w-]+)` \(right: `([A-Z])`\)$(.*?)(?=^###? |\Z)"
    found = re.findall(pattern, read(NOTES[number]), flags=re.M | re.S)
    assert len({question_id for question_id, _, _ in found}) == len(found) == 3
    for question_id, right, body in found:
        question = questions.question(question_id)
        assert (question.lesson, question.kind) == (int(number), "single")
        assert question.key == (right.lower(),), question_id
        options = question.options.items()
        wrong = {(key.upper(), option.misconception) for key, option in options if key not in question.key}
        assert set(re.findall(r"^- `([A-Z])` \(`([\w-]+)`\): \w", body, flags=re.M)) == wrong, question_id
        assert tuple(re.findall(r"^- \*\*(.+?)\*\*: \w", body, flags=re.M)) == SHARES, question_id


@every_lesson
def test_concept_questions_reach_more_than_one_outcome(number: str) -> None:
    named = re.findall(r"^### `([\w-]+)`", read(NOTES[number]), flags=re.M)
    assert len({questions.question(question_id).outcome for question_id in named}) > 1 or number == "00"


@every_lesson
def test_three_hard_moments_or_more_come_with_words_to_say(number: str) -> None:
    body = sections(read(NOTES[number]))["Hard moments"]
    moments = re.split(r"^\*\*", body, flags=re.M)[1:]
    assert len(moments) >= 3
    assert all(re.search(r"^> \w.{20}", moment, flags=re.M) for moment in moments)


# --- lesson 02 ---


def test_the_table_of_vignettes_is_what_the_machine_says() -> None:
    heading, *table = rows(sections(read(NOTES["02"]))["The twelve vignettes"])
    assert len(heading) - 1 == len(definitions.ON_PAGE)
    expected = []
    for vignette in vignettes.lesson_vignettes():
        outcomes = {verdict.instrument: verdict.outcome for verdict in vignette.verdicts()}
        expected.append([vignette.id, *(outcomes[key] for key in definitions.ON_PAGE)])
    assert table == expected


def test_each_vignette_has_its_note_and_its_trap() -> None:
    body = sections(read(NOTES["02"]))["The twelve vignettes"]
    notes = re.findall(r"^- `([\w-]+)`, (.*?)(?=^- `|\Z)", body, flags=re.M | re.S)
    assert [name for name, _ in notes] == [vignette.id for vignette in vignettes.lesson_vignettes()]
    assert [name for name, text in notes if "Trap:" not in text] == []


@pytest.mark.parametrize(
    ("case", "add", "drop", "expected"),
    [
        (
            "w01-booker",
            "coercion_legal_process knowledge_or_reckless_disregard",
            "",
            "met met met not_met depends",
        ),
        ("w02-bed", "", "abuse_of_vulnerability", "met not_met not_met not_met not_met"),
        ("w04-room", "", "under_18", "met not_met not_met not_met depends"),
        ("w05-line", "", "cross_border_or_interstate_movement", "met not_met not_met not_met not_met"),
        ("w07-file", "commercial_sex_act act_patronize_solicit", "", "met met depends depends depends"),
    ],
)
def test_the_flips_that_the_notes_describe_happen(case: str, add: str, drop: str, expected: str) -> None:
    found = nts.vignette(case)
    true = (set(found.features) - set(drop.split())) | set(add.split())
    outcomes = {v.instrument: v.outcome for v in nts.verdicts(true, set(found.features_open) - true)}
    assert [outcomes[key].replace(" ", "_") for key in definitions.ON_PAGE] == expected.split()


def test_the_labour_limb_that_the_notes_speak_of_is_met() -> None:
    outcomes = {v.instrument: v.outcome for v in nts.vignette("v03-promised").verdicts()}
    assert outcomes["us_severe_labour"] == "met"


def test_the_grid_of_the_workshop_has_the_cases_in_the_order_of_the_lesson() -> None:
    page = ROOT / "instructors" / "workshop_90_minutes.md"
    _, *grid = rows(sections(read(page))["Sheet: the grid"])
    lesson = [f"{vignette.id} {vignette.title}" for vignette in vignettes.lesson_vignettes()]
    assert [row[0] for row in grid] == lesson


def test_the_exit_ticket_is_the_one_of_the_lesson() -> None:
    page = ROOT / "instructors" / "workshop_90_minutes.md"
    named = re.findall(r"`(02-[\w-]+)`", sections(read(page))["Exit"])
    assert named[:3] == list(LESSONS["02"].asked()[-3:])
    assert all(questions.question(name).exit_ticket for name in named[:3])


# --- lesson 04 ---


def test_the_sides_of_the_moot_get_equal_room() -> None:
    found = sections(read(ROOT / "instructors" / "moot_woodhull.md"))
    sides = [found["Sheet for the plaintiffs"], found["Sheet for the government"]]
    points = [re.findall(r"^\d\. \*\*", sheet, flags=re.M) for sheet in sides]
    words = sorted(len(sheet.split()) for sheet in sides)
    assert len(points[0]) == len(points[1]) == 5 and words[1] <= 1.1 * words[0]


# --- lesson 05 ---


def test_the_grid_has_the_two_surveys_apart_in_one_column_alone() -> None:
    """What the notes answer to "why do sex workers outscore survivors"."""
    grades: dict[str, dict[str, str]] = {}
    for row in evidence.rows("rubric_fosta_sources"):
        grades.setdefault(row["study"], {})[row["question"]] = row["grade"]
    pairs = {name: (mark, grades["thorn"][name]) for name, mark in grades["coyote"].items()}
    apart = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    assert apart == {"Which event": ("1", "0")}
    assert "every column but one" in read(NOTES["05"])


# --- the pages around the notes ---

GUIDE, WEEKS, DAY = (ROOT / "instructors" / f"{name}.md" for name in ("guide", "five_weeks", "half_day"))
TONIGHT, EVENING = 230, 120  # words a minute; minutes


def minutes_to_read(text: str) -> int:
    """Whole minutes for a text at the guide's rate; links by their words, tables with their cells."""
    words = re.sub(r"\]\([^)]*\)", "]", text).replace("|", " ").split()
    return -(-len([word for word in words if re.search(r"\w", word)]) // TONIGHT)


def tonight() -> int:
    """Minutes for the sections of the guide that say "this evening"."""
    parts = re.findall(r"^## [^\n]+ \(this evening\)$.*?(?=^## |\Z)", read(GUIDE), flags=re.M | re.S)
    assert len(parts) >= 8
    return minutes_to_read("".join(parts))


def test_the_reading_of_one_evening_is_timed_and_fits() -> None:
    _, *table = rows(sections(read(GUIDE))["The evening before"])
    told = [int(row[1]) for row in table]
    workshop = ROOT / "instructors" / "workshop_90_minutes.md"
    read_in = [tonight(), minutes_to_read(read(workshop)), minutes_to_read(read(NOTES["02"]))]
    assert told[:3] == read_in
    assert told[3] == (LESSONS["02"].minutes or (0, 0))[0]
    assert sum(told[:-1]) == told[-1] <= EVENING


@every_lesson
def test_an_evening_holds_any_lesson_with_its_notes(number: str) -> None:
    extra = {"04": "moot_woodhull", "12": "controversy_kit"}.get(number)
    pages = [NOTES[number], *([ROOT / "instructors" / f"{extra}.md"] if extra else [])]
    alone = (LESSONS[number].minutes or (0, 0))[0]
    help_list = 15
    assert tonight() + sum(minutes_to_read(read(page)) for page in pages) + alone + help_list <= EVENING


def test_the_list_of_pages_leads_to_every_page_and_has_the_minutes_of_each_lesson() -> None:
    text = read(ROOT / "instructors" / "README.md")
    linked = set(re.findall(r"\]\(([\w/]+\.md)\)", text))
    pages = {page.relative_to(ROOT / "instructors").as_posix() for page in PAGES} - {"README.md"}
    assert pages <= linked and len(NOTES) == 14
    table = rows(sections(text)["Lessons and notes"])[1:]
    told = [(row[0].partition("]")[0].replace("[", ""), int(row[1]), int(row[2])) for row in table]
    assert told == [(lesson.title, *(lesson.minutes or ())) for lesson in LESSONS.values()]


def test_the_guide_names_the_moot_and_what_to_do_alone_and_when_somebody_leaves() -> None:
    text, found = read(GUIDE), sections(read(GUIDE))
    assert "(moot_woodhull.md)" in text and "(controversy_kit.md)" in text and "(README.md)" in text
    assert {"Teaching alone", "If somebody leaves upset", "Groups"} <= found.keys()
    assert found["If somebody leaves upset"].count("\n> ") >= 3


def test_cases_are_named_in_plans_as_on_the_page() -> None:
    titles = {vignette.title for vignette in vignettes.vignettes().values()}
    text = read(ROOT / "instructors" / "workshop_90_minutes.md")
    groups = text.partition("**Groups.**")[2].partition("**Route around.**")[0]
    named = set(re.findall(r'"([A-Z][^"]+)"', groups))
    assert len(named) == 7 and named <= titles


def test_the_day_starts_each_session_where_the_one_before_it_ends() -> None:
    _, *table = rows(sections(read(DAY))["The day"])
    at = 0
    for start, _, _, minutes in table:
        hours, _, rest = start.partition(":")
        assert 60 * int(hours) + int(rest) == at, start
        at += int(minutes)
    assert at == 210 and "ends at `3:30`" in read(DAY)
    assert [int(row[3]) for row in table if row[2]] == [minutes for minutes, _ in plans(read(DAY))]
    assert "up to `33`" in read(DAY) and sum(saved(cuts[0]) for cuts in cut_lists(read(DAY))) == 33


def saved(heading: list[str]) -> int:
    """What the last column of a cut list saves."""
    found = re.search(r"\(-(\d+)\)", heading[-2])
    return int(found[1]) if found else 0


def test_the_day_asks_the_same_five_before_and_after() -> None:
    first = re.findall(r"`00-pre-([\w-]+)`", sections(read(DAY))["What you need"])
    assert len(first) == 5 and {f"13-post-{name}" for name in first} <= questions.known_questions().keys()
    assert sum("minor" in questions.question(f"00-pre-{name}").case for name in first) == 1  # as it says


def test_a_block_of_the_five_weeks_is_one_of_the_notes_with_the_minutes_of_a_column() -> None:
    for week in (body for name, body in sections(read(WEEKS)).items() if name.startswith("Week ")):
        at = 0
        for span, lesson, column, listed in rows(week)[1:]:
            start, end = map(int, span.split("-"))
            assert start == at, span
            at = end
            if not lesson:
                assert listed == "Break"
                continue
            number = re.findall(r"\d\d", lesson)[0]
            heading, *cuts = rows(sections(read(NOTES[number]))["Cut list"])
            less = re.search(r"-(\d+)", column)
            place = next(n for n, head in enumerate(heading) if (f"(-{less[1]})" in head if less else n == 1))
            allowed = {row[0]: row[place] for row in cuts if row[place] != "0"}
            told = dict(part.rsplit(" ", 1) for part in listed.split("; "))
            assert told.items() <= allowed.items(), lesson
            assert "these blocks" in column or told == allowed, lesson
            assert sum(map(int, told.values())) == end - start, lesson
        assert at == 120


def test_own_work_of_the_five_weeks_has_the_minutes_of_lessons_and_exercises_and_fits_the_week() -> None:
    exercise = {book.number: book for book in lessons.read_all(ROOT / "exercises")}
    for when, what, told, _ in rows(sections(read(WEEKS))["Own work, and what is handed in"])[1:]:
        total = 0
        for kind, number, minutes in re.findall(r"(lesson|exercise) (\d\d) (\d+)", what):
            text = (LESSONS if kind == "lesson" else exercise)[number].cells[0].source
            assert re.search(rf"\*\*Time\*\*: {minutes} minutes", text), (kind, number)
            total += int(minutes)
        assert total == int(told) and total <= 180, when


def test_the_five_weeks_ask_for_no_lesson_before_what_comes_before_it() -> None:
    seen: list[str] = []
    for _, what, _, _ in rows(sections(read(WEEKS))["Own work, and what is handed in"])[1:]:
        seen += re.findall(r"lesson (\d\d)", what)
        if seen == ["00", "01"]:
            seen.append("02")  # in class, in week 1
    assert set(seen) == {f"{n:02}" for n in (*range(8), 12, 13)}
    for place, number in enumerate(seen):
        found = re.search(r"\*\*Before this\*\*: ([^.]*)\.", LESSONS[number].cells[0].source)
        before = found[1] if found else ""
        wanted = re.findall(r"\d\d", before)
        if " to " in before:
            wanted = [f"{n:02}" for n in range(int(wanted[0]), int(wanted[-1]) + 1)]
        assert set(wanted) <= set(seen[:place]), number


def test_the_marks_add_up_to_a_hundred() -> None:
    _, *table = rows(sections(read(ROOT / "instructors/grading_proposal.md"))["What counts"])
    marks = [int(row[1]) for row in table]
    assert sum(marks[:-1]) == marks[-1] == 100


def test_the_sheets_are_the_rubrics_of_the_solutions_and_of_the_capstone() -> None:
    page = read(ROOT / "instructors" / sheets.PAGE)
    for book in lessons.read_all(ROOT / "exercises" / "solutions"):
        for cell in book.markdown():
            title = cell.source.partition("\n")[0]
            for row in sheets.table(cell.source, sheets.LEVELS) if "ptional" not in title else ():
                assert f"| {' | '.join(row)} | __" in page, (book.number, row)
    assert len(re.findall(r"^## Lesson \d\d, ", page, flags=re.M)) >= 12
    review = sections(page)["A review of a peer"]
    assert all(
        criterion in review for criterion in ("Question", "Evidence", "Range and chart", "Limit", "Positions")
    )
    assert "\n| Which event |" in sections(page)["Evidence on one question"]


def test_each_profile_has_a_route_with_its_lessons_and_its_time() -> None:
    profiles = sections(read(ROOT / "instructors" / "learner_profiles.md"))
    assert len(profiles) == 4
    table = {row[0]: row for row in rows(ways.as_markdown(ways.routes()))[1:]}
    named = [name for name in table if any(f"The {name} route" in body for body in profiles.values())]
    assert named == ["Law", "Methods", "Policy"]
    for name in named:
        body = next(body for body in profiles.values() if f"The {name} route" in body)
        told = re.findall(r"\d\d", re.search(r"route: lessons? ([^.]*)\.", body)[1])  # type: ignore[index]
        assert told == re.findall(r"\[(\d\d)\]", table[name][1]), name
        assert f"`{table[name][2]}` alone" in body, name
