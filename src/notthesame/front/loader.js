// What each control carries in place of its script: it finds the one model of the notebook that holds script and
// style for all controls of its kind, so that a saved notebook keeps them once. front/widget.py is its other half.

// Kept with the page, as each control has a module of its own.
const page = /** @type {{ notthesameScripts?: Map<string, Promise<Drawing>> }} */ (globalThis);
page.notthesameScripts ??= new Map();
const loaded = page.notthesameScripts;

/** @param {Model<HolderTraits>} holder */
function load(holder) {
  const script = holder.get("script");
  const known = loaded.get(script);
  if (known) return known;
  document.head.append(Object.assign(document.createElement("style"), { textContent: holder.get("style") }));
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const module = /** @type {Promise<Drawing>} */ (import(address));
  loaded.set(script, module);
  return module;
}

// JupyterLab writes a model's state into the notebook; where a learner is not to be recorded, without what is theirs.
/** @param {Model<HeldTraits> & Stored} model */
function keepOut(model) {
  if (Object.hasOwn(model, "get_state")) return; // drawn before
  const whole = model.get_state.bind(model);
  model.get_state = (dropDefaults) => ({ ...whole(dropDefaults), ...model.get("instead") });
}

// JupyterLab leaves out of a saved notebook each widget that no kernel knows (jupyterlab_widgets 3.0.17), so one that
// is opened, not run, and saved would lose its controls. While it saves, those on the page count as known.
/** @param {Models} models */
function keepShown(models) {
  const { get_state_sync: whole, _modelsSync: every } = models;
  if (!whole || !every || Object.hasOwn(models, "get_state_sync")) return;
  models.get_state_sync = (options) => {
    const shown = [...every.values()].filter((model) => Object.keys(model.views ?? {}).length);
    const wanted = shown.flatMap((model) => [model, every.get(idOf(model.get("holder")))]).filter(Boolean);
    const parts = wanted.flatMap((model) => [model, model.get("layout")]);
    const asleep = parts.filter((model) => model && !model.comm_live);
    for (const model of asleep) model.comm_live = true;
    try {
      return whole.call(models, options);
    } finally {
      for (const model of asleep) model.comm_live = false;
    }
  };
}

/** @param {string} [reference] */
const idOf = (reference = "") => reference.slice("IPY_MODEL_".length);

// When a saved notebook is opened its models come one by one, so this one may be drawn before the other is there.
/** @param {Models} models @param {string} id */
async function waitFor(models, id) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await models.get_model(id);
    } catch (error) {
      if (tries === 100) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

export default {
  /** @param {Context<HeldTraits> & { model: { widget_manager: Models } }} context */
  async render({ model, ...rest }) {
    const find = (/** @type {"holder" | "itself"} */ name) =>
      waitFor(model.widget_manager, idOf(model.get(name)));
    keepShown(model.widget_manager);
    keepOut(/** @type {Model<HeldTraits> & Stored} */ (await find("itself")));
    const { default: drawing } = await load(/** @type {Model<HolderTraits>} */ (await find("holder")));
    return drawing.render({ model, ...rest });
  },
};
