// What every control does with keys.
import assert from "node:assert/strict";
import { test } from "node:test";

const { guardKeys } = await import(`${process.env.NOTTHESAME_MODULES}/base.mjs`);

// Whether a key pressed on an element of this kind gets out of the control, and whether its own effect is prevented.
function leaves(event, tagName, fromButtons, type = "keydown") {
  let found = true;
  const target = { tagName, matches: () => false };
  const root = { addEventListener: (kind, listener) => kind === type && listener({
    ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target, ...event,
    stopPropagation() { found = false; },
    preventDefault() { found = "prevented"; },
  }) };
  guardKeys(root, fromButtons);
  return found;
}

test("a plain key stays inside, on whatever it is pressed", () => {
  for (const key of ["ArrowUp", "ArrowDown", "x", "b", " ", "Enter"]) {
    for (const tagName of ["INPUT", "SELECT", "BUTTON", "DIV"]) assert.equal(leaves({ key }, tagName), false, key);
  }
});

test("Tab, Escape and keys with a modifier pass", () => {
  for (const key of ["Tab", "Escape"]) assert.equal(leaves({ key }, "INPUT"), true);
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) assert.equal(leaves({ key: "s", [modifier]: true }, "INPUT"), true);
});

test("Enter with a modifier gets out and presses nothing", () => {
  for (const modifier of ["shiftKey", "ctrlKey", "metaKey", "altKey"]) {
    for (const tagName of ["INPUT", "BUTTON"]) {
      assert.equal(leaves({ key: "Enter", [modifier]: true }, tagName), true);
      assert.equal(leaves({ key: "Enter", [modifier]: true }, tagName, [], "keypress"), "prevented");
    }
  }
  assert.equal(leaves({ key: "Enter" }, "BUTTON", [], "keypress"), true);
  assert.equal(leaves({ key: "A", shiftKey: true }, "BUTTON"), false);
});

test("keys that do nothing on a button pass from there alone", () => {
  assert.equal(leaves({ key: "ArrowDown" }, "BUTTON", ["ArrowDown"]), true);
  assert.equal(leaves({ key: "ArrowUp" }, "BUTTON", ["ArrowDown"]), false);
  assert.equal(leaves({ key: "ArrowDown" }, "INPUT", ["ArrowDown"]), false);
});
