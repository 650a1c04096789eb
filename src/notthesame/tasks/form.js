// The form of a task: draws its boxes, writes what is filled in into the traits, shows what Python says of it.
// Everything from a file goes in as text, never as markup. types.d.ts says what it is.

const PATIENCE = 3000; // milliseconds that the kernel has to answer a press
const IDLE = 2000; // milliseconds without a key after which a draft is kept

/** @param {string} text */
export const countWords = (text) => text.split(/\s+/).filter(Boolean).length;

// How a length stands to what is wanted: "12 words; 120 to 200 wanted".
/** @param {string} text @param {{ low: number, high: number }} allowed */
export function lengthTold(text, { low, high }) {
  const words = countWords(text);
  const wanted = low > 1 ? `${low} to ${high}` : `at most ${high}`;
  return `${words} ${words === 1 ? "word" : "words"}; ${wanted} wanted`;
}

// --- boxes

/** @param {Task} task @returns {Boxes} */
function boxesOf({ id, wanted, form }) {
  switch (form.kind) {
    case "text": return textBox(form, wanted);
    case "number": return boxed([{ label: form.label, input: boxOf(form) }]);
    case "pick": return form.many || form.choices.length <= 8
      ? choices(form, id) : boxed([{ label: "Your choice", input: boxOf(form) }]);
    case "order": return boxed(form.choices.map((_, i) =>
      ({ label: `${i + 1}`, input: listOf(form.choices, `Place ${i + 1}`) })));
    case "fields": return boxed(form.fields.map((field) => ({ label: field.label, input: boxOf(field) })));
    case "table": return grid(form);
  }
}

/** @param {TextForm} form @param {string} wanted @returns {Boxes} */
function textBox(form, wanted) {
  const input = element("textarea", { rows: Math.min(12, Math.max(3, Math.ceil(form.high / 14))), cols: 80 });
  const count = element("p", { className: "nts-count" });
  const tell = () => { count.textContent = lengthTold(input.value, form); };
  input.addEventListener("input", tell);
  tell();
  return {
    nodes: [element("label", { className: "nts-text" }, wanted, input), count],
    read: () => [input.value],
    write(given) {
      input.value = given[0] ?? "";
      tell();
    },
  };
}

/** @param {PickBox} form @param {string} id @returns {Boxes} */
function choices(form, id) {
  const type = form.many ? "checkbox" : "radio";
  const inputs = form.choices.map(([value]) => element("input", { type, name: `nts-${id}`, value }));
  const lines = form.choices.map(([, words], i) => element("label", {}, inputs[i], words));
  return {
    nodes: [element("div", { className: `nts-lines ${form.choices.length > 8 ? "nts-many" : ""}` }, ...lines)],
    read: () => inputs.filter((input) => input.checked).map((input) => input.value),
    write(given) {
      for (const input of inputs) input.checked = given.includes(input.value);
    },
  };
}

/** @param {TableForm} form @returns {Boxes} */
function grid(form) {
  const made = form.rows.map((line) => form.columns.map((column, i) => boxOf(form.cells[i], `${line}, ${column}`)));
  const heads = form.rows.map((line, i) => headOf(line, form.notes[i]));
  const body = element("tbody", {},
    ...heads.map((head, i) => row(head, ...made[i].map((input, j) => cellOf(input, form.columns[j])))));
  const stacks = form.cells.some(({ kind }) => kind === "text") ? "nts-stacks" : "";
  const scrolls = pane(`nts-pane ${stacks}`.trim(), form.caption);
  scrolls.tabIndex = 0; // on a narrow page it scrolls by itself, so the keyboard has to reach it
  scrolls.append(table(form.caption, [form.corner, ...form.columns], body));
  return { nodes: [scrolls], ...reading(made.flat()) };
}

// A box in its cell; where rows are shown as blocks, the sheet puts the name of the column above it.
/** @param {Typed} input @param {string} column */
function cellOf(input, column) {
  const cell = element("td", {}, input);
  cell.dataset.head = column;
  return cell;
}

// The name of a row; what it is about unfolds under it, so that nobody has to scroll for it.
/** @param {string} line @param {string} note */
const headOf = (line, note) => element("th", { scope: "row" },
  note ? element("details", {}, element("summary", { textContent: line }), paragraph("", note)) : line);

const ONE_LINE = 15; // words that fit into a box of one line

// One box: a number or a short text to type, or a list to choose from. Its name is `named`, or the label around it.
/** @param {Box} box @param {string} named */
function boxOf(box, named = "") {
  if (box.kind === "pick") return listOf(box.choices, named);
  const input = box.kind === "text" ? wordsOf(box)
    : element("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 8 });
  if (named) input.setAttribute("aria-label", named);
  return input;
}

/** @param {TextForm} box */
const wordsOf = ({ high }) => high > ONE_LINE
  ? element("textarea", { className: "nts-words", rows: Math.ceil(high / ONE_LINE), cols: 40 })
  : element("input", { type: "text", className: "nts-words", autocomplete: "off", size: Math.max(28, 4 * high) });

/** @param {Picked[]} offered @param {string} named */
function listOf(offered, named) {
  const list = element("select", {}, option("", "choose"), ...offered.map(([value, words]) => option(value, words)));
  if (named) list.setAttribute("aria-label", named);
  return list;
}

/** @param {{ label: string, input: Typed }[]} boxes @returns {Boxes} */
function boxed(boxes) {
  const labels = boxes.map(({ label, input }) => element("label", {}, element("span", { textContent: label }), input));
  return {
    nodes: [element("div", { className: "nts-boxes" }, ...labels)],
    ...reading(boxes.map(({ input }) => input)),
  };
}

/** @param {Typed[]} inputs */
const reading = (inputs) => ({
  read: () => inputs.map((input) => input.value.trim()),
  /** @param {string[]} given */
  write(given) {
    for (const [i, input] of inputs.entries()) input.value = given[i] ?? "";
  },
});

// --- the whole

/** @param {Context<TaskTraits>} context */
function render({ model, el }) {
  const task = model.get("task");
  const boxes = boxesOf(task);
  const status = liveRegion("div", "nts-reply");
  const told = liveRegion("div", "nts-told"); // hints and the solution
  const note = liveRegion("div", "nts-note");
  const hint = button("Hint", () => write({ rungs: Math.min(task.hints.length, model.get("rungs") + 1) }));
  const solve = button("Solution", () => ask({ wanted: model.get("wanted") + 1 }));
  const wanted = task.form.kind === "text" ? [] : [element("p", { textContent: task.wanted })];
  const form = element("form", { className: "nts-front nts-control nts-form", noValidate: true, autocomplete: "off" },
    fieldset(["Your answer", hidden(` to task ${task.id}. ${task.wanted}`)],
      ...wanted, ...boxes.nodes,
      element("div", { className: "nts-row" }, submitButton("Check", hidden(" your answer")), hint, solve),
      status, told, note));
  form.setAttribute("aria-label", `Your answer to ${task.id}${copyOf(task.id)}`);

  /** @param {Partial<TaskTraits>} values */
  const write = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(/** @type {keyof TaskTraits} */ (name), value);
    model.save_changes();
  };

  // What needs Python: where no answer comes, it is said, and what is filled in stays.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @param {Partial<TaskTraits>} values */
  const ask = (values) => {
    clearTimeout(waiting);
    write(values);
    waiting = setTimeout(() => {
      note.textContent = "The kernel does not answer, so nothing was checked. What you filled in stays here: run " +
        "the first cell of the notebook and this one again.";
    }, PATIENCE);
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let idle;
  const differs = () => JSON.stringify(boxes.read()) !== JSON.stringify(model.get("given"));
  const keep = () => {
    clearTimeout(idle);
    if (differs()) write({ given: boxes.read(), drafted: model.get("drafted") + 1 });
  };

  const showReply = () => {
    const { verdict, text = "", status: outcome } = model.get("reply");
    status.className = `nts-reply nts-${(outcome ?? "none").replaceAll(" ", "-")}`;
    status.replaceChildren(...(verdict ? [paragraph(verdict, text)] : []));
  };
  const showTold = () => {
    const hints = task.hints.slice(0, model.get("rungs"));
    const parts = model.get("solution");
    told.replaceChildren(
      ...hints.map((text, i) => paragraph(`Hint ${i + 1} of ${task.hints.length}.`, text)),
      ...(parts.length ? [element("p", {}, element("strong", { textContent: "One right answer:" }))] : []),
      ...parts.map(([head, text]) => paragraph(head, text)));
  };
  const showNote = () => { note.textContent = model.get("saved"); };
  const showTried = () => { solve.hidden = !model.get("tried"); };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(idle);
    note.textContent = "";
    ask({ given: boxes.read(), checked: model.get("checked") + 1, saved: "" });
  });
  form.addEventListener("input", () => {
    clearTimeout(idle);
    idle = setTimeout(keep, IDLE);
  });
  form.addEventListener("change", keep);
  // Shift+Enter runs the cell again, which draws a new form: so the draft has to be kept before.
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.shiftKey) keep(); });

  guardKeys(form, ["ArrowUp", "ArrowDown"]);
  /** @type {Partial<Record<Heard<TaskTraits>, () => void>>} */
  const heard = {
    "change:reply": showReply, "change:rungs": showTold, "change:solution": showTold, "change:saved": showNote,
    "change:tried": showTried, "change:answered": () => clearTimeout(waiting),
    "change:given": () => { if (differs()) boxes.write(model.get("given")); },
  };
  const events = /** @type {[Heard<TaskTraits>, () => void][]} */ (Object.entries(heard));
  for (const [event, listener] of events) model.on(event, listener);
  if (model.get("given").length) boxes.write(model.get("given"));
  for (const show of [showReply, showTold, showNote, showTried]) show();
  el.append(form);
  const stop = hideStatic(el, task.id);
  return () => {
    stop();
    clearTimeout(idle);
    clearTimeout(waiting);
    for (const [event, listener] of events) model.off(event, listener);
  };
}

// The static block says the same as the form, so it goes while the form is there. The output is put on the page only
// after it is drawn, so this waits for it.
/** @param {HTMLElement} el @param {string} id */
function hideStatic(el, id) {
  /** @param {boolean} off */
  const set = (off) => {
    const area = el.closest(".jp-OutputArea, .output, .cell-output");
    const blocks = /** @type {NodeListOf<HTMLElement> | undefined} */ (area?.querySelectorAll("section.nts-task"));
    for (const block of blocks ?? []) if (block.dataset.task === id) block.hidden = off;
  };
  let tries = 0;
  const timer = setInterval(() => {
    set(true);
    tries += 1;
    if (el.isConnected || tries > 50) clearInterval(timer);
  }, 50);
  return () => {
    clearInterval(timer);
    set(false);
  };
}

export default { render };
