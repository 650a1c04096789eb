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
      waitFor(model.widget_manager, model.get(name).slice("IPY_MODEL_".length));
    keepOut(/** @type {Model<HeldTraits> & Stored} */ (await find("itself")));
    const { default: drawing } = await load(/** @type {Model<HolderTraits>} */ (await find("holder")));
    return drawing.render({ model, ...rest });
  },
};
