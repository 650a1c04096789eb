// The chart lab. The tables, their rows, the picture and every sentence come from Python.

// The rows of the table: a box for each, folded, as some tables have many.
/** @param {Model<BriefChartTraits>} model @param {Send<BriefChartTraits>} send */
function rowBoxes(model, send) {
  /** @type {{ name: string, node: HTMLInputElement }[]} */
  let boxes = [];
  let drawn = "";
  const summary = element("summary");
  const group = fieldset("Rows of this table");
  const legend = group.firstElementChild;
  const node = element("details", { className: "nts-boxes" }, summary, group);
  const change = () => send({ rows: boxes.filter((box) => box.node.checked).map((box) => box.name) });

  const build = () => {
    const made = model.get("listed").map(([name, number]) => {
      const box = element("input", { type: "checkbox" });
      box.addEventListener("change", change);
      return { name, node: box, label: element("label", {}, box, `${name}: ${number}`) };
    });
    boxes = made;
    group.replaceChildren(...(legend ? [legend] : []), ...made.map(({ label }) => label));
  };
  return {
    node,
    update() {
      const listed = JSON.stringify(model.get("listed"));
      if (listed !== drawn) build();
      drawn = listed;
      for (const box of boxes) box.node.checked = model.get("rows").includes(box.name);
      summary.textContent = `Choose rows: ${model.get("rows").length} of ${boxes.length}`;
    },
  };
}

/** @param {Model<BriefChartTraits>} model @param {Send<BriefChartTraits>} send */
function titlePart(model, send) {
  const input = element("input", { type: "text", autocomplete: "off", maxLength: 90 });
  input.addEventListener("change", () => send({ title: input.value }));
  return {
    node: element("label", { className: "nts-title" }, element("span", { textContent: "Title" }), input),
    update() {
      if (input !== document.activeElement) input.value = model.get("title");
    },
  };
}

// What is drawn, as a table below its picture.
/** @param {Model<BriefChartTraits>} model */
function drawnPart(model) {
  const { nodes, update } = picturePart(model);
  const body = element("tbody");
  const shown = table("What is drawn", model.get("heads"), body);
  return {
    nodes: [...nodes, shown],
    update() {
      update();
      body.replaceChildren(...model.get("lines").map((cells) => row(...cells)));
      shown.hidden = !model.get("lines").length;
    },
  };
}

/** @type {LabSettings<BriefChartTraits>} */
const LAB = {
  className: "nts-drawn nts-brief-chart", label: "Chart lab", old: "the chart is", patience: 6000,
};

/** @param {Context<BriefChartTraits>} context */
const render = (context) => mount(context, LAB, (tools) => {
  const { model, send } = tools;
  const lists = filterPart("The chart", model, send);
  const title = titlePart(model, send);
  const rows = rowBoxes(model, send);
  lists.node.append(title.node);
  const keep = button("Keep it for my brief", () => send({ kept: model.get("kept") + 1 }));
  const buttons = element("div", { className: "nts-row" }, keep, backButton(model, send));
  const board = {
    node: element("div", { className: "nts-controls" }, lists.node, buttons, rows.node),
    update() {
      for (const part of [lists, title, rows]) part.update();
    },
  };
  return boardAndAnswer(tools, board, drawnPart(model));
});

export default { render };
