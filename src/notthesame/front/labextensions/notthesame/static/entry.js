// An extension of JupyterLab and Notebook, in the form that its build writes (a container of module federation) but
// by hand: what scripts in outputs cannot do, as they do not run in a notebook that is just opened. Without it
// everything else works as before. front/types.d.ts says what it is given.
(() => {
  const sheet = new URL("dark.css", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

  const page = /** @type {{ _JUPYTERLAB?: Record<string, unknown>, notthesameAsked?: Asked }} */ (globalThis);

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

  /** @param {Tracker} notebooks @param {Asked} asked */
  async function follow(notebooks, { path, id }) {
    const panel = await opened(notebooks, path);
    if (panel) await goTo(panel, nameIn(id));
  }

  // Notebook opens a link in a page of its own, without the heading; that page asks the one it was opened from.
  /** @param {Application} app @param {Tracker} notebooks */
  function followLinks(app, notebooks) {
    app.commands.commandExecuted.connect(async (_, { id, args, result }) => {
      if (!id.endsWith(":handle-local-link") || !args.id || !args.path?.endsWith(".ipynb")) return;
      page.notthesameAsked = { path: args.path, id: args.id };
      await result;
      await follow(notebooks, page.notthesameAsked);
    });
    try {
      const before = /** @type {typeof page | null} */ (window.opener)?.notthesameAsked;
      if (before) follow(notebooks, before);
    } catch {
      // opened from a page of somebody else's
    }
  }

  // --- saved controls that were given up

  const VIEW = "application/vnd.jupyter.widget-view+json";
  const STATE = "application/vnd.jupyter.widget-state+json";

  /** @param {Panel} panel @returns {[Drawn, Output][]} */
  function givenUp(panel) {
    const saved = panel.content.model?.getMetadata("widgets")?.[STATE]?.state ?? {};
    const areas = [...panel.content.widgets].flatMap(({ outputArea }) => outputArea ?? []);
    const drawn = areas.flatMap(({ widgets, model }) => [...widgets].flatMap((output, place) =>
      [...output.children()].map((part) => /** @type {[Drawn, Output]} */ ([part, model.get(place)]))));
    return drawn.filter(([{ mimeType, node }, output]) => mimeType === VIEW
      && node.textContent?.endsWith("model not found") && (output?.data[VIEW]?.model_id ?? "") in saved);
  }

  // jupyterlab_widgets 3.0.17 waits two seconds for a saved widget, and at their end does not look once more. A kernel
  // takes about as long to start, and widgets are read after it: one that is there by then is given up for good. So it
  // is asked for again, as JupyterLab draws any output.
  /** @param {Panel} panel */
  async function askAgain(panel) {
    await panel.sessionContext.ready;
    for (let looks = 0; looks < 20 && !panel.isDisposed; looks += 1) {
      for (const [drawn, output] of givenUp(panel)) {
        drawn.removeClass("jupyter-widgets");
        drawn.renderModel(output);
      }
      await rest(500);
    }
  }

  /** @param {Application} _app @param {Tracker} notebooks */
  function keepControls(_app, notebooks) {
    notebooks.forEach(askAgain);
    notebooks.widgetAdded.connect((_, panel) => askAgain(panel));
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
      const common = { autoStart: true, requires: [INotebookTracker] };
      return {
        __esModule: true,
        default: [
          { ...common, id: "notthesame:links", activate: followLinks },
          { ...common, id: "notthesame:controls", activate: keepControls },
        ],
      };
    },
  };

  page._JUPYTERLAB ??= {};
  page._JUPYTERLAB.notthesame = {
    init: (/** @type {SharedModules} */ modules) => { shared = modules; },
    get: async (/** @type {string} */ name) => {
      const part = await parts[name]();
      return () => part;
    },
  };
})();
