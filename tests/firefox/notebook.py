"""The steps a learner takes in a notebook of JupyterLab, in Firefox."""

from __future__ import annotations

import secrets
from typing import Any

from tests.firefox.fox import Fox
from tests.jupyter import CELLS, LIVE, Lab

USABLE = ", ".join(f"{part}:has(input:enabled, select:enabled, button:enabled)" for part in LIVE)
_COUNT = "document.querySelectorAll(arguments[0]).length"


def open_notebook(fox: Fox, lab: Lab, path: str) -> None:
    """A notebook in a fresh workspace; a page before it that asks whether to leave is not heard."""
    workspace = f"test-{secrets.token_hex(4)}"
    fox.go(f"{lab.url}/lab/workspaces/{workspace}/tree/{lab.place(path)}?reset&token={lab.token}")
    fox.until("document.querySelector('.jp-Notebook .jp-Cell')", seconds=60)


def command(fox: Fox, name: str, **arguments: Any) -> None:
    """Run one of JupyterLab's commands, as its menu does."""
    fox.run("jupyterapp.commands.execute(arguments[0], arguments[1])", name, arguments)


def run_all(fox: Fox, seconds: float = 120) -> None:
    """Run All, once the kernel is really connected: pressed earlier it is lost without a word."""
    fox.until("document.querySelector('#jp-main-statusbar')?.textContent.includes('| Idle')", seconds=seconds)
    command(fox, "notebook:run-all-cells")
    prompts = f"[...document.querySelectorAll('{CELLS} .jp-InputArea-prompt')]"
    fox.until(f"{prompts}.every(prompt => /\\[\\d+\\]:/.test(prompt.textContent))", seconds=seconds)


def save(fox: Fox) -> None:
    command(fox, "docmanager:save")
    fox.until("!document.querySelector('.jp-mod-dirty')")


def alive(fox: Fox, least: int = 0) -> int:
    """How many questions, tasks and labs can be used: something in them takes a choice or a press."""
    fox.until(f"{_COUNT} >= arguments[1]", USABLE, least)
    return int(fox.run(f"return {_COUNT}", USABLE))


def answer(fox: Fox) -> None:
    """Answer the first question of one choice by mouse, and read the verdict."""
    form = fox.find("form.nts-control:has(input[type=radio])")
    fox.click(fox.all("input[type=radio]", form)[-1])
    fox.click(fox.find("button[type=submit]", form))
    fox.until("/^(Right|Not)/.test(arguments[0].querySelector('[role=status]').textContent)", form)
