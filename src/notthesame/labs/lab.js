// What the labs share; labs/__init__.py puts this text before the script of each lab.
// A lab draws the traits and writes the learner's choices into them; what follows from a choice comes from Python.
// Controls are built once and changed in place, so that none loses the focus.

// A form that asks for predictions before anything is revealed; it can be skipped.
/**
 * @param {string} title
 * @param {string} show
 * @param {() => Predictions} read
 * @param {Send<Predicting>} send
 * @param {Child[]} children
 */
function predictionForm(title, show, read, send, ...children) {
  const skip = button("Skip the prediction", () => send({ predictions: {}, revealed: true }));
  const node = element("form", { className: "nts-predict", autocomplete: "off" },
    fieldset(title, ...children, element("div", { className: "nts-row" }, submitButton(show), skip)));
  node.setAttribute("aria-label", title);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ predictions: read(), revealed: true });
  });
  return node;
}

// What to settle with the lab, and a button that unfolds the static block above it. lab.css folds that to one line as
// long as a lab stands below it; nothing of it is taken away.
/** @param {string} task @param {() => boolean} unfold */
function taskPart(task, unfold) {
  const turn = button("Show the text above", () => turn.setAttribute("aria-expanded", String(unfold())));
  turn.setAttribute("aria-expanded", "false");
  return element("div", { className: "nts-task" }, element("p", {}, element("strong", { textContent: "To settle" }),
    ` ${task}`), turn);
}

// Back to the values with which the lab opened.
/** @template {InputTraits} Traits @param {Model<Traits>} model @param {Send<Traits>} send */
const backButton = (model, send) =>
  button("Back to the start", () => send(/** @type {Partial<Traits>} */ (model.get("start"))));

// Some traits as they are now, by name.
/**
 * @template Traits @template {keyof Traits} Name
 * @param {Model<Traits>} model
 * @param {Name[]} names
 */
const traits = (model, ...names) =>
  /** @type {Pick<Traits, Name>} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));

// The picture of a lab, which a narrow page moves sideways; nothing while there is none.
/** @template {PictureTraits} Traits @param {Model<Traits>} model */
function pictureFrame(model) {
  const image = element("img");
  const node = element("div", { className: "nts-picture", tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Picture");
  return {
    node,
    update() {
      const source = `data:image/png;base64,${model.get("picture")}`;
      node.hidden = !model.get("picture");
      if (node.hidden || image.src === source) return;
      node.replaceChildren(Object.assign(image, { src: source, alt: model.get("alt") }));
    },
  };
}

// --- the whole

// Puts a lab on the page, keeps it up to date, and returns what takes it off again. `old` says what is out of date
// when the kernel has not answered within `patience` milliseconds; `alive` names traits that show it at work.
// make() gets the live region `status`, send() for traits that Python answers, write() for those it need not, and
// wait(), which send() includes. It returns the nodes of the lab, its update(), and the node that fades when old.
/**
 * @template {LabTraits} Traits
 * @param {Context<Traits>} context
 * @param {LabSettings<Traits>} settings
 * @param {(tools: LabTools<Traits>) => LabParts} make
 */
function mount({ model, el }, { className, label, old, patience = 3000, alive = [] }, make) {
  const status = liveRegion("p", "nts-status");

  let waiting = 0;
  const stop = () => clearTimeout(waiting);
  const wait = () => {
    stop();
    waiting = setTimeout(() => {
      status.textContent = model.late?.(old) ??
        `The kernel does not answer, so ${old} not up to date. Run this cell again.`;
      fades.classList.add("nts-stale");
    }, patience);
  };
  /** @param {Partial<Traits>} values */
  const write = (values) => {
    for (const name in values) model.set(name, /** @type {Traits[typeof name]} */ (values[name]));
    model.save_changes();
  };
  /** @param {Partial<Traits>} values */
  const send = (values) => {
    write(values);
    wait();
  };

  const { nodes, update, fades } = make({ model, status, send, write, wait });
  const task = taskPart(model.get("task"), () => root.classList.toggle("nts-unfolded"));
  const root = element("section", { className: `nts-front nts-lab ${className}` }, task, ...nodes);
  root.setAttribute("aria-label", label);
  const hear = () => {
    stop();
    fades.classList.remove("nts-stale");
    status.textContent = model.get("message");
  };

  guardKeys(root);
  /** @type {[Heard<Traits>, () => void][]} */
  const heard = [["change", update], ["change:answered", hear]];
  for (const name of alive) heard.push([`change:${name}`, stop]);
  for (const [event, listener] of heard) model.on(event, listener);
  update();
  hear();
  el.append(root);
  return () => {
    stop();
    for (const [event, listener] of heard) model.off(event, listener);
  };
}
