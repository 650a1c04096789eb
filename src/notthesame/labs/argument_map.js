// The argument map. What follows from a mark comes from Python.

const STATES = [["", "no mark"], ["accept", "accept"], ["reject", "reject"], ["unsure", "unsure"]];
const LISTS = { accept: "accepted", reject: "rejected", unsure: "unsure" };

// The three lists with one node marked; it stands in one of them at most.
export function marked(lists, id, state) {
  const without = (name) => lists[name].filter((other) => other !== id);
  return Object.fromEntries(Object.entries(LISTS).map(([word, name]) =>
    [name, word === state ? [...without(name), id] : without(name)]));
}

// The mark of a node, or an empty text.
export const markOf = (lists, id) => Object.keys(LISTS).find((word) => lists[LISTS[word]].includes(id)) ?? "";

// The id of the next objection of the learner's own. One that was taken back may give its number away again.
export const nextId = (own) => `own-${1 + Math.max(0, ...own.map(({ id }) => Number(id.split("-")[1])))}`;

const marks = (model) => Object.fromEntries(Object.values(LISTS).map((name) => [name, model.get(name)]));

function labelled(text, control) {
  return element("label", {}, element("strong", { textContent: text }), control);
}

// --- parts, each with node and update()

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
      const choices = [["", "none"], ...offered.map(({ id, short }) => [id, short])];
      const shown = [...focus.options].map(({ value }) => value);
      if (JSON.stringify(shown) !== JSON.stringify(choices.map(([id]) => id))) {
        focus.replaceChildren(...choices.map((choice) => option(...choice)));
      }
      question.value = model.get("question");
      focus.value = kept;
    },
  };
}

function markPart(model, send) {
  const rows = new Map();
  const groups = new Map();
  const node = element("div", { className: "nts-nodes" });

  function add({ id, group, text, about, recalled }) {
    if (!groups.has(group)) {
      groups.set(group, fieldset(group));
      node.append(groups.get(group));
    }
    const select = element("select", {}, ...STATES.map((state) => option(...state)));
    const words = element("span", { textContent: text });
    const name = element("code", { textContent: id });
    const small = element("small", { textContent: about });
    select.addEventListener("change", () => send(marked(marks(model), id, select.value)));
    const row = element("div", { className: "nts-node" }, element("label", {}, select, name, words), small);
    row.classList.toggle("nts-recalled", recalled);
    groups.get(group).append(row);
    rows.set(id, { row, select, words, small });
  }

  return {
    node,
    show: (id) => rows.get(id)?.select.focus(),
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
        if (!rows.has(each.id)) add(each);
        const { row, select, words, small } = rows.get(each.id);
        words.textContent = each.text;
        small.textContent = each.about;
        row.hidden = question !== "" && each.question !== question;
        row.classList.toggle("nts-kept", each.id === model.get("focus"));
        const state = markOf(lists, each.id);
        if (select.value !== state) select.value = state;
        row.dataset.state = state;
      }
      for (const group of groups.values()) group.hidden = !group.querySelector(".nts-node:not([hidden])");
    },
  };
}

const NONE_KEPT =
  "Choose a claim to keep. Here stands what you must then reject or answer, for it and for the reasons you lean on.";

function keepPart(model, show) {
  const node = pane("nts-keeps", "What keeping the claim asks of you");

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
      const had = node.contains(document.activeElement) ? document.activeElement.dataset.node : undefined;
      const parts = groups.filter(([, items]) => items.length).map(([head, items]) => element("div", {},
        element("strong", { textContent: `${head} (${items.length})` }), element("ul", {}, ...items.map(item))));
      const lead = claim ? `You keep ${claim}: ${text}` : NONE_KEPT;
      node.replaceChildren(element("p", { textContent: lead }), ...parts);
      if (had) [...node.querySelectorAll("button")].find((go) => go.dataset.node === had)?.focus();
    },
  };
}

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

function ownPart(model, send, ask) {
  const against = element("select");
  const text = element("textarea", { rows: 3, maxLength: model.get("longest"), required: true });
  const list = element("ul");
  const save = button("Save marks and objections to a file of mine", () => ask("save"));
  const reset = button("Take every mark away", () => ask("reset"));
  const form = element("form", { autocomplete: "off" }, fieldset("Add an objection, best of all to your own side",
    labelled("Against", against), labelled("Objection", text),
    submitButton("Add the objection"), list));
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
    node: element("div", {}, form,
      element("p", { textContent: note }), element("div", { className: "nts-row" }, save, reset)),
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

const render = (context) => mount(context, LAB, ({ model, status, send, write, wait }) => {
  const ask = (what) => {
    model.send(what);
    wait();
  };
  const marks = markPart(model, send);
  const show = (id) => {
    const { question } = model.get("nodes").find((each) => each.id === id);
    if (model.get("question") && model.get("question") !== question) write({ question });
    update();
    marks.show(id);
  };
  // Which question is shown needs no answer from Python.
  const parts =
    [chooser(model, send, write), keepPart(model, show), marks, partingPart(model), ownPart(model, send, ask)];
  const [choice, keeps, nodes, parting, own] = parts.map((part) => part.node);
  const board = element("div", { className: "nts-board" }, keeps, nodes);
  const update = () => parts.forEach((part) => part.update());
  return { nodes: [choice, status, board, parting, own], update, fades: keeps };
});

export default { render };
