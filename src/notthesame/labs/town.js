// The town lab. The samples, the picture and every sentence come from Python.

/** @type {[string, Input<TownTraits>[]][]} */
const GROUPS = [
  ["Random and opt-in", [
    ["random_n", "People asked at random", "number", 10],
    ["opt_in_n", "People who opt in", "number", 100],
    ["ratio", "Selection ratio (1: all answer alike)", "number", 0.01],
  ]],
  ["Respondent-driven", [
    ["rds_n", "People recruited", "number", 10],
    ["seeds", "Seeds: who begins", "number", 1],
    ["coupons", "Coupons for each, at most", "number", 1],
    ["homophily", "Homophily: how alike friends answer (1: not)", "number", 0.25],
    ["replacement", "asking anybody twice", "select", 0, ["without", "with"]],
  ]],
  ["On the left", [
    ["sampler", "Sample shown", "select", 0, ["random", "opt-in", "respondent-driven"]],
    ["wave", "Waves shown", "number", 1],
  ]],
];
const PACE = 900; // milliseconds a wave stands
const SAMPLE = "respondent-driven";

// Shows the respondent-driven sample wave by wave, from the seeds; where motion is not wanted, one at each press.
/** @param {Model<TownTraits>} model @param {Send<TownTraits>} send */
function player(model, send) {
  let timer = 0;
  let answered = -1; // before the wave that was asked for
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    node.textContent = "Play the waves";
  };
  const step = () => {
    const wave = model.get("wave");
    if (!node.isConnected || wave >= model.get("waves") || model.get("sampler") !== SAMPLE) {
      stop();
      return;
    }
    if (model.get("answered") !== answered) {
      answered = model.get("answered");
      send({ wave: wave + 1 });
    }
    timer = setTimeout(step, PACE);
  };
  const next = () => {
    const on = model.get("sampler") === SAMPLE && model.get("wave") < model.get("waves");
    send({ sampler: SAMPLE, wave: on ? model.get("wave") + 1 : 0 });
  };
  const play = () => {
    answered = model.get("answered");
    send({ sampler: SAMPLE, wave: 0 });
    node.textContent = "Stop playing";
    timer = setTimeout(step, PACE);
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const node = button(calm ? "Next wave" : "Play the waves", () => {
    if (calm) next();
    else if (timer) stop();
    else play();
  });
  return node;
}

/** @type {LabSettings<TownTraits>} */
const LAB = {
  className: "nts-drawn nts-town", label: "Town lab", old: "the picture is", alive: ["tally"],
  patience: 8000, // the first interval is slow
};

/** @param {Context<TownTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, status, send } = tools;
  /** @param {string} why */
  const refuse = (why) => { status.textContent = why; };
  /** @param {string} name @returns {[number, number]} */
  const limits = (name) => (name === "wave" ? [0, model.get("waves")] : model.get("ranges")[name]);
  const fresh = button("New samples", () => send({ seed: model.get("seed") + 1 }));
  const buttons = [player(model, send), fresh, backButton(model, send)];
  const board = inputBoard(GROUPS, { model, send, refuse, limits }, ...buttons);
  const trial = trialPart(model, send, `Draw ${model.get("tries")} new samples of each`, "New samples drawn");
  return boardAndAnswer(tools, board, picturePart(model), trial);
});

export default { render };
