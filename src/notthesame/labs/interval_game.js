// The interval game. Figures, counts, the picture and every sentence come from Python.

// One question: two boxes, and once it is settled its figure beside the interval, which then stays as it is.
/**
 * @param {GameQuestion} question
 * @param {number} place
 * @param {Model<GameTraits>} model
 * @param {Send<GameTraits>} send
 */
function questionPart({ id, ask, unit }, place, model, send) {
  const boxes = ["from", "to"].map(() => element("input", { type: "text", autocomplete: "off" }));
  const labels = boxes.map((box, end) => element("label", {}, end ? "to" : "From", box));
  const change = () => send({ typed: { ...model.get("typed"), [id]: boxes.map(({ value }) => value) } });
  for (const box of boxes) box.addEventListener("change", change);
  const found = element("span", { className: "nts-figure-found" });
  return {
    id,
    boxes,
    node: fieldset(`${place}. ${ask}`, element("div", { className: "nts-row" }, ...labels, unit, found)),
    update() {
      const row = model.get("rows")[id];
      const typed = model.get("typed")[id] ?? ["", ""];
      const wrong = String(model.get("wrong").includes(id));
      boxes.forEach((box, end) => {
        if (box !== document.activeElement || row) box.value = typed[end];
        box.readOnly = Boolean(row);
        box.setAttribute("aria-invalid", wrong);
      });
      if (!row) found.replaceChildren();
      else if (!found.firstChild) {
        found.append(element("strong", { textContent: row.figure }), `, ${row.outcome}. ${row.source}`);
      }
    },
  };
}

/** @param {Model<GameTraits>} model @param {Send<GameTraits>} send */
function game(model, send) {
  const parts = model.get("questions").map((each, place) => questionPart(each, place + 1, model, send));
  const typed = () => Object.fromEntries(parts.map(({ id, boxes }) => [id, boxes.map(({ value }) => value)]));
  const show = submitButton("Show the figures");
  const open = button("Show without guessing", () => send({ typed: typed(), skipped: model.get("skipped") + 1 }));
  const again = button("Begin again", () => {
    send({ opened: [], intervals: {}, typed: {} });
    parts[0].boxes[0].focus();
  });
  const node = element("form", { autocomplete: "off" }, ...parts.map((part) => part.node),
    element("div", { className: "nts-row" }, show, open, again));
  node.setAttribute("aria-label", "Your intervals, each to hold at 90 per cent");
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ typed: typed(), asked: model.get("asked") + 1 });
  });
  return {
    node,
    update() {
      for (const part of parts) part.update();
    },
  };
}

/** @param {Model<GameTraits>} model */
function verdictPart(model) {
  const node = element("div");
  return {
    node,
    update() {
      node.replaceChildren(...model.get("said").map((textContent) => element("p", { textContent })));
    },
  };
}

// The learner's own answers, counted when they ask for it: a table, and a picture where there are enough.
/** @param {Model<GameTraits>} model @param {Send<GameTraits>} send */
function ownPart(model, send) {
  const count = button("Count my own answers", () => send({ counts: model.get("counts") + 1 }));
  const lines = element("div");
  const body = element("tbody");
  const counted = table("Right at each confidence, in per cent", model.get("heads"), body);
  const picture = pictureFrame(model);
  return {
    node: element("div", { className: "nts-own" }, element("div", { className: "nts-row" }, count), lines, picture.node,
      counted),
    update() {
      const levels = model.get("levels");
      lines.replaceChildren(...model.get("own").map((textContent) => element("p", { textContent })));
      body.replaceChildren(...levels.map((cells) => row(...cells)));
      counted.hidden = !levels.length;
      picture.update();
    },
  };
}

/** @type {LabSettings<GameTraits>} */
const LAB = {
  className: "nts-drawn nts-interval-game", label: "Interval game", old: "what is shown is",
  patience: 8000, // the first count loads much
};

/** @param {Context<GameTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const parts = [game(model, send), verdictPart(model), ownPart(model, send)];
  const [asked, said, own] = parts.map((part) => part.node);
  const result = element("div", { className: "nts-result" }, status, said, own);
  return {
    nodes: [element("div", { className: "nts-board" }, asked, result)],
    update() {
      for (const part of parts) part.update();
    },
    fades: said,
  };
});

export default { render };
