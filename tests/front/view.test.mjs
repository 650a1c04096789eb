// The script's reply to an answer is Python's, word for word: for every question, and for each answer of many.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { explained, reply, readNumber } = await import(`${process.env.NOTTHESAME_MODULES}/view.mjs`);
const asked = JSON.parse(readFileSync(`${process.env.NOTTHESAME_MODULES}/replies.json`, "utf8"));

test("there are questions of every kind, and tests that give nothing away", () => {
  const kinds = new Set(asked.map(({ question }) => question.kind));
  assert.deepEqual([...kinds].sort(), ["multiple", "numeric", "ordering", "single"]);
  assert.ok(asked.some(({ question }) => question.mode === "test"));
});

for (const { question, cases, explained: reasons } of asked) {
  test(`${question.id}: ${cases.length} answers, and every reason`, () => {
    for (const [response, first, expected] of cases) {
      assert.deepEqual(reply(question, response, first), expected, JSON.stringify([response, first]));
    }
    if (question.solution) assert.deepEqual(explained(question), reasons);
  });
}

test("to tick everything earns nothing, and half an order a part", () => {
  const reasons = { a: "A", b: "B", c: "C", d: "D" };
  const of = (kind, key) => ({ kind, wanted: "", solution: { key, reasons } });
  assert.equal(reply(of("multiple", ["a", "b"]), ["a", "b", "c", "d"]).credit, 0);
  assert.equal(reply(of("multiple", ["a", "b"]), ["a"]).status, "partly right");
  assert.equal(reply(of("ordering", ["a", "b", "c", "d"]), ["b", "a", "c", "d"]).status, "partly right");
  assert.equal(reply(of("ordering", ["a", "b", "c", "d"]), ["d", "c", "b", "a"]).credit, 0);
});

test("a number is read or refused, never guessed", () => {
  assert.deepEqual(["15", " 1,200.5 ", "\u22122"].map(readNumber), [15, 1200.5, -2]);
  assert.deepEqual(["", "abc", "1e999", "--1", "0x10"].map(readNumber), [null, null, null, null, null]);
});
