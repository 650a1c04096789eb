// The argument map. What follows from a mark comes from Python.

/** @type {Choice[]} */
const STATES = [["", "no mark"], ["accept", "accept"], ["reject", "reject"], ["unsure", "unsure"]];
/** @type {[string, keyof Marks][]} */
const LISTS = [["accept", "accepted"], ["reject", "rejected"], ["unsure", "unsure"]];

// The three lists with one node marked; it stands in one of them at most.
/** @param {Marks} lists @param {string} id @param {string} state */
export function marked(lists, id, state) {
  const found = { ...lists };
  for (const [word, name] of LISTS) {
    const without = lists[name].filter((other) => other !== id);
    found[name] = word === state ? [...without, id] : without;
  }
  return found;
}

// The mark of a node, or an empty text.
/** @param {Marks} lists @param {string} id */
export const markOf = (lists, id) => LISTS.find(([, name]) => lists[name].includes(id))?.[0] ?? "";

// The id of the next objection of the learner's own. One that was taken back may give its number away again.
/** @param {{ id: string }[]} own */
export const nextId = (own) => `own-${1 + Math.max(0, ...own.map(({ id }) => Number(id.split("-")[1])))}`;

/** @param {Model<MapTraits>} model */
const marks = (model) => traits(model, "accepted", "rejected", "unsure");

/** @param {string} text @param {HTMLElement} control */
function labelled(text, control) {
  return element("label", {}, element("strong", { textContent: text }), control);
}

// --- parts, each with node and update()

/** @param {Model<MapTraits>} model @param {Send<MapTraits>} send @param {Send<MapTraits>} write */
function chooser(model, send, write) {
  const question = element("select", {}, ...model.get("questions").map(([key, text]) => option(key, `${key}. ${text}`)),
    option("", "All four questions"));
  const focus = element("select");
  question.addEventListener("change", () => write({ question: question.value }));
  focus.addEventListener("change", () => send({ focus: focus.value }));
  return {
    node: element("div", { className: "nts-row" }, labelled("Question", question), labelled("Keep a claim", focus)),
    update() {
      const kept = model.get("focus");
      const offered = model.get("nodes").filter(({ claim, id }) => claim || id === kept);
      const choices = [option("", "none"), ...offered.map(({ id, short }) => option(id, short))];
      /** @param {HTMLOptionElement} choice @param {number} i */
      const same = ({ value }, i) => value === focus.options[i]?.value;
      if (focus.options.length !== choices.length || !choices.every(same)) focus.replaceChildren(...choices);
      question.value = model.get("question");
      focus.value = kept;
    },
  };
}

/** @param {Model<MapTraits>} model @param {Send<MapTraits>} send */
function markPart(model, send) {
  /** @type {Map<string, { row: HTMLElement, select: HTMLSelectElement, words: HTMLElement, small: HTMLElement }>} */
  const rows = new Map();
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  /** @type {Map<HTMLElement, { fold: HTMLDetailsElement, head: HTMLElement }>} */
  const folds = new Map();
  const node = element("div", { className: "nts-nodes" });

  // A group of nodes, which can be folded; the first is open.
  /** @param {string} group */
  function made(group) {
    const head = element("summary");
    const fold = element("details", { open: !groups.size }, head);
    const box = fieldset(group, fold);
    node.append(box);
    groups.set(group, box);
    folds.set(box, { fold, head });
    return box;
  }

  /** @param {MapNode} node */
  function add({ id, group, text, about, recalled }) {
    const box = groups.get(group) ?? made(group);
    const select = element("select", {}, ...STATES.map((state) => option(...state)));
    const words = element("span", { textContent: text });
    const name = element("code", { textContent: id });
    const small = element("small", { textContent: about });
    select.addEventListener("change", () => send(marked(marks(model), id, select.value)));
    const row = element("div", { className: "nts-node" }, element("label", {}, select, name, words), small);
    row.classList.toggle("nts-recalled", recalled);
    const fold = folds.get(box)?.fold;
    fold?.append(row);
    if (fold && id.startsWith("own-")) fold.open = true;
    const parts = { row, select, words, small };
    rows.set(id, parts);
    return parts;
  }

  return {
    node,
    /** @param {string} id */
    show(id) {
      const found = rows.get(id);
      const fold = found?.row.closest("details");
      if (fold) fold.open = true;
      found?.select.focus();
    },
    update() {
      const nodes = model.get("nodes");
      const question = model.get("question");
      const known = new Map(nodes.map((each) => [each.id, each]));
      const lists = marks(model);
      for (const [id, { row }] of rows) {
        if (!known.has(id)) {
          row.remove();
          rows.delete(id);
        }
      }
      for (const each of nodes) {
        const { row, select, words, small } = rows.get(each.id) ?? add(each);
        words.textContent = each.text;
        small.textContent = each.about;
        row.hidden = question !== "" && each.question !== question;
        row.classList.toggle("nts-kept", each.id === model.get("focus"));
        const state = markOf(lists, each.id);
        if (select.value !== state) select.value = state;
        row.dataset.state = state;
      }
      for (const [group, { head }] of folds) {
        const offered = group.querySelectorAll(".nts-node:not([hidden])").length;
        group.hidden = !offered;
        head.textContent = `${offered} to mark`;
      }
    },
  };
}

const NONE_KEPT =
  "Choose a claim to keep. Here stands what you must then reject or answer, for it and for the reasons you lean on.";

/** @param {Model<MapTraits>} model @param {(id: string) => void} show */
function keepPart(model, show) {
  const node = pane("nts-keeps", "What keeping the claim asks of you");

  /** @param {[string, string, string]} duty */
  function item([id, why, text]) {
    const go = button(id, () => show(id));
    go.dataset.node = id;
    go.setAttribute("aria-label", `Go to the mark of ${id}`);
    return element("li", {}, go, " ", element("span", { textContent: text }), " ", element("em", { textContent: why }));
  }

  return {
    node,
    update() {
      const { claim, text, groups = [] } = model.get("keeps");
      const on = document.activeElement;
      const had = on instanceof HTMLElement && node.contains(on) ? on.dataset.node : undefined;
      const parts = groups.filter(([, items]) => items.length).map(([head, items]) => element("div", {},
        element("strong", { textContent: `${head} (${items.length})` }), element("ul", {}, ...items.map(item))));
      const lead = claim ? `You keep ${claim}: ${text}` : NONE_KEPT;
      node.replaceChildren(element("p", { textContent: lead }), ...parts);
      if (had) [...node.querySelectorAll("button")].find((go) => go.dataset.node === had)?.focus();
    },
  };
}

/** @param {Model<MapTraits>} model */
function partingPart(model) {
  const heads = ["Position", "How far you go along", "Where you stop agreeing"];
  const body = element("tbody");
  const list = element("ul");
  const note =
    "A position is a family: its holders do not all hold every line. To agree with all of it is not asked of you.";
  const held = element("details", {}, element("summary", { textContent: "Do your marks hold together?" }), list);
  return {
    node: element("div", {},
      element("details", {}, element("summary", { textContent: "Where you stop agreeing with each position" }),
        element("p", { textContent: note }),
        table("The positions, reasons first; the order means nothing", heads, body)), held),
    update() {
      body.replaceChildren(...model.get("parting").map((texts) => row(...texts)));
      const words = model.get("holds");
      const said = words.length ? words : ["No two of them pull against each other. That shows no more than that."];
      list.replaceChildren(...said.map((textContent) => element("li", { textContent })));
    },
  };
}

/** @param {Model<MapTraits>} model @param {Send<MapTraits>} send @param {(what: string) => void} ask */
function ownPart(model, send, ask) {
  const against = element("select");
  const text = element("textarea", { rows: 3, maxLength: model.get("longest"), required: true });
  const list = element("ul");
  const save = button("Save marks and objections to a file of mine", () => ask("save"));
  const reset = button("Take every mark away", () => ask("reset"));
  const form = element("form", { autocomplete: "off" }, fieldset("Best of all to your own side",
    labelled("Against", against), labelled("Objection", text),
    submitButton("Add the objection"), list));
  form.setAttribute("aria-label", "An objection of your own");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const own = model.get("own");
    if (!text.value.trim()) return;
    send({ own: [...own, { id: nextId(own), against: against.value, text: text.value }] });
    text.value = "";
  });
  const note =
    "What you add stays in this page. It reaches a file only if you press the button below, and then a file of yours.";

  return {
    node: element("div", {},
      element("details", {}, element("summary", { textContent: "Add an objection of your own" }), form,
        element("p", { textContent: note })),
      element("div", { className: "nts-row" }, save, reset)),
    update() {
      const question = model.get("question");
      const offered = model.get("nodes")
        .filter((each) => !each.id.startsWith("own-") && (!question || each.question === question));
      const chosen = against.value;
      if (against.dataset.question !== question) {
        against.replaceChildren(...offered.map(({ id, short }) => option(id, short)));
        against.dataset.question = question;
        if (offered.some(({ id }) => id === chosen)) against.value = chosen;
      }
      list.replaceChildren(...model.get("own").map((each) => {
        const back = button(`Take ${each.id} back`, () => {
          send({ own: model.get("own").filter(({ id }) => id !== each.id) });
          text.focus();
        });
        const said = `${each.id}, against ${each.against}: ${each.text} `;
        return element("li", {}, element("span", { textContent: said }), back);
      }));
    },
  };
}

// --- the whole

const LAB = { className: "nts-map", label: "Argument map", old: "the map is" };

/** @param {Context<MapTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send, write, wait }) => {
  /** @param {string} what */
  const ask = (what) => {
    model.send(what);
    wait();
  };
  const marks = markPart(model, send);
  /** @param {string} id */
  const show = (id) => {
    const question = model.get("nodes").find((each) => each.id === id)?.question;
    if (model.get("question") && model.get("question") !== question) write({ question });
    update();
    marks.show(id);
  };
  // Which question is shown needs no answer from Python.
  const parts =
    [chooser(model, send, write), keepPart(model, show), marks, partingPart(model), ownPart(model, send, ask)];
  const [choice, keeps, nodes, parting, own] = parts.map((part) => part.node);
  const board = element("div", { className: "nts-board" }, keeps, nodes);
  const update = () => {
    for (const part of parts) part.update();
  };
  return { nodes: [choice, status, board, parting, own], update, fades: keeps };
});

export default { render };
