// The list lab. The surveys, the picture and every sentence come from Python.

/** @type {[string, Input<ListTraits>[]][]} */
const GROUPS = [
  ["The people", [
    ["n", "People asked (n)", "number", 50],
    ["share", "True share, per cent", "number", 1],
    ["hides", "Of these, hide when asked, per cent", "number", 5],
  ]],
  ["The list", [["items", "Harmless items on it", "number", 1]]],
];

/** @type {LabSettings<ListTraits>} */
const LAB = { className: "nts-drawn", label: "List lab", old: "the picture is" };

/** @param {Context<ListTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, status, send } = tools;
  /** @param {string} why */
  const refuse = (why) => { status.textContent = why; };
  /** @param {string} name */
  const limits = (name) => model.get("ranges")[name];
  const fresh = button("New surveys", () => send({ seed: model.get("seed") + 1 }));
  const board = inputBoard(GROUPS, { model, send, refuse, limits }, fresh, backButton(model, send));
  const caption = "Synthetic surveys: average in per cent, the rest in points";
  return boardAndAnswer(tools, board, tabledPart(model, caption, model.get("heads")));
});

export default { render };
