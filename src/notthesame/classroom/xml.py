"""XML that is the same bytes each time: elements with text, indented, in UTF-8."""

from __future__ import annotations

from xml.etree import ElementTree

from .items import writable

Element = ElementTree.Element


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child, with this text.

    >>> child(Element("name"), "text", "a < b").text
    'a < b'
    """
    made = ElementTree.SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def plain(text: str) -> str:
    """A text that is no HTML, on one line, without what XML cannot hold.

    >>> plain("a & b" + chr(10) + "c")
    'a & b c'
    """
    return writable(" ".join(text.split()))


def written(root: Element) -> bytes:
    """The whole file.

    >>> written(Element("quiz"))
    b"<?xml version='1.0' encoding='utf-8'?>\\n<quiz />\\n"
    """
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
