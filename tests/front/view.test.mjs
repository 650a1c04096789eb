// The script's reply to an answer is Python's, word for word, for every question and each answer of many; and what
// it reads as a number is what Python does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { explained, reply, readNumber } = await import(`${process.env.NOTTHESAME_MODULES}/view.mjs`);
const model = (name) => JSON.parse(readFileSync(`${process.env.NOTTHESAME_MODULES}/${name}.json`, "utf8"));
const asked = model("replies");

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

test("a number is read, or refused, as Python does", () => {
  const numbers = model("numbers");
  assert.ok(numbers.filter(([, number]) => number !== null).length > 1000);
  for (const [text, number] of numbers) assert.equal(readNumber(text), number, JSON.stringify(text));
});
