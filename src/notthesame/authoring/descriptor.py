"""data/datapackage.json: hash and size of every resource, recomputed; all else is written by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def refresh(data_dir: Path) -> str:
    """The text of ``data_dir/datapackage.json`` with the ``hash`` and ``bytes`` of each resource recomputed.

    ``hash`` is "sha256:" and 64 hexadecimal digits, ``bytes`` the size of the file. Nothing is written.
    Raises FileNotFoundError naming the descriptor or the resource that is missing, and ValueError if a path
    leads out of the folder.
    """
    package: dict[str, Any] = json.loads((data_dir / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = _content(data_dir, resource["name"], resource["path"])
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        resource["bytes"] = len(content)
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _content(data_dir: Path, name: str, path: str) -> bytes:
    file, where = data_dir / path, f"datapackage.json: the resource {name} has the path {path!r}"
    if not file.resolve().is_relative_to(data_dir.resolve()):
        raise ValueError(f"{where}; it must lie in {data_dir.name}/")
    if not file.is_file():
        raise FileNotFoundError(f"{where}, which does not exist")
    return file.read_bytes()
