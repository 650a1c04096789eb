// What each control carries in place of its script: it finds the one model of the notebook that holds script and
// style for all controls of its kind, so that a saved notebook keeps them once. front/widget.py is its other half.

const loaded = (globalThis.notthesameScripts ??= new Map());

function load(holder) {
  const script = holder.get("script");
  if (!loaded.has(script)) {
    document.head.append(Object.assign(document.createElement("style"), { textContent: holder.get("style") }));
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    loaded.set(script, import(address));
  }
  return loaded.get(script);
}

export default {
  async render(context) {
    const id = context.model.get("holder").slice("IPY_MODEL_".length);
    const { render } = (await load(await context.model.widget_manager.get_model(id))).default;
    return render(context);
  },
};
