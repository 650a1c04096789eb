// The wording table. Rows, bars and messages come from Python.

/** What the table says of itself. */
const POLLS = { first: 4, label: "Polls", caption: "Polls", others: "rows" };

/** @param {PollRow} row */
function cellsOf({ texts: [who, question, support], answers, parts }) {
  const bar = element("div", { className: "nts-bar" }, ...parts.map(([kind, , size]) => {
    const part = element("span", { className: `nts-${kind}` });
    part.style.width = `${size}%`;
    return part;
  }));
  bar.hidden = !parts.length;
  bar.setAttribute("aria-hidden", "true"); // the words below it say the same
  return [who, question, element("td", {}, bar, answers), support];
}

const LAB = { className: "nts-filtered nts-wording", label: "Wording table", old: "the table is" };

/** @param {Context<WordingTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const polls = rowsPart(model, POLLS, cellsOf);
  const counting = filterPart("Count", model, send, model.get("counting"));
  counting.node.append(backButton(model, send));
  const parts = [filterPart("Show only", model, send), counting, polls];
  return {
    nodes: [parts[0].node, counting.node, status, polls.node],
    update() {
      for (const part of parts) part.update();
    },
    fades: polls.node,
  };
});

export default { render };
