// What the scripts of the labs work out by themselves; everything else comes from Python.
import assert from "node:assert/strict";
import { test } from "node:test";

const lab = (name) => import(`${process.env.NOTTHESAME_MODULES}/${name}.mjs`);
const { marked, markOf, nextId } = await lab("argument_map");
const { stateOf } = await lab("definition_machine");
const { allowedDays } = await lab("two_events");
const { askOf, stateOf: markedAs } = await lab("own_law");

test("a claim has one mark at most", () => {
  const lists = { accepted: ["a", "b"], rejected: ["c"], unsure: [] };
  assert.deepEqual(marked(lists, "b", "reject"), { accepted: ["a"], rejected: ["c", "b"], unsure: [] });
  assert.deepEqual(marked(lists, "c", ""), { accepted: ["a", "b"], rejected: [], unsure: [] });
  assert.deepEqual(marked(lists, "a", "accept"), { accepted: ["b", "a"], rejected: ["c"], unsure: [] });
  assert.deepEqual(lists, { accepted: ["a", "b"], rejected: ["c"], unsure: [] });
  assert.deepEqual(["a", "c", "d"].map((id) => markOf(lists, id)), ["accept", "reject", ""]);
});

test("objections are counted on from the last", () => {
  assert.equal(nextId([]), "own-1");
  assert.equal(nextId([{ id: "own-2" }, { id: "own-10" }, { id: "own-3" }]), "own-11");
});

test("a feature is on, unknown or off, and off where there is no case", () => {
  const holder = { true: ["fraud"], unknown: ["force"] };
  assert.deepEqual(["fraud", "force", "threat"].map((key) => stateOf(key, holder)), ["yes", "unknown", "no"]);
  assert.equal(stateOf("fraud", undefined), "no");
});

test("the days of one event keep the gap to the other, over months and leap years", () => {
  const days = (name) => allowedDays(name, "2020-02-28", "2020-03-31", [0, 90]);
  assert.deepEqual(days("second"), ["2020-02-28", "2020-05-28"]);
  assert.deepEqual(days("first"), ["2020-01-01", "2020-03-31"]);
});

test("what a text names may be unsure, and a whole part too", () => {
  const marks = ["force", "fraud", "threat"].map((key) => markedAs(key, ["force", "fraud"], ["fraud"]));
  assert.deepEqual(marks, ["yes", "unsure", "no"]);
  assert.deepEqual([askOf("means", [], []), askOf("means", ["none"], []), askOf("means", ["force"], ["means"])],
    ["any", "none", "unsure"]);
});
