// What every control does with keys.
import assert from "node:assert/strict";
import { test } from "node:test";

const { guardKeys } = await import(`${process.env.NOTTHESAME_MODULES}/base.mjs`);

// Whether a key pressed on an element of this kind gets out of the control.
function leaves(event, tagName, fromButtons) {
  let stays = false;
  const root = { addEventListener: (_, listener) => listener({
    ctrlKey: false, metaKey: false, altKey: false, target: { tagName }, ...event, stopPropagation() { stays = true; },
  }) };
  guardKeys(root, fromButtons);
  return !stays;
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

test("Shift+Enter goes on to the next cell", () => {
  assert.equal(leaves({ key: "Enter", shiftKey: true }, "TEXTAREA"), true);
  assert.equal(leaves({ key: "A", shiftKey: true }, "TEXTAREA"), false);
});

test("keys that do nothing on a button pass from there alone", () => {
  assert.equal(leaves({ key: "ArrowDown" }, "BUTTON", ["ArrowDown"]), true);
  assert.equal(leaves({ key: "ArrowUp" }, "BUTTON", ["ArrowDown"]), false);
  assert.equal(leaves({ key: "ArrowDown" }, "INPUT", ["ArrowDown"]), false);
});
