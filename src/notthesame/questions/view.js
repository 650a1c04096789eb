// The control of a question: draws it, checks the answer, shows the reason. The same script serves a notebook
// (render, an anywidget) and an exported page without a kernel (hydrate). scoring.py is the model for score();
// a test holds the two together. Everything from a file goes in as text, never as markup.

const VERDICTS = { "right": "Right.", "partly right": "Partly right.", "wrong": "Not right." };

// The rules of _reading.py: "1,234", "0,6", "19 %", "25 votes", "two". A test holds the two together.
const SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
  "sixteen seventeen eighteen nineteen twenty").split(" ");
const UNIT = `(?!(?:${SMALL.join("|")}|hundred|thousand|million|billion|dozens?|half|halves|thirds?|quarters?` +
  "|(?:fif|six|seven|eigh|nin|ten)ths?|and|or|to|than|less|more|fewer|not|minus|plus|point)\\b)[a-z]";
const NUMBER = new RegExp(
  String.raw`^ *(?:([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)` +
  String.raw`|([+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?)|(${SMALL.join("|")}))` +
  String.raw`(?: *%| *per ?cent| +${UNIT}{3,}(?: +${UNIT}+){0,3})?\.? *$`, "i");
const CONFIDENCE = [50, 60, 70, 80, 90, 100];

// --- scoring: (question, response) -> status, credit, and the words to show

export function reply(question, response) {
  if (response === null) {
    const status = "not attempted";
    return { verdict: "Nothing chosen yet.", answered: question.wanted, reasons: [], status, credit: null };
  }
  const answered = `You answered ${shown(question, response)}.`;
  if (!question.solution) {
    const kept = `${answered} Reasons come after the test.`;
    return { verdict: "", answered: kept, reasons: [], status: null, credit: null };
  }
  const { credit, reasons } = SCORES[question.kind](question.solution, response);
  const status = credit >= 1 ? "right" : credit > 0 ? "partly right" : "wrong";
  return { verdict: VERDICTS[status], answered, reasons, status, credit };
}

const SCORES = {
  single({ key, reasons }, letter) {
    return { credit: Number(key.includes(letter)), reasons: [["", reasons[letter]]] };
  },

  multiple({ key, reasons }, picked) {
    const letters = Object.keys(reasons);
    const hits = picked.filter((letter) => key.includes(letter)).length;
    const credit = Math.max(0, hits / key.length - (picked.length - hits) / (letters.length - key.length));
    const show = letters.filter((letter) => picked.includes(letter) || key.includes(letter));
    const word = (letter) =>
      !key.includes(letter) ? "not right" : picked.includes(letter) ? "right" : "right but not chosen";
    return { credit, reasons: show.map((letter) => [`${letter.toUpperCase()}, ${word(letter)}.`, reasons[letter]]) };
  },

  ordering({ key, reasons }, picked) {
    let swapped = 0;
    for (let i = 0; i < key.length; i++) {
      for (let j = i + 1; j < key.length; j++) swapped += picked.indexOf(key[i]) > picked.indexOf(key[j]);
    }
    const credit = Math.max(0, 1 - (2 * swapped) / ((key.length * (key.length - 1)) / 2));
    const wrong = picked.filter((letter, place) => letter !== key[place]);
    const head = (letter) => (wrong.length ? `${letter.toUpperCase()}, out of place.` : `${letter.toUpperCase()}.`);
    return { credit, reasons: (wrong.length ? wrong : picked).map((letter) => [head(letter), reasons[letter]]) };
  },

  numeric({ value, tolerance, reason, ranges, otherwise }, number) {
    if (Math.abs(number - value) <= tolerance + 1e-9 * Math.abs(value)) return { credit: 1, reasons: [["", reason]] };
    const holds = (range) => (range.low ?? -Infinity) <= number && number <= (range.high ?? Infinity);
    const text = ranges.find(holds)?.reason ?? otherwise;
    return { credit: 0, reasons: text === null ? [] : [["", text]] };
  },
};

function shown(question, response) {
  if (question.kind !== "numeric") return [response].flat().join(", ").toUpperCase();
  return `${response.toLocaleString("en-GB", { maximumSignificantDigits: 21 })} ${question.unit}`;
}

export function readNumber(typed) {
  const text = typed.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("\u2212", "-").replace(/[\t-\r\u00a0\u2009\u202f\u3000]/g, " ");
  const [found, grouped, plain, word] = NUMBER.exec(text) ?? [];
  if (found === undefined) return null;
  const digits = grouped?.replaceAll(",", "") ?? plain?.replace(",", ".");
  const number = word ? SMALL.indexOf(word.toLowerCase()) : Number(digits);
  return Number.isFinite(number) ? number : null;
}

// --- drawing

// A picker draws the inputs of one kind. read() gives { response } or, when it cannot be read, { problem };
// write(response) sets the inputs to a response.
const PICKERS = {
  single: (question) => choices(question, "radio"),
  multiple: (question) => choices(question, "checkbox"),

  numeric(question) {
    const input = element("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 12 });
    return {
      nodes: [element("label", {}, `Number, in ${question.unit}`, input)],
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
      return { select, label: element("label", {}, hidden("Place "), `${place + 1}`, select) };
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

function choices(question, type) {
  const name = `nts-${question.id}`;
  const inputs = question.options.map(({ letter }) => element("input", { type, name, value: letter }));
  const labels = question.options.map(({ letter, text }, i) =>
    element("label", {}, inputs[i], letter.toUpperCase(), hidden(` ${text}`)));
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
    node: element("label", { className: "nts-confidence" }, "How sure are you?", select),
    read: () => (select.value ? Number(select.value) : null),
    write: (confidence) => { select.value = CONFIDENCE.includes(confidence) ? confidence : ""; },
  };
}

function mount(model, el, live) {
  const question = model.get("question");
  const picker = PICKERS[question.kind](question);
  const confidence = question.asksConfidence ? confidencePicker() : null;
  const status = liveRegion("div", "nts-reply");
  const note = liveRegion("div", "nts-note");
  const form = element("form", { className: "nts-front nts-control", noValidate: true, autocomplete: "off" },
    fieldset(["Your answer", hidden(` to: ${question.stem}`)],
      element("div", { className: "nts-row" },
        element("div", { className: `nts-picker nts-${question.kind}` }, ...picker.nodes),
        ...(confidence ? [confidence.node] : []),
        submitButton("Check", hidden(" your answer"))),
      status, note));

  const show = ({ verdict, answered, reasons, status: outcome }) => {
    status.className = `nts-reply nts-${(outcome ?? "recorded").replace(" ", "-")}`;
    status.replaceChildren(paragraph(verdict, answered), ...reasons.map(([head, text]) => paragraph(head, text)));
  };

  // The traits hold the state, so this serves the learner's own check, a value set from Python, and a reload.
  const recall = () => {
    if (!model.get("checked")) return;
    const response = model.get("response");
    if (JSON.stringify(picker.read().response) !== JSON.stringify(response)) picker.write(response);
    confidence?.write(model.get("confidence"));
    show(reply(question, response));
    note.textContent = live ? model.get("saved") : "This page keeps no answers.";
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { response, problem } = picker.read();
    note.textContent = "";
    if (problem) show({ verdict: "Not read.", answered: problem, reasons: [] });
    else if (response === null) show(reply(question, null));
    else check(response);
  });

  function check(response) {
    model.set("saved", "");
    model.set("response", response);
    model.set("confidence", confidence ? confidence.read() : null);
    model.set("checked", model.get("checked") + 1);
    model.save_changes();
  }

  guardKeys(form, ["ArrowUp", "ArrowDown"]); // on a button arrows do nothing, so they lead on to the next cell
  model.on("change:checked", recall);
  model.on("change:saved", () => { note.textContent = model.get("saved"); });
  recall();
  el.append(form);
}

// --- the two ways in

function render({ model, el }) {
  mount(model, el, true);
}

// On a page without a kernel: a control below each question whose data the page carries. Nothing is stored.
export function hydrate(root = document) {
  for (const section of root.querySelectorAll("section.nts-question[data-question]")) {
    const id = CSS.escape(section.dataset.question);
    const data = root.querySelector(`script.nts-data[data-question="${id}"]`);
    if (!data || section.dataset.live) continue;
    section.dataset.live = "yes";
    const el = element("div");
    section.after(el);
    mount(pageModel({ question: JSON.parse(data.textContent), checked: 0, response: null }), el, false);
  }
}

function pageModel(state) {
  const events = new EventTarget();
  return {
    get: (name) => state[name],
    set(name, value) {
      const changed = state[name] !== value;
      state[name] = value;
      if (changed) events.dispatchEvent(new Event(`change:${name}`));
    },
    save_changes() {},
    on: (name, listener) => events.addEventListener(name, listener),
  };
}

export default { render };
