// The loader of a control: it waits for the model that holds the script, and says what a saved notebook holds.
import assert from "node:assert/strict";
import { test } from "node:test";

const { default: loader } = await import(`${process.env.NOTTHESAME_MODULES}/loader.mjs`);

/** A control and the manager of its notebook, in which the holder of scripts comes only after some tries. */
function notebook({ late, instead = {} }) {
  const traits = { holder: "IPY_MODEL_holder", itself: "IPY_MODEL_control", instead, response: "b" };
  const whole = { get_state: () => ({ ...traits }) };
  const control = Object.assign(Object.create(whole), { get: (name) => traits[name] });
  const models = { holder: { get: () => "script" }, control };
  let tries = 0;
  const get_model = async (id) => {
    tries += 1;
    if (tries <= late) throw new Error("widget model not found");
    return models[id];
  };
  return { control, context: { model: { ...control, widget_manager: { get_model } }, el: "here" } };
}

globalThis.notthesameScripts.set("script", Promise.resolve({ default: { render: ({ el }) => `drawn ${el}` } }));

test("a control that is drawn before its holder is there waits for it", async () => {
  assert.equal(await loader.render(notebook({ late: 3 }).context), "drawn here");
});

test("a saved notebook holds the traits, or what stands in their place", async () => {
  for (const [instead, response] of [[{}, "b"], [{ response: null }, null]]) {
    const { control, context } = notebook({ late: 0, instead });
    await loader.render(context);
    await loader.render(context); // a second view of it
    assert.equal(control.get_state(true).response, response);
    assert.equal(control.get_state(true).holder, "IPY_MODEL_holder");
  }
});

test("a notebook that is saved without a kernel keeps the controls on its page, and what they need", async () => {
  const model = (traits, shown, live = false) =>
    ({ comm_live: live, views: shown ? { v: 1 } : {}, get: (name) => traits[name] });
  const [layout, below] = [model({}, false), model({}, false)];
  const every = new Map([
    ["control", model({ holder: "IPY_MODEL_holder", layout }, true)], ["layout", layout],
    ["holder", model({ layout: below }, false)], ["below", below],
    ["replaced", model({ holder: "IPY_MODEL_old" }, false)], ["old", model({}, false)], ["running", model({}, true, true)],
  ]);
  const live = () => [...every].filter(([, { comm_live }]) => comm_live).map(([id]) => id);
  const { context } = notebook({ late: 0 });
  const { get_model } = context.model.widget_manager;
  const manager = Object.assign(Object.create({ get_state_sync: live }), { _modelsSync: every, get_model });
  context.model.widget_manager = manager;
  await loader.render(context);
  await loader.render(context);
  assert.deepEqual(manager.get_state_sync({}), ["control", "layout", "holder", "below", "running"]);
  assert.deepEqual(live(), ["running"]);
});
