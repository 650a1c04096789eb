"""The ranges of versions that we ask for: said alike in both places, and held by what runs here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.metadata import distributions, requires
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.setup import oldest_newest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def conda_lines() -> tuple[list[str], list[str]]:
    """What conda installs, and what pip installs after it."""
    found = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    (by_pip,) = (line["pip"] for line in found if isinstance(line, dict))
    return [line for line in found if isinstance(line, str)], by_pip


def conda_packages() -> dict[str, str]:
    by_conda, by_pip = conda_lines()
    lines = [*by_conda, *(line for line in by_pip if line != "-e .")]
    pairs = (re.fullmatch(r"([a-z0-9_-]+)(.*)", line.replace(" ", "")) for line in lines)
    return {pair[1]: pair[2] for pair in pairs if pair}


ON_PYPI = {"matplotlib-base": "matplotlib"}  # the same library without a window toolkit


def conda_ranges() -> dict[str, SpecifierSet]:
    """What conda may install of each package, by its name on PyPI."""
    return {
        ON_PYPI.get(name, name): SpecifierSet(spec)
        for name, spec in conda_packages().items()
        if name not in ("python", "pip")
    }


def test_conda_and_pip_install_the_same_ranges() -> None:
    wanted = {(req := Requirement(line)).name.lower(): req.specifier for line in PROJECT["dependencies"]}
    assert conda_ranges() == wanted


def test_every_runtime_range_has_a_floor_and_ends_at_a_major_release() -> None:
    for line in PROJECT["dependencies"]:
        bounds = {bound.operator: bound.version for bound in Requirement(line).specifier}
        assert set(bounds) == {">=", "<"} and re.fullmatch(r"\d+", bounds["<"]), line


def test_conda_pins_a_python_that_we_accept_in_the_form_binder_reads() -> None:
    pinned = re.fullmatch(r"=(\d+\.\d+)", conda_packages()["python"])
    assert pinned and pinned[1] in SpecifierSet(PROJECT["requires-python"])
    assert not re.search("<|~=|==", PROJECT["requires-python"]), (
        "browsers run newer Pythons than most laptops"
    )
    assert conda_lines()[1][-1] == "-e ."  # the form that Binder looks for


# --- and what runs here ---


Versions = Mapping[str, str]


@cache
def here() -> Versions:
    """The version of each distribution that is installed, by its name."""
    return {canonicalize_name(found.metadata["Name"]): found.version for found in distributions()}


def counts(asked: Requirement, extras: Collection[str] = ()) -> bool:
    """Whether a requirement is one of this system, this Python and these extras."""
    return not asked.marker or any(asked.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def unmet(lines: Iterable[str], versions: Versions, extras: Collection[str] = ()) -> list[str]:
    """The requirements that these versions do not hold."""
    found = []
    for asked in filter(lambda asked: counts(asked, extras), map(Requirement, lines)):
        has = versions.get(canonicalize_name(asked.name))
        if has is None or not asked.specifier.contains(has, prereleases=True):
            found.append(f"{asked}: {has or 'missing'}")
    return found


def reached(lines: Iterable[str]) -> dict[str, set[str]]:
    """All that these lines bring, also in turn: the extras of each."""
    found: dict[str, set[str]] = {}
    waiting = [Requirement(line) for line in lines]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if (name in found and asked.extras <= found[name]) or name not in here():
            continue
        extras = found[name] = asked.extras | found.get(name, set())
        waiting += [more for more in map(Requirement, requires(name) or ()) if counts(more, extras)]
    return found


def test_a_version_outside_its_range_is_told() -> None:
    assert unmet(["a>=1,<2", "b<3", 'c; python_version < "3"'], {"a": "1.5", "b": "2.9"}) == []
    assert unmet(["A_a<2"], {"a-a": "2.0"}) == ["A_a<2: 2.0"]
    assert unmet(["b>=1"], {}) == ["b>=1: missing"]


def test_every_range_of_conda_holds_what_runs_here() -> None:
    lines = [f"{name}{spec}" for name, spec in conda_ranges().items()]
    assert len(lines) == len(PROJECT["dependencies"]) and unmet(lines, here()) == []


def test_every_range_of_each_extra_holds_what_runs_here() -> None:
    """Only the extra of the tests must be here; of others, what happens to be."""
    for extra, lines in PROJECT["optional-dependencies"].items():
        wrong = unmet(lines, here())
        assert [line for line in wrong if extra == "test" or not line.endswith("missing")] == [], extra


def test_what_runs_here_is_one_solution_of_all_ranges() -> None:
    """Each package that comes along gets what it asks for, so a solver finds at least this one."""
    found = reached(PROJECT["dependencies"])
    assert {"jupyter-server", "tornado", "rfc3987-syntax"} <= {*found}  # the last by an extra of another
    wrong = {name: unmet(requires(name) or (), here(), extras) for name, extras in found.items()}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


def test_the_run_at_both_ends_finds_its_pythons_and_its_tests() -> None:
    """The run itself is by hand: CONTRIBUTING.md says when."""
    assert oldest_newest.versions("oldest") == [PROJECT["requires-python"].removeprefix(">=")]
    newest = oldest_newest.versions("newest")
    assert newest[-1] == "3.11" and newest.index("3.14") < newest.index("3.13")
    assert all((ROOT / word).exists() for word in oldest_newest.TESTS if word.startswith(("tests/", "src")))
