"""IBM's engine for accessibility, a second one beside axe; it comes from npm (tests/node_tools.py)."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.node_tools import tool

CHECK = """async part => {
  for (const block of document.querySelectorAll('details')) block.open = true;
  const checked = part ? document.querySelector(part) : document;
  const { results } = await new ace.Checker().check(checked, ['IBM_Accessibility', 'WCAG_2_2']);
  if (!results.length) return ['the engine checked nothing'];
  return results.filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
    .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet}`);
}"""


def violations(page: Page, part: str = "") -> list[str]:
    """What IBM's engine finds against its own rules and WCAG 2.2, with every block open."""
    script = tool("accessibility-checker-engine/ace.js").read_text(encoding="utf-8")
    page.evaluate(f"{script}; window.ace = ace;")
    found: list[str] = page.evaluate(CHECK, part)
    return found
