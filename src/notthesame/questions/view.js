// The control of a question: draws it, checks the answer, shows the reason. The same script serves a notebook
// (render, an anywidget) and an exported page without a kernel (hydrate). scoring.js, which comes before it, checks.
// Everything from a file goes in as text, never as markup.

const CONFIDENCE = [50, 60, 70, 80, 90, 100];

const NOT_KEPT =
  "This answer is not kept yet: the kernel does not answer. Run the first cell, then this one, to keep it.";
const PATIENCE = 3000; // milliseconds that Python has to say what became of an answer

// --- drawing

// A picker draws the inputs of one kind. read() gives { response } or, when it cannot be read, { problem };
// write(response) sets the inputs to a response.
/** @type {Record<Kind, (question: Question) => Picker>} */
const PICKERS = {
  single: (question) => choices(question, "radio"),
  multiple: (question) => choices(question, "checkbox"),

  numeric(question) {
    const input = element("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 12 });
    return {
      nodes: [element("label", {}, `Number, in ${question.unit} `, input)],
      read() {
        if (!input.value.trim()) return { response: null };
        const response = readNumber(input.value);
        const problem = `Found \u201c${input.value.trim()}\u201d. ${question.wanted}`;
        return response === null ? { problem } : { response };
      },
      write: (response) => { input.value = response; },
    };
  },

  ordering(question) {
    const offered = () => question.options.map(({ letter, text }) =>
      option(letter, `${letter.toUpperCase()}: ${text}`));
    const places = question.options.map((_, place) => {
      const select = element("select", {}, option("", "choose"), ...offered());
      return { select, label: element("label", {}, hidden("Place"), ` ${place + 1} `, select) };
    });
    return {
      nodes: places.map(({ label }) => label),
      read() {
        const picked = places.map(({ select }) => select.value);
        if (picked.every((letter) => letter === "")) return { response: null };
        const missing = question.options.filter(({ letter }) => !picked.includes(letter));
        if (!missing.length) return { response: picked };
        const letters = missing.map(({ letter }) => letter.toUpperCase()).join(", ");
        return { problem: `Not placed: ${letters}. ${question.wanted}` };
      },
      write: (response) => places.forEach(({ select }, place) => { select.value = response[place]; }),
    };
  },
};

/** @param {Question} question @param {"radio" | "checkbox"} type @returns {Picker} */
function choices(question, type) {
  const name = `nts-${question.id}`;
  const inputs = question.options.map(({ letter }) => element("input", { type, name, value: letter }));
  const labels = question.options.map(({ letter, text }, i) =>
    element("label", {}, inputs[i], element("strong", { textContent: `${letter.toUpperCase()} ` }),
      element("span", { textContent: text })));
  return {
    nodes: labels,
    read() {
      const picked = inputs.filter((input) => input.checked).map((input) => input.value);
      if (!picked.length) return { response: null };
      return { response: type === "radio" ? picked[0] : picked };
    },
    write: (response) => inputs.forEach((input) => { input.checked = [response].flat().includes(input.value); }),
  };
}

function confidencePicker() {
  const offered = CONFIDENCE.map((value) => option(value, `${value} per cent`));
  const select = element("select", {}, option("", "no answer"), ...offered);
  return {
    node: element("label", { className: "nts-confidence" }, "How sure are you? ", select),
    read: () => (select.value ? Number(select.value) : null),
    /** @param {number | null} confidence */
    write(confidence) {
      select.value = confidence && CONFIDENCE.includes(confidence) ? String(confidence) : "";
    },
  };
}

// Answers that no kernel has taken yet, and the model of each, by question. The control that a new run of the cell
// draws hands its answer in, and whichever control next hears from Python hands in all the others.
/** @type {Map<string, QuestionModel>} */
const unkept = new Map();

/** @param {QuestionModel} model @param {HTMLElement} el @param {boolean} live */
function mount(model, el, live) {
  const question = model.get("question");
  const picker = PICKERS[question.kind](question);
  const confidence = question.asksConfidence ? confidencePicker() : null;
  const status = liveRegion("div", "nts-reply");
  const note = liveRegion("div", "nts-note");
  const all = allReasons(question, () => link());
  const form = element("form", { className: "nts-front nts-control", noValidate: true, autocomplete: "off" },
    fieldset(["Your answer ", hidden(`to: ${question.stem}`)],
      element("div", { className: `nts-picker nts-${question.kind}` }, ...picker.nodes),
      element("div", { className: "nts-row" },
        ...(confidence ? [confidence.node] : []),
        submitButton("Check ", hidden("your answer")), all.button),
      status, all.list, note));
  form.setAttribute("aria-label", `Your answer to ${question.id}${copyOf(question.id)}`);

  /** @param {Omit<Reply, "credit">} reply */
  const show = ({ verdict, answered, reasons, status: outcome }) => {
    status.className = `nts-reply nts-${(outcome ?? "recorded").replace(" ", "-")}`;
    status.replaceChildren(paragraph(verdict, answered), ...reasons.map(([head, text]) => paragraph(head, text)));
    all.offer(outcome !== null && outcome in VERDICTS);
    link();
  };

  // An earlier answer is shown before the control is on the page, where its static block is found.
  const link = () => linkPointers(form);
  const placed = new ResizeObserver(() => {
    link();
    placed.disconnect();
  });
  placed.observe(form);

  // Python says what became of an answer; as long as it has not, nothing is said to be kept.
  let waiting = 0;
  const tell = () => {
    clearTimeout(waiting);
    note.textContent = model.get("saved");
    if (!live || model.get("response") === null) return;
    if (model.get("saved")) {
      if (unkept.get(question.id) === model) unkept.delete(question.id);
      return;
    }
    unkept.set(question.id, model);
    waiting = setTimeout(() => { note.textContent = NOT_KEPT; }, PATIENCE);
  };

  // The traits hold the state, so this serves the learner's own check, a value set from Python, and a reload.
  const recall = () => {
    if (!model.get("checked")) return;
    const response = model.get("response");
    if (JSON.stringify(picker.read().response) !== JSON.stringify(response)) picker.write(response);
    confidence?.write(model.get("confidence"));
    show(reply(question, response, model.get("checked") === 1));
    tell();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { response, problem } = picker.read();
    note.textContent = "";
    if (problem !== undefined) show({ verdict: "Not read.", answered: problem, reasons: [], status: null });
    else if (response === null) show(reply(question, null));
    else check(response, confidence ? confidence.read() : null);
  });

  /** @param {Answer} response @param {number | null} sure */
  function check(response, sure) {
    model.set("saved", "");
    model.set("response", response);
    model.set("confidence", sure);
    model.set("checked", model.get("checked") + 1);
    model.save_changes();
  }

  // Python has answered, so a kernel is there.
  const handIn = () => {
    const others = [...unkept].filter(([, other]) => other !== model);
    if (!model.get("saved") || !others.length) return;
    model.set("left", others.map(([id, other]) => [id, other.get("response"), other.get("confidence")]));
    model.save_changes();
  };
  const taken = () => {
    const told = Object.entries(model.get("taken")).map(([id, words]) => ({ id, words, other: unkept.get(id) }));
    for (const { id } of told) unkept.delete(id);
    for (const { words, other } of told) other?.set("saved", words);
    if (!told.length) return;
    model.set("left", []);
    model.save_changes();
  };

  guardKeys(form, ["ArrowUp", "ArrowDown"]); // on a button arrows do nothing, so they lead on to the next cell
  model.on("change:checked", recall);
  model.on("change:saved", tell);
  model.on("change:saved", handIn);
  model.on("change:taken", taken);
  recall();
  const left = live ? unkept.get(question.id) : undefined;
  if (left && left !== model) check(left.get("response"), left.get("confidence"));
  el.append(form);
  return () => {
    clearTimeout(waiting);
    placed.disconnect();
    model.off("change:checked", recall);
    model.off("change:saved", tell);
    model.off("change:saved", handIn);
    model.off("change:taken", taken);
  };
}

// A button that opens every reason there is, once something has been checked.
/** @param {Question} question @param {() => void} opened */
function allReasons(question, opened) {
  const list = element("div", { className: "nts-reasons", hidden: true });
  const open = button("Show reasons", () => {
    list.hidden = !list.hidden;
    if (!list.hidden) list.replaceChildren(...explained(question).map(([head, text]) => paragraph(head, text)));
    open.setAttribute("aria-expanded", String(!list.hidden));
    opened();
  });
  /** @param {boolean} offered */
  const offer = (offered) => {
    open.hidden = !offered;
    list.hidden = true;
    open.setAttribute("aria-expanded", "false");
  };
  offer(false);
  return { button: open, list, offer };
}

// Reasons point to headings, and in the static block these are links, which JupyterLab or the page has made lead
// somewhere. So a link here has the address of the one there, and a click goes to that one.
/** @param {HTMLElement} form */
function linkPointers(form) {
  const place = form.closest(".jp-OutputArea-child") ?? form.parentElement;
  /** @type {NodeListOf<HTMLAnchorElement> | undefined} */
  const links = place?.previousElementSibling?.querySelectorAll("details a[href]");
  for (const there of links ?? []) {
    const words = String(there.textContent);
    for (const text of texts(form)) {
      const at = text.data.indexOf(`"${words}"`);
      if (at < 0) continue;
      const pointer = text.splitText(at + 1);
      pointer.splitText(words.length);
      const here = element("a", { href: there.href, textContent: words });
      here.addEventListener("click", (event) => {
        event.preventDefault();
        there.click();
      });
      pointer.replaceWith(here);
    }
  }
}

/** @param {HTMLElement} form */
function texts(form) {
  const paragraphs = [...form.querySelectorAll(":is(.nts-reply, .nts-reasons) p")];
  return paragraphs.flatMap((found) => [...found.childNodes]).filter((node) => node instanceof Text);
}

// --- the two ways in

/** @param {Context<QuestionTraits>} context */
function render({ model, el }) {
  return mount(model, el, true);
}

// A page by itself has nowhere to keep an answer.
/** @type {Keeper} */
const NO_KEEPER = { earlier: () => [], keep: () => "This page keeps no answers." };

// On a page without a kernel: a control below each question whose data the page carries. Where the page lies in
// something that keeps answers, that is the keeper.
export function hydrate(root = document, keeper = NO_KEEPER) {
  /** @type {NodeListOf<HTMLElement>} */
  const sections = root.querySelectorAll("section.nts-question[data-question]");
  for (const section of sections) {
    const id = CSS.escape(section.dataset.question ?? "");
    const data = root.querySelector(`script.nts-data[data-question="${id}"]`)?.textContent;
    if (!data || section.dataset.live) continue;
    section.dataset.live = "yes";
    const el = element("div");
    section.after(el);
    mount(pageModel(JSON.parse(data), keeper), el, false);
  }
}

/** @param {Question} question @param {Keeper} keeper @returns {QuestionModel} */
function pageModel(question, keeper) {
  const earlier = keeper.earlier(question);
  /** @type {QuestionTraits} */
  const state = { question, checked: earlier.length, response: earlier.at(-1) ?? null, confidence: null, saved: "",
    left: [], taken: {} };
  const events = new EventTarget();
  return {
    get: (name) => state[name],
    set(name, value) {
      const changed = state[name] !== value;
      state[name] = value;
      if (changed) events.dispatchEvent(new Event(`change:${name}`));
    },
    save_changes() {
      this.set("saved", keeper.keep(question, state.response));
    },
    on: (name, listener) => events.addEventListener(name, listener),
    off: (name, listener) => events.removeEventListener(name, listener),
  };
}

export default { render };
