"""The ranges of versions that we ask for: said alike in both places, and held by what runs here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

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


def test_conda_and_pip_install_the_same_ranges() -> None:
    conda = conda_packages()
    names = {"matplotlib-base": "matplotlib"}  # the same library without a window toolkit
    ranges = {
        names.get(name, name): SpecifierSet(spec)
        for name, spec in conda.items()
        if name not in ("python", "pip")
    }
    wanted = {(req := Requirement(line)).name.lower(): req.specifier for line in PROJECT["dependencies"]}
    assert ranges == wanted


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
