"""Not the Same: an executable, fact-checked module on sex work and sex trafficking.

Names a notebook uses come from here; ``__init__.pyi`` says where each lives. Each is loaded when first asked
for, so that ``import notthesame as nts`` costs almost nothing and needs no numpy, pandas or matplotlib.
"""

import sys
from typing import Any

import lazy_loader

from ._plain import plain, show_one_line

__version__ = "0.1.0"

if shell := getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)():
    from . import kernel

    kernel.load_ipython_extension(shell)

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        error = AttributeError(f"notthesame has no {name!r}; it offers {', '.join(__all__)}")
        show_one_line(error)
        raise error
    drew = "matplotlib" in sys.modules
    globals()[name] = found = plain(_load(name))
    if shell and not drew and "matplotlib" in sys.modules:
        kernel.settle()
    return found
