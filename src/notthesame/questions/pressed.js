// A button, and a line that says what came of it: nothing is on the page before somebody asks for it. Python counts
// `told` up when its answer is there, which is also the sign that the kernel is there.

const PATIENCE = 8000; // milliseconds; the first press may load much

/**
 * @template {PressedTraits} Traits
 * @param {Context<Traits>} context
 * @param {PressSettings} settings
 */
function onPress({ model, el }, { words, label, lost, nodes, update }) {
  const status = liveRegion("p", "nts-note");
  let waiting = 0;
  const press = button(words, () => {
    status.textContent = "";
    waiting = setTimeout(() => { status.textContent = lost; }, PATIENCE);
    model.set("pressed", model.get("pressed") + 1);
    model.save_changes();
  });
  const show = () => {
    clearTimeout(waiting);
    status.textContent = model.get("message");
    update(press);
  };
  const form = element("section", { className: "nts-front nts-control" }, press, status, ...nodes);
  form.setAttribute("aria-label", label);
  guardKeys(form, ["ArrowUp", "ArrowDown"]);
  model.on("change:told", show);
  show();
  el.append(form);
  return () => {
    clearTimeout(waiting);
    model.off("change:told", show);
  };
}
