// What the form of a task says of a length.
import assert from "node:assert/strict";
import { test } from "node:test";

const { countWords, lengthTold } = await import(`${process.env.NOTTHESAME_MODULES}/form.mjs`);

test("words are counted as the checkers count them", () => {
  assert.deepEqual(["", "  ", "one", " one\n two  three. "].map(countWords), [0, 0, 1, 3]);
});

test("a length is told with what is wanted", () => {
  assert.equal(lengthTold("one", { low: 20, high: 60 }), "1 word; 20 to 60 wanted");
  assert.equal(lengthTold("", { low: 1, high: 45 }), "0 words; at most 45 wanted");
});
