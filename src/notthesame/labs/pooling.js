// The pooling lab. The pool, the picture and every sentence come from Python.

// The studies: a box for each; one at least stays.
/** @param {BoardTools<PoolingTraits>} tools */
function studyPart({ model, send, refuse }) {
  const boxes = model.get("listed").map(([name, label]) => {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      const studies = boxes.filter(({ node }) => node.checked).map((made) => made.name);
      if (studies.length) send({ studies });
      else {
        box.checked = true;
        refuse("One study at least has to stay.");
      }
    });
    return { name, node: box, label: element("label", {}, box, label) };
  });
  return {
    node: fieldset("Studies in the pool", ...boxes.map(({ label }) => label)),
    update() {
      for (const { name, node } of boxes) node.checked = model.get("studies").includes(name);
    },
  };
}

// The baseline: a slider that tells its value as it moves.
/** @param {BoardTools<PoolingTraits>} tools */
function baselinePart({ model, send, limits }) {
  const [min, max] = limits("baseline").map(String);
  const slider = element("input", { type: "range", min, max, step: "1" });
  const value = element("span");
  const tell = () => {
    value.textContent = `${slider.value} of 100`;
    slider.setAttribute("aria-valuetext", value.textContent);
  };
  slider.addEventListener("input", () => {
    tell();
    send({ baseline: Number(slider.value) });
  });
  const label = element("label", { className: "nts-slider" },
    element("span", { textContent: "Risk of those not exposed" }), slider);
  return {
    node: fieldset("Odds to risks", element("div", { className: "nts-row" }, label, value)),
    update() {
      slider.value = String(model.get("baseline"));
      tell();
    },
  };
}

/** @type {LabSettings<PoolingTraits>} */
const LAB = {
  className: "nts-drawn nts-pooling", label: "Pooling lab", old: "the picture is",
  patience: 8000, // the first pool is slow
};

/** @param {Context<PoolingTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, status, send } = tools;
  /** @type {BoardTools<PoolingTraits>} */
  const given = {
    model,
    send,
    refuse: (why) => { status.textContent = why; },
    limits: (name) => model.get("ranges")[name],
  };
  const { interval } = model.get("choices");
  /** @type {[string, Input<PoolingTraits>[]][]} */
  const groups = [["How they are pooled", [
    ["interval", "Interval for", "select", 0, interval],
  ]]];
  const board = inputBoard(groups, given, backButton(model, send));
  const [studies, baseline] = [studyPart(given), baselinePart(given)];
  board.node.prepend(studies.node);
  board.node.lastElementChild?.before(baseline.node);
  const whole = {
    node: board.node,
    update() {
      for (const part of [studies, board, baseline]) part.update();
    },
  };
  return boardAndAnswer(tools, whole, picturePart(model));
});

export default { render };
