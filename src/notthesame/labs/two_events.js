// The two-events lab. The series, the fit, the picture and every sentence come from Python.

/** @type {[string, Input<EventsTraits>[]][]} */
const GROUPS = [
  ["The two events", [
    ["first", "First event (the seizure)", "date"],
    ["second", "Second event (the signature)", "date"],
    ["first_effect", "True change at the first", "number", 1],
    ["second_effect", "True change at the second", "number", 1],
  ]],
  ["How sharp the changes are", [
    ["lag", "Lag: days an effect takes to arrive", "number", 1],
    ["anticipation", "Anticipation: days the second begins early", "number", 1],
    ["noise", "Noise: spread of a day", "number", 0.5],
    ["carry", "Noise carried over to the next day", "number", 0.1],
  ]],
  ["The record", [
    ["window", "Days recorded on each side", "number", 10],
    ["begins", "Record begins", "select", 0, ["before both", "between them", "after both"]],
  ]],
];

// The first and the last day that one event may have beside the other: a date box takes no pair of days that the lab
// cannot place.
/** @param {string} name @param {string} first @param {string} second @param {number[]} gap */
export function allowedDays(name, first, second, [least, most]) {
  return name === "second" ? [later(first, least), later(first, most)] : [later(second, -most), later(second, -least)];
}

/** @param {string} date @param {number} days */
function later(date, days) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

// The picture, and under it each change as it is and as the fit has it.
/** @param {Model<EventsTraits>} model */
function answer(model) {
  const { nodes, update } = picturePart(model);
  const body = element("tbody");
  const heads = ["Change", "True (you set it)", "The fit says", "95 per cent band"];
  return {
    nodes: [...nodes, table("Synthetic counts per day", heads, body)],
    update() {
      update();
      body.replaceChildren(...model.get("rows").map(({ change, ...cells }) => row(change, ...Object.values(cells))));
    },
  };
}

/** @type {LabSettings<EventsTraits>} */
const LAB = {
  className: "nts-drawn nts-two-events", label: "Two-events lab", old: "the picture is", alive: ["tally"],
  patience: 8000, // the first fit is slow
};

/** @param {Context<EventsTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, status, send } = tools;
  /** @param {string} why */
  const refuse = (why) => { status.textContent = why; };
  /** @param {string} name */
  const limits = (name) => model.get("ranges")[name]
    ?? allowedDays(name, model.get("first"), model.get("second"), model.get("ranges").gap);
  const fresh = button("New noise", () => send({ seed: model.get("seed") + 1 }));
  const board = inputBoard(GROUPS, { model, send, refuse, limits }, fresh, backButton(model, send));
  const trial = trialPart(model, send, `Try the band on ${model.get("tries")} new series`, "New series drawn");
  return boardAndAnswer(tools, board, answer(model), trial);
});

export default { render };
