"""What everything that runs in a browser shares, and how files are joined when they are served.

anywidget takes one module and one sheet for a widget, with no imports between files. So what is shared, the
room's ``base.js`` and ``base.css``, comes before the text of the files themselves.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def script(*paths: Path) -> str:
    """One ES module: what all scripts share, then these files in their order.

    >>> script() in script(HERE / "loader.js")
    True
    """
    return _joined(HERE / "base.js", *paths)


def stylesheet(*paths: Path) -> str:
    """One sheet: what all sheets share, then these files in their order.

    >>> stylesheet().startswith("/*")
    True
    """
    return _joined(HERE / "base.css", *paths)


def paper(path: Path) -> str:
    """The sheet of a page that is printed: what all of them share, then this file.

    >>> "A4" in paper(HERE / "base.css")
    True
    """
    return _joined(HERE / "paper.css", path)


def _joined(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)
