// The end of a test: one button, and then what Python says of each question. Nothing is known here before.

const NO_KERNEL = "The kernel does not answer. Run this cell again to see the reasons.";
const PATIENCE = 3000; // milliseconds

/** @param {Context<TestReasonsTraits>} context */
function render({ model, el }) {
  const status = liveRegion("p", "nts-note");
  const list = element("ol", { className: "nts-reasons" });
  let waiting = 0;
  const open = button("Show reasons", () => {
    status.textContent = "";
    waiting = setTimeout(() => { status.textContent = NO_KERNEL; }, PATIENCE);
    model.set("pressed", model.get("pressed") + 1);
    model.save_changes();
  });
  const show = () => {
    clearTimeout(waiting);
    status.textContent = model.get("message");
    const entries = model.get("entries");
    list.hidden = !entries.length;
    list.replaceChildren(...entries.map(({ stem, lines }) =>
      element("li", {}, paragraph(stem, ""), ...lines.map(([head, text]) => paragraph(head, text)))));
  };
  const form = element("section", { className: "nts-front nts-control" }, open, status, list);
  form.setAttribute("aria-label", "Reasons of the test");
  guardKeys(form, ["ArrowUp", "ArrowDown"]);
  model.on("change:told", show);
  show();
  el.append(form);
  return () => {
    clearTimeout(waiting);
    model.off("change:told", show);
  };
}

export default { render };
