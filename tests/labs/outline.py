"""What stands in a static block: tags, attributes, and what can be read before anything is opened."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = ("img", "br", "hr")


class Outline(HTMLParser):
    """The tags left open, the tags and attributes seen, the text, and the text outside closed blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.text = self.read_at_once = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open.count("details") <= self.open.count("summary"):
            self.read_at_once += data
