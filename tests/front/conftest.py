"""The scripts as they are served."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import notthesame as nts
from notthesame import front
from notthesame.hand_in import HandInButton
from notthesame.labs import LABS
from notthesame.my_change import MyChange
from notthesame.questions import view
from notthesame.questions.after_test import TestReasons
from notthesame.site import live
from notthesame.tasks import form


@pytest.fixture(scope="session")
def sources() -> list[Path]:
    """Every script of the package."""
    return sorted(front.HERE.parent.rglob("*.js"))


@pytest.fixture(scope="session")
def served() -> Mapping[str, str]:
    """Every script as it is served, by the name of the file that comes last in it."""
    return {
        "view": view.script(),
        "form": form.script(),
        "after_test": TestReasons.script,
        "hand_in": HandInButton.script,
        "my_change": MyChange.script,
        "scorm": f"{view.script()}\n{(front.HERE.parent / 'classroom/scorm.js').read_text(encoding='utf-8')}",
        "pages": (front.HERE.parent / "site/pages.js").read_text(encoding="utf-8"),
        "live": live.script(),
        "worker": (live.HERE / "worker.js").read_text(encoding="utf-8"),
        "slides": (front.HERE.parent / "classroom/packs/slides.js").read_text(encoding="utf-8"),
        "entry": (front.HERE / "labextensions/notthesame/static/entry.js").read_text(encoding="utf-8"),
        "loader": (front.HERE / "loader.js").read_text(encoding="utf-8"),
        **{LABS[call]: str(type(getattr(nts, call)()).script) for call in LABS},
    }


@pytest.fixture(scope="session")
def modules(served: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with these as modules for Node, and one of what all share."""
    folder = tmp_path_factory.mktemp("served")
    base = f"{front.script()}\nexport {{ guardKeys }};\n"
    for name, text in {**served, "base": base}.items():
        (folder / f"{name}.mjs").write_text(text, encoding="utf-8")
    return folder
