// The lab of unseen people. The models, the resamples, the picture and every sentence come from Python.

const LISTS = "LA: local authorities; NG: non-governmental organisations; PFNCA: police and crime agency; " +
  "GO: government; GP: the public.";

// The terms of one's own model: a box for each.
/** @param {BoardTools<UnseenTraits>} tools */
function termPart({ model, send }) {
  const boxes = model.get("listed").map((name) => {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () =>
      send({ terms: boxes.filter((made) => made.box.checked).map((made) => made.name) }));
    return { name, box, label: element("label", {}, box, name) };
  });
  return {
    node: fieldset("Terms of your model", element("p", {}, LISTS), ...boxes.map(({ label }) => label)),
    update() {
      for (const { name, box } of boxes) box.checked = model.get("terms").includes(name);
    },
  };
}

/** @type {LabSettings<UnseenTraits>} */
const LAB = {
  className: "nts-drawn nts-unseen", label: "Lab of unseen people", old: "the picture is", alive: ["tally"],
  patience: 8000, // the first look at all models is slow
};

/** @param {Context<UnseenTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, status, send } = tools;
  /** @type {BoardTools<UnseenTraits>} */
  const given = { model, send, refuse: (why) => { status.textContent = why; }, limits: () => [] };
  const { charge, infinite, reselect } = model.get("choices");
  /** @type {[string, Input<UnseenTraits>[]][]} */
  const groups = [
    ["How terms are charged", [
      ["charge", "Criterion", "select", 0, charge],
      ["infinite", "Terms whose pair shares nobody", "select", 0, infinite],
    ]],
    ["Resamples", [["reselect", "The model", "select", 0, reselect]]],
  ];
  const board = inputBoard(groups, given, backButton(model, send));
  const terms = termPart(given);
  board.node.prepend(terms.node);
  const whole = {
    node: board.node,
    update() {
      terms.update();
      board.update();
    },
  };
  const trial = trialPart(model, send, `Draw ${model.get("tries")} resamples`, "Resamples drawn");
  return boardAndAnswer(tools, whole, picturePart(model), trial);
});

export default { render };
