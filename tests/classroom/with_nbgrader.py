"""What runs in nbgrader's own process: ``python with_nbgrader.py generate | grade`` in a folder of a course.

``grade`` prints a line of JSON for each assignment: its name, and what nbgrader holds of each student.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader


def main(verb: str) -> None:
    api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", path=os.getcwd()).load_config())
    for assignment in sorted(os.listdir("source")):
        if verb == "generate":
            done(api.generate_assignment(assignment))
        else:
            for student in sorted(path.parent.name for path in Path().glob(f"submitted/*/{assignment}")):
                done(api.autograde(assignment, student))
                done(api.generate_feedback(assignment, student))
            sys.stdout.write(json.dumps([assignment, grades(assignment)]) + "\n")


def done(result: dict[str, Any]) -> None:
    if not result["success"]:
        raise SystemExit(f"{result.get('error')}\n{result.get('log')}")


def grades(assignment: str) -> dict[str, dict[str, tuple[float | None, float, bool]]]:
    """By student and graded cell: the score, the greatest that there is, whether a person has to grade."""
    with Gradebook("sqlite:///gradebook.db") as book:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.max_score, grade.needs_manual_grade)
                for grade in submission.notebooks[0].grades
            }
            for submission in book.assignment_submissions(assignment)
        }


if __name__ == "__main__":
    main(sys.argv[1])
