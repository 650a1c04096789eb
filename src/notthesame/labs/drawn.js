// What labs of inputs and a picture share; labs/drawn.py puts this text after lab.js and before the script of each.
// Verdict, reasons, picture and every sentence come from Python.

/**
 * One input with its label. `limits` gives the least and the largest value that it may take now.
 * @template {DrawnTraits} Traits
 * @param {Input<Traits>} input
 * @param {BoardTools<Traits>} tools
 */
function inputPart([name, label, kind, step, words], { model, send, refuse, limits }) {
  const input = words
    ? element("select", {}, ...words.map((text) => option(text)))
    : element("input", { type: kind, required: true });
  const limit = () => {
    const [min, max] = limits(name);
    Object.assign(input, { min, max });
  };
  if (kind === "number") Object.assign(input, { step });
  let typed = false; // and not sent yet: the answer to an earlier value must not undo it
  input.addEventListener("input", () => { typed = true; });
  input.addEventListener("change", () => {
    typed = false;
    const values = /** @type {Partial<Traits>} */ ({ [name]: kind === "number" ? Number(input.value) : input.value });
    if (input.checkValidity()) send(values);
    else refuse(`${label}: ${input.validationMessage}`);
  });
  const update = () => {
    const value = String(model.get(name));
    if (!words) limit();
    const half = typed || !input.checkValidity(); // of a date, of a number
    const typing = input === document.activeElement && half;
    if (input.value !== value && !typing) input.value = value;
  };
  input.addEventListener("blur", () => setTimeout(update));
  return { node: element("label", {}, input, element("span", { textContent: label })), update };
}

// The inputs in groups, and a row of buttons below them.
/**
 * @template {DrawnTraits} Traits
 * @param {[string, Input<Traits>[]][]} groups
 * @param {BoardTools<Traits>} tools
 * @param {HTMLElement[]} buttons
 */
function inputBoard(groups, tools, ...buttons) {
  const made = groups.map(([title, inputs]) => ({ title, parts: inputs.map((input) => inputPart(input, tools)) }));
  return {
    node: element("div", { className: "nts-controls" },
      ...made.map(({ title, parts }) => fieldset(title, ...parts.map(({ node }) => node))),
      element("div", { className: "nts-row" }, ...buttons)),
    update() {
      for (const { parts } of made) for (const part of parts) part.update();
    },
  };
}

// The picture with the verdict and its reasons below.
/** @template {ToldTraits} Traits @param {Model<Traits>} model */
function picturePart(model) {
  const picture = pictureFrame(model);
  const verdict = element("strong");
  const reasons = element("div");
  return {
    nodes: [picture.node, element("p", {}, verdict), reasons],
    update() {
      picture.update();
      verdict.textContent = model.get("verdict");
      reasons.replaceChildren(...model.get("reasons").map((textContent) => element("p", { textContent })));
    },
  };
}

// The same with a table below it: the lab's rows, in which the first cell is the head of its row.
/**
 * @template {TabledTraits} Traits
 * @param {Model<Traits>} model
 * @param {string} caption
 * @param {string[]} heads
 */
function tabledPart(model, caption, heads) {
  const { nodes, update } = picturePart(model);
  const body = element("tbody");
  return {
    nodes: [...nodes, table(caption, heads, body)],
    update() {
      update();
      body.replaceChildren(...model.get("rows").map((cells) => row(...cells)));
    },
  };
}

// Tries the lab on many new draws: a button that starts and stops, and how far it got. `drawn` says what is drawn.
/**
 * @template {TriedTraits} Traits
 * @param {Model<Traits>} model
 * @param {Send<Traits>} send
 * @param {string} start
 * @param {string} drawn
 */
function trialPart(model, send, start, drawn) {
  const turn = button("", () => send(/** @type {Partial<Traits>} */ ({ testing: !model.get("testing") })));
  const bar = element("progress", { max: 1, value: 0 });
  const count = element("span");
  bar.setAttribute("aria-label", drawn);
  return {
    node: element("div", { className: "nts-row" }, turn, bar, count),
    update() {
      const { done = 0, of = 1 } = model.get("tally");
      turn.textContent = model.get("testing") ? "Stop" : start;
      Object.assign(bar, { max: of, value: done, hidden: !done });
      count.textContent = done ? `${done} of ${of}` : "";
    },
  };
}

// A lab of inputs and a picture as mount() wants it: controls beside the answer, and below it what else there is.
/**
 * @template {ToldTraits} Traits
 * @param {LabTools<Traits>} tools
 * @param {Part} board
 * @param {{ nodes: HTMLElement[], update(): void }} answer
 * @param {Part[]} others
 */
function boardAndAnswer({ status }, board, answer, ...others) {
  const said = element("div", { className: "nts-answer" }, ...answer.nodes);
  const result = element("div", { className: "nts-result" }, status, said, ...others.map(({ node }) => node));
  return {
    nodes: [element("div", { className: "nts-board" }, board.node, result)],
    update() {
      for (const part of [board, answer, ...others]) part.update();
    },
    fades: said,
  };
}
