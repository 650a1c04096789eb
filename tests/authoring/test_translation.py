"""A translation: strings apart, keys and numbers the English ones, and each way to part from it named."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

import notthesame as nts
from notthesame import cli, front, lessons, questions, translation
from notthesame.authoring import audit, new_translation, translated
from notthesame.authoring.rules import translations as rules
from notthesame.course import Course, course, translations
from notthesame.questions import Question, replies, static, view
from notthesame.site import pages
from tests.front.test_scripts import HERE as FRONT
from tests.front.test_scripts import all_replies
from tests.site.test_pages import lesson_of, write_course

ES = Course(course().root / "translations" / "es")
STRINGS = Path("strings")
LESSON = Path("lessons/00_start_here.ipynb")
WORDS = {"case", "stem", "unit", "options", "reason", "ranges", "otherwise", "section", "language"}


def beside(folder: Path, *copied: str) -> Course:
    """The Spanish course in a folder of its own, over the English files, of which some are copies."""
    for path in course().root.iterdir():
        if (
            path.name in ("data", "instructors", "lessons", "exercises", "start.ipynb")
            or path.suffix == ".md"
        ):
            (folder / path.name).symlink_to(path)
    for name in copied:
        link, *rest = Path(name).parts
        (folder / link).unlink()
        (folder / link).mkdir()
        for path in (course().root / link).iterdir():
            if path.name != rest[0]:
                (folder / link / path.name).symlink_to(path)
        copy(course().root / name, folder / name)
    copy(ES.root, folder / "translations" / "es")
    return Course(folder / "translations" / "es")


def copy(source: Path, target: Path) -> None:
    for path in [source, *source.rglob("*")]:
        if path.is_file() and ".ipynb_checkpoints" not in path.parts:
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())


def told(of: Course) -> list[str]:
    return [str(fault) for fault in audit.audit(of).faults]


@pytest.fixture(scope="module")
def english() -> Mapping[str, Question]:
    return dict(questions.known_questions())


@pytest.fixture(scope="module")
def spanish() -> Mapping[str, Question]:
    with ES.in_use():
        return dict(questions.known_questions())


# --- what there is


def test_the_spanish_course_has_no_fault() -> None:
    assert told(ES) == []
    assert [of.language for of in translations(course())] == ["es"] and course().language == "en-GB"


def test_only_words_differ_from_the_english(
    english: Mapping[str, Question], spanish: Mapping[str, Question]
) -> None:
    assert list(spanish) == list(english)
    for name, question in spanish.items():
        for field in {field.name for field in fields(Question)} - WORDS:
            assert getattr(question, field) == getattr(english[name], field), (name, field)
        spans = [(span.low, span.high, span.misconception) for span in question.ranges]
        assert spans == [(span.low, span.high, span.misconception) for span in english[name].ranges]
        beliefs = {letter: option.misconception for letter, option in question.options.items()}
        assert beliefs == {letter: o.misconception for letter, o in english[name].options.items()}
        assert (question.language == "es") == (name[:2] == "00"), name
        assert question.language == "en-GB" or question.stem != english[name].stem


def test_a_lesson_that_is_not_translated_and_all_numbers_are_the_english_ones() -> None:
    with ES.in_use():
        books = {book.number: book for book in lessons.read_all(course().lessons)}
        assert [book.language for book in books.values()][:2] == ["es", "en-GB"] and len(books) > 13
        original = lessons.read(ES.home / LESSON)
        assert books["00"].minutes == original.minutes and books["00"].test_minutes == 15
        assert [o.bloom for o in books["00"].outcomes] == [o.bloom for o in original.outcomes]
        assert questions.question("00-title").section == "Qué dice el título"
        assert nts.fact("law-house-vote")["nay"].value == 25
        assert "trata" in questions.misconceptions()["movement-is-needed"].instead


def test_the_notice_stands_until_somebody_has_reviewed_it(tmp_path: Path) -> None:
    of = beside(tmp_path)
    assert "Borrador hecho por una máquina" in lessons.read(of.root / LESSON).header
    head = of.root / "translation.yaml"
    head.write_text(head.read_text("utf-8").replace('reviewed_by: ""', "reviewed_by: Ana"), "utf-8")
    with Course(of.root).in_use():
        ((_, made),) = translated.wanted(course())
    assert "Borrador" not in "".join(made["cells"][0]["source"])


# --- what is said


def test_a_reply_is_in_spanish_and_an_english_question_says_that_it_is_english() -> None:
    with ES.in_use():
        said = replies.reply(questions.question("00-three-ways"), ["a", "c"], first=True)
        assert repr(said).startswith("No es correcto. Respondiste A, C. 1 de 3 correctas elegidas, 1 equiv")
        assert 'lang="es"' in said._repr_html_() and nts.glossary("act")._repr_html_().count("en-GB") == 1
        block = static.static_block(questions.question("00-title"))
        assert 'lang="es"' in block and "Caso (inventado)." in block and "#Qué-dice-el-título" in block
        assert 'lang="en-GB"' in static.static_block(questions.question("02-destitute"))
    assert "lang=" not in static.static_block(questions.question("02-destitute"))


def test_the_script_says_in_spanish_what_python_says(node: str, tmp_path: Path) -> None:
    with ES.in_use():
        (tmp_path / "replies.json").write_text(json.dumps(all_replies()), encoding="utf-8")
        (tmp_path / "view.mjs").write_text(view.script(), encoding="utf-8")
    assert "Respondiste" in (tmp_path / "replies.json").read_text("utf-8")
    env = {**os.environ, "NOTTHESAME_MODULES": str(tmp_path)}
    command = [node, "--test", "--test-name-pattern=every reason", str(FRONT / "view.test.mjs")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0 and "# pass 0" not in done.stdout, done.stdout[-4000:] + done.stderr
    assert "Respondiste" not in view.script() and "const WORDS = {};" in front.script()


def test_every_message_is_found_where_it_is_said() -> None:
    found = rules.said()
    assert {"You answered {answer}.", "Check", "Leave this page", "Reasons come after the test."} <= found


@pytest.mark.parametrize(("folder", "language"), [("translations/es/lessons", "es"), ("lessons", "en-GB")])
def test_a_notebook_speaks_the_language_of_its_folder(folder: str, language: str) -> None:
    code = "import notthesame.course as c; print(c.course().language, c.course().link_to_data('ledger.md'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=course().root / folder, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == [language, "../" * (folder.count("/") + 1) + "data/ledger.md"], done.stderr


def test_pages_say_which_language_they_speak(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    of = beside(tmp_path / "course", LESSON.as_posix(), "exercises/misconceptions.yaml")
    for path in (
        *of.home.glob("lessons/*"),
        *of.home.glob("exercises/*.ipynb"),
        of.home / "exercises/solutions",
    ):
        if path.name[:2] not in ("00", "01") or path.parent.name != "lessons":
            path.unlink()
    with pytest.raises(ValueError, match="leads to nothing"):  # said once all that can be is written
        pages.write_site(Course(of.root), tmp_path / "site")
    site, index = tmp_path / "site", tmp_path / "site/index.html"
    own = (site / "translations/es" / LESSON).with_suffix(".html").read_text("utf-8")
    other = (site / "lessons/01_words_that_do_work.html").read_text("utf-8")
    assert '<html lang="es"' in own and "Borrador hecho" in own and "Salir" in own
    assert "Saltar al contenido principal" in own  # in the theme's own words
    assert (
        '"Check":"Comprobar"' in own.replace('": "', '":"')
        and 'href="../../../data/ledger.html#law-house' in own
    )
    assert '<html lang="es"' in other and "Saltar al" in other  # an English text in a Spanish frame
    assert '<div lang="en-GB">' in other and "Comprobar" not in other
    said = re.sub(r"<script.*?</script>", "", own, flags=re.S)
    assert "Run this cell" not in said and "Ejecuta esta celda para" not in said
    (tmp_path / "english").mkdir()
    assert "Skip to main content" in lesson_of(write_course(tmp_path / "english"))  # in the same process
    home = index.read_text("utf-8")
    assert "Borrador hecho" in home
    assert '<html lang="es"' in home and 'lang="en-GB">01 Words that do work' in home


# --- what parts from the English


def entries(of: Course, name: str, change: Any) -> None:
    path = of.root / STRINGS / name
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")


def spoil(of: Course) -> None:
    def cells(raw: Any) -> None:
        raw["l00-01"]["text"] = raw["l00-01"]["text"].replace("25 minutos", "26 minutos")
        raw["l00-03"]["of"] = "00000000"
        raw["l00-06"]["text"] = "TODO " + raw["l00-06"]["text"]
        raw["l00-14"]["text"] = raw["l00-14"]["text"].replace("#law-house-vote", "#law-senate-vote")
        raw["l00-16"]["text"] = raw["l00-16"]["text"].replace("## ", "### ")
        raw["l00-18"]["text"] = raw["l00-18"]["text"].replace("nts.my_answers()", "nts.my_answer()")
        raw["l00-21"]["text"] = "nts.help_lines()"
        raw["l00-99"] = raw.pop("l00-22")

    def bank(raw: Any) -> None:
        raw["00-title"]["of"] = "00000000"
        raw["00-blank"]["stem"] = "TODO What does the course do?"
        raw["00-no-such"] = {"of": "0", "stem": "¿Cuál?"}
        del raw["00-own-word"], raw["00-go-around"]["options"]["d"], raw["00-minor-word"]["case"]
        raw["00-pre-forty-files"]["case"] = raw["00-pre-forty-files"]["case"].replace("40", "41")
        raw["00-typed-call"]["options"]["b"]["text"] = 'nts.answer("02-destituta", "c")'
        raw["00-no-votes"]["ranges"].pop()

    def said(raw: Any) -> None:
        raw["Nobody says this."] = raw.pop("Check")
        raw["You answered {answer}."] = "Respondiste {respuesta}."
        raw["Right."] = "TODO Right."

    def beliefs(raw: Any) -> None:
        raw["no-such-belief"] = raw.pop("label-is-proof")
        raw["age-settles-all"]["of"] = "00000000"

    changes = {"lessons/00.yaml": cells, "questions/00.yaml": bank, "messages.yaml": said}
    for name, change in {**changes, "misconceptions.yaml": beliefs}.items():
        entries(of, name, change)
    head = of.root / "translation.yaml"
    head.write_text(head.read_text("utf-8").replace("name: Español", "name: TODO"), "utf-8")


PLANTED = {
    "a number": "00.yaml, l00-01: it has the numeral 26, unlike the English",
    "a stale text": "00.yaml, l00-03: its English has changed since 00000000; bring it up to date, then",
    "an unfinished text": "00.yaml, l00-06: still to be translated",
    "another link": "00.yaml, l00-14: its links, or their titles, are not those of the English",
    "another heading": "00.yaml, l00-16: its headings are not as many, or not of the same level",
    "another call": "00.yaml, l00-18: it has the code `nts.my_answer()`, unlike the English",
    "other code": "00.yaml, l00-21: it changes code; only remarks may differ",
    "a cell without an entry": "00.yaml, l00-22: the cell has no entry",
    "an entry without a cell": "00.yaml, l00-99: the English lesson has no such cell",
    "a stale question": "question 00-title: its English has changed since 00000000",
    "an unfinished question": "question 00-blank: still to be translated",
    "an unknown question": "question 00-no-such: There is no question '00-no-such'. Nearest:",
    "a question left out": "question 00-own-word: 00_start_here.ipynb asks it in English",
    "an option left out": "question 00-go-around: options are lettered a, b, c; the English has a, b, c, d",
    "a case left out": "question 00-minor-word: case is missing",
    "a number of a question": "question 00-pre-forty-files: it has the numeral 41, unlike the English",
    "a call in an option": "question 00-typed-call: it lacks the code nts.answer(",
    "a reason left out": "question 00-no-votes: 3 reasons in ranges; the English has 4",
    "a message left out": "messages.yaml: no words for 'Check'",
    "a message that nothing says": "messages.yaml: nothing says 'Nobody says this.'",
    "a place of its own": "messages.yaml: 'Respondiste {respuesta}.' has other places in braces",
    "an unfinished message": "messages.yaml: still to be translated: 'Right.'",
    "a belief left out": "misconception label-is-proof: 00-link-title names it",
    "an unknown belief": "misconception no-such-belief: There is no misconception",
    "a stale belief": "misconception age-settles-all: its English has changed since 00000000",
    "an unfinished head": "translation.yaml: its name or its notice is still to be translated",
    "a notebook of before": "lessons/00_start_here.ipynb: its cells are not what strings",
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    of = beside(tmp_path_factory.mktemp("spoilt"))
    spoil(of)
    yield told(Course(of.root))


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_named(name: str, findings: list[str]) -> None:
    assert [fault for fault in findings if PLANTED[name] in fault], "\n".join(findings)


def test_a_file_of_strings_has_no_place_for_a_key(tmp_path: Path) -> None:
    of = beside(tmp_path)
    entries(of, "questions/00.yaml", lambda raw: raw["00-title"].update(answer="a"))
    of = Course(of.root)
    assert [fault for fault in told(of) if "unknown field answer; allowed: case, of, options" in fault]
    with of.in_use():  # nobody is told the reasons of another key: all is English until it is mended
        assert questions.question("00-title").language == "en-GB"


def test_where_the_english_changes_it_is_shown_until_the_words_are_brought_up_to_date(tmp_path: Path) -> None:
    of = beside(tmp_path, "exercises/questions")
    path = of.home / "exercises/questions/00.yaml"
    text = path.read_text("utf-8").replace("answer: law-house-vote.nay\n", "answer: law-house-vote.yea\n")
    path.write_text(text, "utf-8")
    with Course(of.root).in_use():
        found = questions.question("00-no-votes")
        assert found.value == 388 and found.language == "en-GB" and found.stem.startswith("Open the entry")
        assert questions.question("00-blank").language == "es"


# --- a new one


def test_a_lesson_or_a_question_is_put_in_place_by_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of = beside(tmp_path, "exercises/questions")
    with Course(tmp_path).in_use():
        assert cli.main(["new", "question", "00", "shop-book", "--kind", "numeric"]) == 0
        path = of.home / "exercises/questions/00.yaml"
        path.write_text(path.read_text("utf-8").replace("TODO", "Say"), "utf-8")
    with Course(tmp_path).in_use():
        capsys.readouterr()
        assert cli.main(["new", "translation", "es", "00"]) == 0
        assert capsys.readouterr().out.startswith(
            "1 new in translations/es/strings/questions/00.yaml\nTranslate"
        )
        grown = new_translation.new_translation(course(), "fr", "0")
        assert {path.name for path, _ in grown} == {"messages.yaml", "00.yaml", "misconceptions.yaml"}
        assert new_translation.new_translation(course(), "fr", "00") == ()
    assert told(Course(of.root)) == ["question 00-shop-book: still to be translated"]
    french = Course(of.root.with_name("fr"))
    with french.in_use():
        assert translation.say("Check") == "Check" and questions.question("00-title").language == "en-GB"
    for path in french.root.rglob("*.yaml"):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(done(raw), allow_unicode=True), encoding="utf-8")
    assert told(Course(french.root)) == [
        "lessons/00_start_here.ipynb: it is to be made; run notthesame run --course"
    ]


def done(entry: Any) -> Any:
    """An entry as if somebody had translated it."""
    if isinstance(entry, dict):
        return {name: done(part) for name, part in entry.items()}
    return list(map(done, entry)) if isinstance(entry, list) else entry.removeprefix("TODO ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["new", "translation", "es", "77"], "There is no lesson '77'; allowed: 00, 01"),
        (["new", "translation", "../es", "00"], "The language is '../es'; allowed is a tag such as es, fr"),
        (["audit", "--course", "nowhere"], "There is no course in nowhere; allowed is a folder such as"),
    ],
)
def test_what_is_not_there_is_refused_in_a_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 1
    assert capsys.readouterr().err.startswith(message)


def test_start_opens_a_translation_by_its_name() -> None:
    start = runpy.run_path(str(course().root / "start.py"))
    assert start["TRANSLATED"] == {"es": f"translations/es/{LESSON.as_posix()}"}
