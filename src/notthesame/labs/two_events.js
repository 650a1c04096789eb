// The two-events lab: draws the traits and writes the learner's choices into them. The series, the fit, the picture
// and every sentence come from Python. Controls are built once and changed in place, so that none loses the focus.

const PATIENCE = 8000; // milliseconds before the learner hears that the kernel does not answer; the first fit is slow

// name, label, and for a number what one step is
const GROUPS = [
  ["The two events", [
    ["first", "First event (the seizure)", "date"],
    ["second", "Second event (the signature)", "date"],
    ["first_effect", "True change at the first", "number", 1],
    ["second_effect", "True change at the second", "number", 1],
  ]],
  ["How sharp the changes are", [
    ["lag", "Lag: days an effect takes to arrive", "number", 1],
    ["anticipation", "Anticipation: days the second begins early", "number", 1],
    ["noise", "Noise: spread of a day", "number", 0.5],
    ["carry", "Noise carried over to the next day", "number", 0.1],
  ]],
  ["The record", [
    ["window", "Days recorded on each side", "number", 10],
    ["begins", "Record begins", "select", ["before both", "between them", "after both"]],
  ]],
];

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// --- parts, each with node and update(model)

function control([name, label, kind, more], model, send, refuse) {
  const input = kind === "select"
    ? element("select", {}, ...more.map((text) => element("option", { value: text, textContent: text })))
    : element("input", { type: kind, required: true });
  if (kind === "number") [input.min, input.max] = model.get("ranges")[name];
  if (kind === "number") input.step = more;
  input.addEventListener("change", () => {
    if (!input.checkValidity()) return refuse(`${label}: ${input.validationMessage}`);
    send({ [name]: kind === "number" ? Number(input.value) : input.value });
  });
  const update = () => {
    const value = String(model.get(name));
    if (kind === "date") limit(input, name, model);
    const typing = input === document.activeElement && !input.checkValidity(); // half a date, half a number
    if (input.value !== value && !typing) input.value = value;
  };
  input.addEventListener("blur", () => setTimeout(update));
  return { node: element("label", {}, input, element("span", { textContent: label })), update };
}

// A date box takes no pair of days that the lab cannot place.
function limit(input, name, model) {
  const [least, most] = model.get("ranges").gap;
  const moved = (date, days) => {
    const day = new Date(`${date}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  };
  [input.min, input.max] = name === "second"
    ? [moved(model.get("first"), least), moved(model.get("first"), most)]
    : [moved(model.get("second"), -most), moved(model.get("second"), -least)];
}

function board(model, send, refuse) {
  const controls = GROUPS.map(([title, parts]) => [title, parts.map((part) => control(part, model, send, refuse))]);
  const back = element("button", { type: "button", textContent: "Back to the start" });
  const fresh = element("button", { type: "button", textContent: "New noise" });
  back.addEventListener("click", () => send(model.get("start")));
  fresh.addEventListener("click", () => send({ seed: model.get("seed") + 1 }));
  return {
    node: element("div", { className: "nts-controls" },
      ...controls.map(([title, parts]) =>
        element("fieldset", {}, element("legend", { textContent: title }), ...parts.map(({ node }) => node))),
      element("div", { className: "nts-row" }, fresh, back)),
    update() {
      controls.forEach(([, parts]) => parts.forEach((part) => part.update()));
    },
  };
}

function answer(model) {
  const image = element("img");
  const verdict = element("strong");
  const reasons = element("div");
  const body = element("tbody");
  const heads = ["Change", "True (you set it)", "The fit says", "95 per cent band"];
  const table = element("table", {},
    element("caption", { textContent: "Synthetic counts per day" }),
    element("thead", {}, element("tr", {}, ...heads.map((textContent) => element("th", { scope: "col", textContent })))),
    body);
  return {
    node: element("div", { className: "nts-answer" }, image, element("p", {}, verdict), reasons, table),
    update() {
      const source = `data:image/png;base64,${model.get("picture")}`;
      if (image.src !== source) Object.assign(image, { src: source, alt: model.get("alt") });
      verdict.textContent = model.get("verdict");
      reasons.replaceChildren(...model.get("reasons").map((textContent) => element("p", { textContent })));
      body.replaceChildren(...model.get("rows").map(({ change, ...cells }) => element("tr", {},
        element("th", { scope: "row", textContent: change }),
        ...Object.values(cells).map((textContent) => element("td", { textContent })))));
    },
  };
}

// Tries the band on new series: a button that starts and stops, and how far it got.
function trial(model, send) {
  const button = element("button", { type: "button" });
  const bar = element("progress", { max: 1, value: 0 });
  const count = element("span");
  bar.setAttribute("aria-label", "New series drawn");
  button.addEventListener("click", () => send({ testing: !model.get("testing") }));
  return {
    node: element("div", { className: "nts-row" }, button, bar, count),
    update() {
      const { done = 0, of = 1 } = model.get("tally");
      button.textContent = model.get("testing") ? "Stop" : `Try the band on ${model.get("tries")} new series`;
      Object.assign(bar, { max: of, value: done, hidden: !done });
      count.textContent = done ? `${done} of ${of}` : "";
    },
  };
}

// --- the whole

function render({ model, el }) {
  let waiting = null;
  const send = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "The kernel does not answer, so the picture is not up to date. Run this cell again.";
      root.classList.add("nts-stale");
    }, PATIENCE);
  };
  const refuse = (why) => { status.textContent = why; };

  const status = element("p", { className: "nts-status" });
  status.setAttribute("role", "status");
  const parts = [board(model, send, refuse), answer(model), trial(model, send)];
  const [controls, said, tried] = parts;
  const root = element("section", { className: "nts-two-events" }, controls.node,
    element("div", { className: "nts-result" }, status, said.node, tried.node));
  root.setAttribute("aria-label", "Two-events lab");

  const update = () => parts.forEach((part) => part.update());
  const hear = () => {
    clearTimeout(waiting);
    root.classList.remove("nts-stale");
    status.textContent = model.get("message");
  };
  const working = () => clearTimeout(waiting);

  // JupyterLab acts on plain keys outside text fields: arrows move the cell, "x" cuts it. Tab and Escape stay its own.
  root.addEventListener("keydown", (event) => {
    const leave = event.ctrlKey || event.metaKey || event.altKey || ["Tab", "Escape"].includes(event.key);
    if (!leave) event.stopPropagation();
  });
  model.on("change", update);
  model.on("change:answered", hear);
  model.on("change:tally", working);
  update();
  hear();
  el.append(root);
  return () => {
    clearTimeout(waiting);
    model.off("change", update);
    model.off("change:answered", hear);
    model.off("change:tally", working);
  };
}

export default { render };
