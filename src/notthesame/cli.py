"""``notthesame VERB``: a thin face over the package."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from .course import Course, course

# What we refuse, or lack, is told in lines, without a traceback.
REFUSED = (ValueError, KeyError, OSError, ModuleNotFoundError)


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status: 0, or 1 when something is at fault."""
    parser = argparse.ArgumentParser(prog="notthesame", description="Tools of the course Not the Same.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("--course", metavar="FOLDER", help="another course, such as translations/es")
    audit = verbs.add_parser(
        "audit", parents=[which], help="check every promise about content that a program can check"
    )
    audit.add_argument("--json", action="store_true", help="print counts and findings for a machine")
    run = verbs.add_parser(
        "run", parents=[which], help="run lessons and solutions, store their outputs, make the exercises"
    )
    run.add_argument("names", nargs="*", help="numbers or files; all when none is given")
    verbs.add_parser("data", help="write the generated files: ledger, sources, descriptor, link titles")
    sample = verbs.add_parser("sample", help="print linked claims drawn by lot, for a check of sources")
    sample.add_argument("--size", type=int, default=50, help="how many (default: 50)")
    sample.add_argument("--seed", type=int, required=True, help="the same seed draws the same claims")
    sample.add_argument("--figures", action="store_true", help="only claims that hold a number or a date")
    site = verbs.add_parser(
        "site",
        aliases=["html"],
        parents=[which],
        help="write the course as pages that need no install, and a zip of them",
    )
    site.add_argument("folder", nargs="?", default="site", help="where to (default: site)")
    site.add_argument(
        "--fetch", action="store_true", help="first get what labs on a page need, once, by npm and pip"
    )
    stick = verbs.add_parser("stick", help="write all into one folder for computers without a network")
    stick.add_argument("folder", help="where to; a new folder")
    stick.add_argument("--python", nargs="+", metavar="3.12", help="for these (default: this)")
    stick.add_argument("--systems", nargs="+", metavar="NAME", help="windows, macos, linux (default: all)")
    stick.add_argument("--without", nargs="+", default=[], metavar="PART", help="site, lab or wheels")
    lite = verbs.add_parser("lite", help="write the course as JupyterLab in the browser alone (JupyterLite)")
    lite.add_argument("folder", nargs="?", default="lite", help="where to (default: lite)")
    export = verbs.add_parser(
        "export", parents=[which], help="write questions, exercises or pages for other systems"
    )
    export.add_argument("format", choices=("moodle", "gift", "qti", "print", "scorm", "nbgrader"))
    export.add_argument("folder", help="where to; it is made where it is not there")
    export.add_argument("--lesson", nargs="+", default=[], metavar="02", help="only these; else every lesson")
    export.add_argument("--tests", action="store_true", help="the questions of the two tests too")
    packs = verbs.add_parser("pack", help="write what an instructor holds in the hand").add_subparsers(
        dest="pack", required=True
    )
    workshop = packs.add_parser("workshop", help="sheets, slides and a run card, made from a plan")
    workshop.add_argument("folder", help="where to; it is made where it is not there")
    workshop.add_argument("--plan", default="90-minutes", help="of instructors/plans (default: 90-minutes)")
    workshop.add_argument("--lesson", metavar="02", help="only on this lesson")
    workshop.add_argument("--paper", choices=("a4", "letter"), default="a4")
    workshop.add_argument("--start", default="14:00", help="when it begins (default: 14:00)")
    workshop.add_argument("--seed", type=int, default=1, help="of the grading sheet (default: 1)")
    student = packs.add_parser(
        "student", help="pages, notebooks and package without keys, reasons, solutions"
    )
    student.add_argument("folder", help="where to; it is made where it is not there")
    grading = packs.add_parser("grading", help="questions outside the bank and a task, with key and scheme")
    grading.add_argument("folder", help="where to; it is made where it is not there")
    grading.add_argument("--lesson", required=True, metavar="02", help="02, 05 or 12")
    grading.add_argument("--seed", type=int, required=True, help="the same seed gives the same sheet")
    grading.add_argument("--paper", choices=("a4", "letter"), default="a4")
    report = verbs.add_parser("report", help="make a page of what a class handed in")
    report.add_argument("handins", nargs="+", metavar="HANDINS", help="files, folders, zips, or counts")
    report.add_argument("-o", "--output", metavar="report.html", help="the page to write")
    report.add_argument("--csv", metavar="DIR", help="a folder for the same figures as tables")
    report.add_argument("--counts", metavar="FILE", help="a file of counts, to add to those of other parts")
    report.add_argument("--force", action="store_true", help="also in the place of files that are no reports")
    report.add_argument("--workers", type=int, metavar="N", help="processes, at most (default: processors)")
    _new_verbs(verbs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may lack a character, and shows another
            stream.reconfigure(errors="replace")
    options = parser.parse_args(words)
    try:
        verb = {
            "audit": _audit,
            "run": _run,
            "data": _data,
            "sample": _sample,
            "site": _site,
            "html": _site,
            "stick": _stick,
            "lite": _lite,
            "export": _export,
            "new": _new,
            "pack": _pack,
            "report": _report,
        }
        with _chosen(getattr(options, "course", None)).in_use():
            return verb[options.verb](options)
    except REFUSED as error:
        sys.stderr.write(f"{error.args[0] if isinstance(error, KeyError) else error}\n")
        return 1


def _new_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = verbs.add_parser(
        "new", help="write a skeleton, which the audit names as unfinished until it is filled"
    )
    kinds = new.add_subparsers(dest="what", required=True)
    question = kinds.add_parser("question", help="a question at the end of its lesson's file")
    question.add_argument("number", help="the lesson's number, such as 02")
    question.add_argument("slug", help="a short name, such as two-towns")
    question.add_argument("--kind", default="single", help="single (default), multiple, numeric or ordering")
    lesson = kinds.add_parser("lesson", help="a lesson with exercise, solution, questions, checks and notes")
    lesson.add_argument("number", help="two digits, such as 14")
    lesson.add_argument("slug", help="a short name for the files")
    lesson.add_argument("title", help="the title, in quotation marks")
    other = kinds.add_parser("translation", help="what a lesson still lacks in another language")
    other.add_argument("language", help="the language's tag, such as es")
    other.add_argument("number", help="the lesson's number, such as 02")


def _chosen(folder: str | None) -> Course:
    """The course in a folder, or the one in use; raises ValueError for a folder that holds none."""
    if folder is None:
        return course()
    found = Course(Path(folder).expanduser().absolute())
    if not found.data.is_dir():
        raise ValueError(f"There is no course in {folder}; allowed is a folder such as translations/es")
    return found


def _audit(options: argparse.Namespace) -> int:
    from .authoring import audit

    report = audit.audit(course())
    sys.stdout.write(report.as_json() if options.json else report.as_text())
    return 1 if report.faults else 0


def _run(options: argparse.Namespace) -> int:
    from .authoring import execute

    failed = execute.run_all(course(), options.names, _say)
    for line in failed:
        _say(f"failed: {line}")
    return 1 if failed else 0


def _data(_: argparse.Namespace) -> int:
    from .authoring import generated

    generated.write(course(), _say)
    return 0


def _sample(options: argparse.Namespace) -> int:
    from .authoring import sample

    sys.stdout.write(sample.sample(course(), options.size, options.seed, options.figures))
    return 0


def _site(options: argparse.Namespace) -> int:
    from .site import live, pages

    lacks = live.missing(fetch=True) if options.fetch else ""
    index = pages.write_site(course(), Path(options.folder))
    _say(f"written: {index}")
    if not (index.parent / live.FOLDER / "page.js").is_file():
        why = lacks or f"{live.missing()} Once with --fetch gets it."
        _say(f"the labs on the pages cannot be used there: {why}")
    _say(f"written: {index.parent / pages.PACKED} (the pages for a class in one file, to hand on)")
    return 0


def _stick(options: argparse.Namespace) -> int:
    from . import stick

    pythons, systems = options.python or [stick.this_python()], options.systems or stick.SYSTEMS
    targets = stick.targets(pythons, systems)
    stick.write_stick(Path(options.folder), targets, _say, options.without)
    return 0


def _lite(options: argparse.Namespace) -> int:
    from .browser import lite

    _say(f"written: {lite.write_lite(Path(options.folder))}")
    _say(
        "A web server must hand it out: python -m http.server --bind 127.0.0.1 --directory " + options.folder
    )
    return 0


def _export(options: argparse.Namespace) -> int:
    from .classroom import exports

    for line in exports.export(options.format, Path(options.folder), options.lesson, options.tests):
        _say(line)
    return 0


def _new(options: argparse.Namespace) -> int:
    from .authoring import new_lesson, new_question, new_translation

    of = course()
    if options.what == "translation":
        for file, added in new_translation.new_translation(of, options.language, options.number):
            _say(f"{added} new in {file.relative_to(of.home).as_posix()}")
        folder = f"translations/{options.language}"
        _say(f"Translate what says TODO there, then: notthesame run --course {folder}, and audit likewise")
        return 0
    if options.what == "question":
        path, name = new_question.new_question(of, options.number, options.slug, options.kind)
        _say(f"added {name} at the end of {path.relative_to(of.root).as_posix()}")
        _say(f'Fill in what says TODO there, put nts.ask("{name}") into a cell, then: make run audit')
        return 0
    for name in new_lesson.new_lesson(of, options.number, options.slug, options.title):
        _say(f"written: {name}")
    _say("Fill in what says TODO in them, then: make run data audit")
    return 0


def _pack(options: argparse.Namespace) -> int:
    from .classroom.packs import grading, student, workshop

    folder = Path(options.folder)
    if options.pack == "student":
        lines = student.student(folder)
    elif options.pack == "grading":
        lines = grading.grading(folder, options.lesson, options.seed, options.paper)
    else:
        lines = workshop.workshop(
            folder, options.plan, options.lesson, options.paper, options.start, options.seed
        )
    for line in lines:
        _say(line)
    return 0


def _report(options: argparse.Namespace) -> int:
    from .classroom import progress, reporting

    page, tables, counts = (
        Path(name) if name else None for name in (options.output, options.csv, options.counts)
    )
    wanted = reporting.Wanted(page, tables, counts, options.force)
    try:
        with progress.told(sys.stderr) as say:
            places = [Path(name) for name in options.handins]
            lines, aside = reporting.make_report(places, wanted, say, options.workers)
    except KeyboardInterrupt as stop:
        sys.stderr.write(f"{str(stop) or 'Stopped.'} Nothing was written.\n")
        return 130
    for line in aside:
        sys.stderr.write(line + "\n")
    for line in lines:
        _say(line)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
