"""A wheel made by hand, without a build: the same bytes for the same files."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from ..._zip import packed

_MADE = b"Wheel-Version: 1.0\nGenerator: notthesame\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel(project: Mapping[str, Any], local: str, package: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and the bytes of a wheel (PEP 427).

    project: the table of ``pyproject.toml``. local: what follows the version, so that nobody takes it for the
    whole package. package: the files of the package by their path in it.

    >>> wheel({"name": "a", "version": "1.0", "requires-python": ">=3.11"}, "b", {"__init__.py": b""})[0]
    'a-1.0+b-py3-none-any.whl'
    """
    name, version = project["name"], f"{project['version']}+{local}"
    info = f"{name}-{version}.dist-info"
    files = {f"{name}/{path}": content for path, content in package.items()}
    files |= {
        f"{info}/METADATA": _metadata(project, version).encode("utf-8"),
        f"{info}/WHEEL": _MADE,
        f"{info}/entry_points.txt": _scripts(project).encode("utf-8"),
    }
    listed = "".join(f"{path},{_sum(content)},{len(content)}\n" for path, content in sorted(files.items()))
    files[f"{info}/RECORD"] = f"{listed}{info}/RECORD,,\n".encode()
    return f"{name}-{version}-py3-none-any.whl", packed(files)


def _metadata(project: Mapping[str, Any], version: str) -> str:
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {version}",
        f"Summary: {project.get('description', '')}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {wanted}" for wanted in project.get("dependencies", ())),
    ]
    return "\n".join(lines) + "\n"


def _scripts(project: Mapping[str, Any]) -> str:
    lines = [f"{name} = {target}" for name, target in project.get("scripts", {}).items()]
    return "\n".join(["[console_scripts]", *lines]) + "\n"


def _sum(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
    return f"sha256={digest.decode('ascii')}"
