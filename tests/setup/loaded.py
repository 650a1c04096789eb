"""start.py as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

START = Path(__file__).resolve().parents[2] / "start.py"


def load_start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", START)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["start"] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
