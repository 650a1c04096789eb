"""The house itself: what is declared once agrees with what is declared twice, and the doors open."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.setup.loaded import load_start

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def ran(*command: str | Path) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


# --- what is said twice ---


def imported(code: str) -> set[str]:
    """What code imports, at its head or later, that is neither Python's own nor the course's."""
    nodes = list(ast.walk(ast.parse(code)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"notthesame"}


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions of each package here; to look takes a tenth of a second."""
    return packages_distributions()


def undeclared(code: str, extras: tuple[str, ...] = ()) -> set[str]:
    """The imports of code that no line of pyproject.toml asks for."""
    groups = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    declared = {canonicalize_name(Requirement(line).name) for lines in groups for line in lines}
    packages = installed()
    return {
        name for name in imported(code) if not declared & {*map(canonicalize_name, packages.get(name, ()))}
    }


# The extras of rooms that no learner runs.
_NOT_LEARNERS = {"authoring": ("test",), "site": ("site",), "stick": ("stick",)}


def test_what_the_package_imports_is_declared() -> None:
    for path in (*(ROOT / "src").rglob("*.py"), *(ROOT / "exercises" / "checks").glob("*.py")):
        extras = _NOT_LEARNERS.get(path.parent.name, ())
        assert not undeclared(path.read_text("utf-8"), extras), path.name


def test_the_tests_have_what_the_pages_need() -> None:
    extras = PROJECT["optional-dependencies"]
    assert {*extras["site"]} < {*extras["test"]}


def test_an_import_that_is_not_declared_is_noticed() -> None:
    assert undeclared("import re\nfrom . import x\nfrom markupsafe import escape\nimport yaml") == set()
    late = "def f():\n    import pygments.lexers\n    from nbclient import NotebookClient\n    import nowhere"
    assert undeclared(late) == {"pygments", "nbclient", "nowhere"}
    assert undeclared(late, ("test",)) == {"pygments", "nowhere"}


def test_versions_agree() -> None:
    import notthesame

    version = PROJECT["version"]
    assert notthesame.__version__ == version
    assert yaml.safe_load(text("CITATION.cff"))["version"] == version
    assert re.findall(r"^## (\S+)", text("CHANGELOG.md"), flags=re.M)[0] == version
    assert f"Version {version} " in text("README.md")
    assert f"version {version}," in text("LICENSE-TEXT.md")


def test_the_readme_names_the_two_commands_and_its_links_lead_somewhere() -> None:
    commands = re.findall(r"^    (\S.*)$", text("README.md"), flags=re.M)
    assert commands == ["python start.py", "make test"]
    for page in ("README.md", "CONTRIBUTING.md", "LICENSE-TEXT.md"):
        for target in re.findall(r"\]\(([^)\s]+)", re.sub(r"(?s)```.*?```", "", text(page))):
            assert target.startswith("https://") or (ROOT / target).exists(), f"{page}: {target}"


# --- make ---


def make_verbs() -> list[str]:
    return re.findall(r"^  make (\w+)", ran("make"), flags=re.M)


@needs_make
def test_make_alone_lists_every_verb() -> None:
    targets = re.findall(r"^([a-z]+):", text("Makefile"), flags=re.M)
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), flags=re.M)
    assert phony and make_verbs() == targets == phony[1].split()
    assert {"lab", "setup", "test", "fast", "run", "data", "audit", "site", "html", "bench", "clean"} < set(
        targets
    )


@needs_make
def test_every_verb_of_make_is_one_that_start_knows() -> None:
    start = load_start()
    known = {"lab", "setup", "test", "fast", *start.PASSED_ON}
    called = {verb: re.findall(r"start\.py (\w+)", ran("make", "-n", verb)) for verb in make_verbs()}
    assert {verb for verb, calls in called.items() if not calls} == {"help", "clean"}
    assert {call for calls in called.values() for call in calls} == known


@needs_make
def test_one_act_has_one_name() -> None:
    """make, start.py and the package call the same thing the same."""
    start = load_start()
    for verb in make_verbs():
        assert re.findall(r"start\.py (\w+)", ran("make", "-n", verb)) in ([verb], []), verb
    for verb, (_, command) in start.PASSED_ON.items():
        assert command[:2] != ["-m", "notthesame"] or command[2] == verb


# --- the package ---

HEAVY = ["numpy", "pandas", "matplotlib", "scipy", "statsmodels", "networkx", "ipywidgets", "anywidget"]
HEAVY += ["IPython", "yaml", "cattrs", "jupyterlab"]


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, notthesame; print(*sys.modules)"
    assert not set(ran(sys.executable, "-c", script).split()) & set(HEAVY)


def test_the_package_imports_where_the_heavy_libraries_are_absent() -> None:
    script = f"import sys; sys.modules.update(dict.fromkeys({HEAVY})); import notthesame; dir(notthesame)"
    ran(sys.executable, "-c", script)


def test_the_wheel_carries_the_course(tmp_path: Path) -> None:
    ran(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    package = tmp_path / "site/notthesame"
    pairs = [
        ("src/notthesame", "."),
        ("data", "_course/data"),
        ("exercises/questions", "_course/exercises/questions"),
    ]
    pairs += [("exercises/checks", "_course/exercises/checks")]
    for here, there in pairs:
        files = {path.relative_to(ROOT / here) for path in (ROOT / here).rglob("*") if path.is_file()}
        own = {"__pycache__", ".ipynb_checkpoints"}
        wanted = {path for path in files if not own & {*path.parts} and not path.name.startswith(".")}
        assert wanted and all((package / there / path).is_file() for path in wanted), here
    assert (package / "_course/exercises/misconceptions.yaml").is_file()
    served = tmp_path / "site/notthesame-0.1.0.data/data/share/jupyter/labextensions/notthesame"
    extension = json.loads((served / "package.json").read_text("utf-8"))
    assert (served / extension["jupyterlab"]["_build"]["load"]).is_file()
    assert (served / "static/dark.css").is_file()
    assert not [*package.rglob(".ipynb_checkpoints")]  # where JupyterLab keeps a learner's copies

    fact = re.search(r"- id: (\S+)", next((ROOT / "data/facts").glob("*.yaml")).read_text("utf-8"))
    assert fact
    script = "import sys; sys.path.insert(0, sys.argv[1]); import notthesame as n"
    script += "; print(n.__file__, n.fact(sys.argv[2]).id)"
    done = ran(sys.executable, "-c", script, tmp_path / "site", fact[1])
    assert done.split() == [str(package / "__init__.py"), fact[1]]


# --- nothing of the machine it was made on ---


def test_no_file_names_a_machine_or_a_registry() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    # jovyan is the home folder on Binder and hubs, so documents may name it
    folders = rf"(?<![\w.])/(?:home/(?!jovyan)[a-z]|root/)|C:\\+Users\\|{re.escape(str(ROOT))}/"
    pattern = re.compile(folders + r"|pypi[.]org/simple|(?:index-url|find-links)[ =]+\S*/")
    own = "test_house.py"  # it has to spell the patterns out
    names = ran("git", "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    found = {}
    for path in (ROOT / name for name in names if name and not name.endswith(own)):
        if path.is_file() and (hit := pattern.search(path.read_text("utf-8", errors="replace"))):
            found[str(path.relative_to(ROOT))] = hit[0]
    assert not found
