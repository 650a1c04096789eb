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

export default {
  /** @param {Context<HeldTraits> & { model: { widget_manager: Models } }} context */
  async render(context) {
    const id = context.model.get("holder").slice("IPY_MODEL_".length);
    const holder = await context.model.widget_manager.get_model(id);
    return (await load(holder)).default.render(context);
  },
};
