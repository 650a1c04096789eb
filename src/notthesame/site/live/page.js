// "Use the lab here" below the static block of each lab that a page can run: it loads Python, once a page, runs the
// call of the lesson's cell, and gives the lab's own script a model whose traits speak with it. No rule stands here.

const own = /** @type {HTMLScriptElement} */ (document.currentScript);

const FROM_A_FILE = "A browser loads no Python for a page that was opened as a file. To use the lab, open this lesson" +
  " as a notebook: start.py in the folder of the course does it. On a web server this page can do it too.";
const STEPS = { loading: "Python is loading.", starting: "Python starts.", waiting: "The lab is made." };

// --- models

// What anywidget gives to a script, as far as the labs ask for it.
class PageModel {
  /** @param {Python} python @param {string} id @param {Record<string, unknown>} state */
  constructor(python, id, state) {
    this.python = python;
    this.id = id;
    this.state = state;
    /** @type {Record<string, unknown>} */
    this.unsent = {};
    /** @type {Map<string, Set<() => void>>} */
    this.listeners = new Map();
    this.widget_manager = { get_model: async (/** @type {string} */ wanted) => python.models.get(wanted) };
  }

  /** @param {string} old */
  late(old) {
    return `Python is at work, so ${old} not up to date yet.`;
  }

  /** @param {string} name */
  get(name) {
    return this.state[name];
  }

  get_state() {
    return this.state;
  }

  /** @param {string} name @param {unknown} value */
  set(name, value) {
    this.unsent[name] = value;
    this.take({ [name]: value });
  }

  save_changes() {
    const state = this.unsent;
    this.unsent = {};
    if (Object.keys(state).length) this.python.send(this.id, { state });
  }

  /** @param {unknown} content */
  send(content) {
    this.python.send(this.id, { content });
  }

  /** @param {string} event @param {() => void} listener */
  on(event, listener) {
    const heard = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, heard.add(listener));
  }

  /** @param {string} event @param {() => void} listener */
  off(event, listener) {
    this.listeners.get(event)?.delete(listener);
  }

  /** @param {Record<string, unknown>} state */
  take(state) {
    const same = (/** @type {string} */ name) => JSON.stringify(state[name]) === JSON.stringify(this.state[name]);
    const changed = Object.keys(state).filter((name) => !same(name));
    Object.assign(this.state, state);
    for (const event of [...changed.map((name) => `change:${name}`), ...(changed.length ? ["change"] : [])]) {
      for (const listener of [...(this.listeners.get(event) ?? [])]) listener();
    }
  }
}

// --- Python

// One interpreter a page, in a worker beside it.
class Python {
  constructor() {
    /** @type {Map<string, PageModel>} */
    this.models = new Map();
    /** @type {Map<number, Asking>} */
    this.asked = new Map();
    this.count = 0;
    this.ready = false;
    this.worker = new Worker(new URL("worker.js", own.src), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", () => this.hear({ kind: "failed", why: "" }));
  }

  // Runs a cell; the lab that it shows goes to `asking`.
  /** @param {string} code @param {string[]} needs @param {Asking} asking */
  run(code, needs, asking) {
    const ask = this.count++;
    this.asked.set(ask, asking);
    this.worker.postMessage({ run: code, needs, ask });
    if (this.ready) asking.step(STEPS.waiting);
    return ask;
  }

  /** @param {string} id @param {unknown} message */
  send(id, message) {
    this.worker.postMessage({ id, message: JSON.stringify(message) });
  }

  /** @param {LiveMessage} message */
  hear(message) {
    const every = [...this.asked.values()];
    if (message.kind === "read") for (const asking of every) asking.read(message.bytes);
    else if (message.kind === "starting") for (const asking of every) asking.step(STEPS.starting);
    else if (message.kind === "opened") this.models.set(message.id, new PageModel(this, message.id, message.state));
    else if (message.kind === "update") this.models.get(message.id)?.take(message.state);
    else if (message.kind === "shown") this.show(message);
    else this.fail(message);
  }

  /** @param {Extract<LiveMessage, { kind: "shown" }>} message */
  show({ id, ask }) {
    this.ready = true;
    const model = this.models.get(id);
    if (model) this.asked.get(ask)?.draw(model);
    this.asked.delete(ask);
  }

  // Without a number Python itself is not there, and the next press begins anew.
  /** @param {Extract<LiveMessage, { kind: "failed" }>} message */
  fail({ ask, why }) {
    const lost = [...this.asked].filter(([each]) => ask === undefined || each === ask);
    if (ask === undefined) this.end();
    for (const [each, asking] of lost) {
      this.asked.delete(each);
      asking.fail(why);
    }
  }

  // Takes a wish back; with nothing else wanted of it, what loads is stopped.
  /** @param {number} ask */
  cancel(ask) {
    this.asked.delete(ask);
    if (!this.ready && !this.asked.size) this.end();
  }

  end() {
    this.worker.terminate();
    if (python === this) python = undefined;
  }
}

/** @type {Python | undefined} */
let python;

/** @type {Map<string, Promise<Drawing>>} */
const scripts = new Map();

/** @param {string} script */
function drawing(script) {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const found = scripts.get(script) ?? /** @type {Promise<Drawing>} */ (import(address));
  scripts.set(script, found);
  return found;
}

// --- the page

// The button below a static block, what becomes of it, and the place of the lab.
/** @param {HTMLElement} block */
function offer(block) {
  const { call = "", needs = "", bytes: more } = block.dataset;
  const bytes = Number(more ?? own.dataset.bytes); // of all that is loaded
  const status = liveRegion("p", "nts-live-status");
  const bar = element("progress", { max: bytes, value: 0 });
  bar.setAttribute("aria-label", "Loaded of Python");
  const begin = button("Use the lab here", press);
  const home = element("div");
  const row = element("div", { className: "nts-row" }, begin, bar, status);
  const box = element("div", { className: "nts-front nts-live screen" }, row, home);
  const instead = block.nextElementSibling;
  box.lang = "en-GB"; // as the labs are, in every language of the course
  const about = `Loads Python into this page, once: ${Math.ceil(bytes / 1e6)} MB. What you do here stays in this page.`;
  let ask = -1;

  /** @param {string} words @param {boolean} busy */
  function tell(words, busy = false) {
    status.textContent = words;
    bar.hidden = !busy;
    begin.textContent = busy ? "Stop" : "Use the lab here";
    if (!busy) ask = -1;
  }

  function press() {
    if (ask >= 0) {
      python?.cancel(ask);
      tell("Stopped.");
    } else if (location.protocol === "file:") {
      tell(FROM_A_FILE);
    } else {
      tell(STEPS.loading, true);
      python ??= new Python();
      ask = python.run(call, needs.split(" ").filter(Boolean), asking);
    }
  }

  /** @type {Asking} */
  const asking = {
    read(so) {
      bar.value = so;
    },
    step(words) {
      status.textContent = words;
    },
    fail(why) {
      tell(`The lab could not be loaded${why ? ` (${why})` : ""}. The text above says the same without it.`);
    },
    async draw(model) {
      const { default: lab } = await drawing(String(model.get("_esm")));
      await lab.render({ model, el: home });
      const had = row.contains(document.activeElement);
      row.remove();
      const root = home.querySelector("section");
      if (!(root && had)) return;
      root.tabIndex = -1;
      root.focus({ preventScroll: true });
      block.scrollIntoView(); // as the block is one line now, the page has moved
    },
  };

  if (instead?.matches("p.note")) instead.remove();
  block.after(box);
  tell(about);
}

/** @type {NodeListOf<HTMLElement>} */
const blocks = document.querySelectorAll("[data-lab][data-call]");
for (const block of blocks) offer(block);
