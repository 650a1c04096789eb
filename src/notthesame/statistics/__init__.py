"""Statistics: thin layers over statsmodels and scipy, own code only where no library has it."""

from importlib import import_module
from types import ModuleType

PUBLIC = (
    "pooling",
    "sampling",
    "sensitive_questions",
)  # modules that a notebook has by name; each loads when first asked for


def __getattr__(name: str) -> ModuleType:
    if name in PUBLIC:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__} has no attribute {name!r}")
