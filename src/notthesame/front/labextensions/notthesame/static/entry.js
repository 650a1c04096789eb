// An extension of JupyterLab and Notebook, in the form that its build writes (a container of module federation) but
// by hand: what scripts in outputs cannot do, as they do not run in a notebook that is just opened. Without it
// everything else works as before. front/types.d.ts says what it is given.
(() => {
  const sheet = new URL("dark.css", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

  /** @type {SharedModules} */
  let shared = {};

  // A module that JupyterLab has anyway; its tokens are told apart by identity, so none of our own would do.
  /** @param {string} name */
  async function module(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  // --- the heading that a link names

  /** @param {number} milliseconds */
  const rest = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

  /** @param {string} fragment */
  function nameIn(fragment) {
    try {
      return decodeURIComponent(fragment.replace(/^#/, ""));
    } catch {
      return fragment.replace(/^#/, "");
    }
  }

  /** @param {Panel} panel @param {string} name */
  function isInView(panel, name) {
    const found = panel.node.querySelector(`[data-jupyter-id="${CSS.escape(name)}"], [id="${CSS.escape(name)}"]`);
    const { height, top, bottom } = found?.getBoundingClientRect() ?? new DOMRect();
    return height > 0 && top >= 0 && bottom <= innerHeight;
  }

  // JupyterLab looks once, in what is drawn already, which in a notebook just opened is nothing; so the cells are
  // asked for their headings. A page that settles moves on, so this looks again, until it holds or the reader acts.
  /** @param {Panel} panel @param {string} name */
  async function goTo(panel, name) {
    await panel.context.ready;
    await panel.revealed;
    const reader = new AbortController();
    for (const act of ["wheel", "pointerdown", "keydown"]) {
      panel.node.addEventListener(act, () => reader.abort(), { capture: true, once: true });
    }
    for (let tries = 0, held = 0; tries < 20 && held < 4 && !panel.isDisposed; tries += 1) {
      if (reader.signal.aborted) return;
      held = isInView(panel, name) ? held + 1 : 0;
      if (!held) await panel.content.setFragment(`#heading=${name}`);
      await rest(250);
    }
  }

  /** @param {Tracker} notebooks @param {string} path */
  async function opened(notebooks, path) {
    const find = () => notebooks.find((one) => one.context.path === path);
    for (let tries = 0; tries < 40 && !find(); tries += 1) await rest(250);
    return find();
  }

  /** @param {Application} app @param {Tracker} notebooks */
  function followLinks(app, notebooks) {
    app.commands.commandExecuted.connect(async (_, { id, args, result }) => {
      if (id !== "rendermime:handle-local-link" || !args.id || !args.path?.endsWith(".ipynb")) return;
      await result;
      const panel = await opened(notebooks, args.path);
      if (panel) await goTo(panel, nameIn(args.id));
    });
  }

  // --- what JupyterLab takes

  /** @type {Record<string, () => Promise<unknown>>} */
  const parts = {
    "./style": async () => {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet }));
      return {};
    },
    "./extension": async () => {
      const { INotebookTracker } = await module("@jupyterlab/notebook");
      const links = { id: "notthesame:links", autoStart: true, requires: [INotebookTracker], activate: followLinks };
      return { __esModule: true, default: links };
    },
  };

  const page = /** @type {{ _JUPYTERLAB?: Record<string, unknown> }} */ (globalThis);
  page._JUPYTERLAB ??= {};
  page._JUPYTERLAB.notthesame = {
    init: (/** @type {SharedModules} */ modules) => { shared = modules; },
    get: async (/** @type {string} */ name) => {
      const part = await parts[name]();
      return () => part;
    },
  };
})();
