"""A page before it is built, and what it lies in."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from ..translation import later


@dataclass(frozen=True)
class Host:
    """What a page lies in, where that is more than a folder, and what differs then.

    script: takes the place of ``hydrate();``, behind the script of the questions. note: more words below the
    title. promise: what becomes of answers. leads_on: whether the page names the one before and the next.
    """

    script: str = ""
    note: str = ""
    promise: str = later("These pages send nothing anywhere and keep no answers.")
    leads_on: bool = True


@dataclass(frozen=True)
class Page:
    """One page before it is built.

    source: its source's path below the course, with forward slashes. text: markdown, or a notebook as JSON,
    whose links name sources. cells: the number of each cell of the text, counted from 1 in its notebook.
    """

    source: str
    title: str
    text: str
    cells: tuple[int, ...] = ()
    host: Host = Host()
    name: str = ""  # where it is built, if that is not where it goes

    @property
    def target(self) -> str:
        """Where the page goes, below the site's folder.

        >>> Page("instructors/README.md", "For instructors", "").target
        'instructors/index.html'
        """
        return re.sub(r"README$", "index", posixpath.splitext(self.source)[0]) + ".html"

    @property
    def built(self) -> str:
        """The name under which it is built."""
        return self.name or posixpath.splitext(self.target)[0]

    @property
    def file(self) -> str:
        """Where its text lies while it is built."""
        return self.built + (".ipynb" if self.source.endswith(".ipynb") else ".md")
