// The end of a test: one button, and then what Python says of each question. Nothing is known here before.

/** @param {Context<TestReasonsTraits>} context */
function render(context) {
  const { model } = context;
  const list = element("ol", { className: "nts-reasons" });
  return onPress(context, {
    words: say("Show reasons"),
    label: say("Reasons of the test"),
    lost: say("The kernel does not answer. Run this cell again to see the reasons."),
    nodes: [list],
    update(press) {
      const entries = model.get("entries");
      press.textContent = model.get("asks") && !entries.length
        ? say("Show reasons all the same") : say("Show reasons");
      list.hidden = !entries.length;
      list.replaceChildren(...entries.map(({ case: about, stem, lines }) =>
        element("li", {}, ...(about ? [paragraph("", about)] : []), paragraph(stem, ""),
          ...lines.map(([head, text]) => paragraph(head, text)))));
    },
  });
}

export default { render };
