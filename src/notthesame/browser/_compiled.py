"""Python's own library compiled, for pages: else a browser compiles each module anew, half of its start.

The compiler is Pyodide itself, run once by Node, so that the same bytes come out everywhere.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from .cache import cache_folder, keep
from .pins import is_damaged
from .pyodide import FETCH_SECONDS, Core

LIBRARY = "python_stdlib.zip"
# Of what compile.mjs makes of the pinned Pyodide; a test makes it anew.
MADE = "5b95350cd0143779d93027da83af978d4945a587fedf8d3bd1c10c48d7634546"


def library(base: Core) -> bytes:
    """The library with its modules compiled; as the publisher has it where there is no Node to do it with."""
    kept = cache_folder() / MADE / LIBRARY
    if not kept.is_file() and (made := _made(base)):
        keep(kept.parent, {LIBRARY: made})
    if kept.is_file() and not is_damaged(content := kept.read_bytes(), MADE):
        return content
    return base.files[LIBRARY]


def _made(base: Core) -> bytes:
    """What the compiler makes, if it can be run and makes what it should; else nothing."""
    if not (node := shutil.which("node")):
        return b""
    with tempfile.TemporaryDirectory() as there:
        for name, content in base.files.items():
            Path(there, name).write_bytes(content)
        made = Path(there, "made.zip")
        command = [node, str(Path(__file__).with_name("compile.mjs")), there, str(made)]
        try:
            subprocess.run(command, capture_output=True, timeout=FETCH_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return b""
        content = made.read_bytes() if made.is_file() else b""
    return b"" if is_damaged(content, MADE) else content
