"""The same question in other tools' forms: text, options and reasons as ours, in the shape each asks for."""

from __future__ import annotations

import json

from notthesame.questions import Question

JUPYTERQUIZ = "from jupyterquiz import display_quiz"
IPYQUIZJB = "import ipyquizjb"
WIDGETS = "import ipywidgets\nfrom IPython.display import display"


def stem(question: Question) -> str:
    return f"{question.case} {question.stem}".strip()


def jupyterquiz(question: Question) -> str:
    """A call of display_quiz; the questions stand in the cell, as in its documentation."""
    answers = [
        {"answer": option.text, "correct": letter in question.key, "feedback": option.reason}
        for letter, option in question.options.items()
    ]
    return f"display_quiz({[{'question': stem(question), 'type': 'multiple_choice', 'answers': answers}]!r})"


def ipyquizjb(question: Question) -> str:
    """A call of display_json. It has notes for the question as a whole and none for an option."""
    entry = {
        "type": "MULTIPLE_CHOICE",
        "body": stem(question),
        "answers": [option.text for option in question.options.values()],
        "answer": [question.options[letter].text for letter in question.key],
        "notes": [option.reason for option in question.options.values()],
    }
    return f"ipyquizjb.display_json({json.dumps({'questions': [entry]}, ensure_ascii=False)!r})"


def widgets(question: Question) -> str:
    """Plain ipywidgets: RadioButtons, Button and HTML, with the reason looked up in Python."""
    reasons = {option.text: option.reason for option in question.options.values()}
    return (
        f"reasons = {reasons!r}\n"
        "choice = ipywidgets.RadioButtons(options=list(reasons), value=None)\n"
        "check, said = ipywidgets.Button(description='Check'), ipywidgets.HTML()\n"
        "check.on_click(lambda _: setattr(said, 'value', f'<p>{reasons.get(choice.value)}</p>'))\n"
        f"display(ipywidgets.HTML({stem(question)!r}), choice, check, said)"
    )
