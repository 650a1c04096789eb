r"""A beginner's slips of Python: for each one line in plain words, above Python's own message.

A slip is known by its line, by Python's message, or by both. What is not in the list gets no line of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = r"\"[^\"]*\"|'[^']*'"  # a whole text within quotes
_BEFORE = rf"^(?:[^\"']|(?:{_TEXT})(?!\w))*"  # a line up to a text that goes on after its quote
_WORDS = r"(?:and|class|def|elif|else|for|from|if|import|in|is|not|or|return|while|with)\b"  # Python's own
_CURLY = "These quotation marks are curly. Type straight ones: \" or '."


@dataclass(frozen=True)
class Slip:
    """Patterns for the line and for Python's message; ``bare``: texts in quotes are taken out of the line."""

    words: str
    line: str = ""
    message: str = ""
    bare: bool = True

    def fits(self, line: str, message: str) -> bool:
        """Whether a line with this message of Python's is such a slip."""
        seen = re.sub(_TEXT, '""', line) if self.bare else line
        return bool(re.search(self.message, message) and re.search(self.line, seen.partition("#")[0]))


_VALUE = r"^invalid syntax|^invalid decimal|invalid character|'.' was never closed|unterminated"
# The first that fits is said.
SLIPS = (
    Slip(_CURLY, "[“”‘’„«»]", "invalid character"),
    Slip(_CURLY, r"[“”‘’][\s,)\]]*$", "unterminated"),
    Slip(
        "The apostrophe ends a text that begins with '. Put the text in double quotes: \"It's\".",
        _BEFORE + r"'[^']*'\w",
        bare=False,
    ),
    Slip(
        "A quotation mark inside a text ends it. Put single quotes around the text: 'She said \"yes\".'",
        _BEFORE + r"\"[^\"]*\"\w",
        bare=False,
    ),
    Slip(
        "A text ends on the line on which it begins. Close it with the quote that it begins with; a text of "
        'several lines has three, """, at both ends.',
        message="unterminated",
    ),
    Slip("Leave out the >>> at the beginning.", r"^\s*>>>"),
    Slip("% is no per cent in Python. Give the number alone, as in 19.", r"\d\s*%\s*(?:[),\]}]|$)", _VALUE),
    Slip("Give the number alone, without a sign for money, as in 5.", r"[$€£]\s*\d|\d\s*[$€£]"),
    Slip("Decimals have a point in Python, not a comma, as in 0.05.", r"\d,0\d", "leading zeros"),
    Slip("A number does not begin with 0. Write 12, and not 012.", message="leading zeros"),
    Slip("Write a large number without blanks, as in 1000.", r"\b\d{1,3} \d{3}\b", _VALUE + "|comma"),
    Slip("A number has one point, and no second one or comma: 1234.5.", r"\d\.\d+\.\d|\d,\d+\.\d+,", _VALUE),
    Slip(
        "This sign is none of Python's. Type * for times, / for divided by, - for minus.",
        "[×·÷–—−]",
        "invalid character",
    ),
    Slip(
        "To compare two values write == and not =.",
        r"^\s*(?:if|elif|while|assert|print|nts)\b",
        "Maybe you meant '=='",
    ),
    Slip("A name holds no hyphen. Write _ there, as in my_share.", r"^\s*[a-z]\w*(-[a-z]\w*)+\s*=(?!=)"),
    Slip("The name stands before =, its value after it, as in x = 5.", message="cannot assign to literal"),
    Slip(
        "A name holds no blank. Write _ there, as in my_share.",
        rf"^\s*(?!{_WORDS})[a-z]\w* (?!{_WORDS})[a-z]\w*( \w+)*\s*=(?!=)",
        "^invalid syntax",
    ),
    Slip(
        "Give the number alone, without words after it.",
        rf"[^\w]\d[\d.]* (?!{_WORDS})[a-z]+(?![\w.(])",
        _VALUE,
    ),
    Slip("This closing bracket is of another kind than the one that was opened.", message="does not match"),
    Slip("There is a closing bracket too many, or an opening one is missing.", message="^unmatched"),
    Slip("A bracket is opened here and never closed. Add the closing one.", message="was never closed"),
    Slip("What print is to print stands within brackets: print(...).", message="Missing parentheses"),
    Slip(
        "Two commands stand on one line. Put each on its own.",
        r"(?:[)\d\"]|\bnts)\s+[a-z]\w*\.?\w*[(=]",
    ),
    Slip("Something is missing here, most likely a comma between two values.", message="forgot a comma"),
    Slip("This line ends in a colon, as in: if x == 3:", message="^expected ':'"),
    Slip(
        "What belongs to the line above begins with four blanks.",
        message="^expected an indented block",
    ),
    Slip("Begin this line at the left, without blanks before it.", message="^unexpected indent"),
    Slip("The line breaks off: something is missing at its end.", r"[-+*/=<>]\s*$", "^invalid syntax"),
    Slip("A name does not begin with a digit, and 2 times x is 2 * x.", r"\b\d+[a-z]", "^invalid decimal"),
)


def in_plain_words(error: SyntaxError) -> str:
    """One line that says what is wrong and what to type; nothing for an error that is not in the list.

    >>> try:
    ...     compile("x = 19 %", "cell", "exec")
    ... except SyntaxError as error:
    ...     in_plain_words(error)
    'Line 1: % is no per cent in Python. Give the number alone, as in 19.'
    """
    line, message = (error.text or "").rstrip(), str(error.msg)
    found = next((slip.words for slip in SLIPS if slip.fits(line, message)), "")
    return f"Line {error.lineno}: {found}" if found else ""
