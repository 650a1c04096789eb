// What has changed for a learner, once they ask. Every word, and the picture, come from Python.

/** @param {ChangePart} part */
function changePart({ head, lines, caption, heads, rows, picture, alt }) {
  const said = lines.map((line) => paragraph("", line));
  const image = Object.assign(pane("nts-picture", "Picture"), { tabIndex: 0, hidden: !picture });
  if (picture) image.append(element("img", { src: `data:image/png;base64,${picture}`, alt }));
  const body = element("tbody", {}, ...rows.map((cells) => row(...cells)));
  const seen = rows.length ? [table(caption, heads, body)] : [];
  return element("div", { className: "nts-part" }, paragraph(head, ""), ...said, image, ...seen);
}

/** @param {Context<ChangeTraits>} context */
function render(context) {
  const { model } = context;
  const parts = element("div", { className: "nts-change" });
  return onPress(context, {
    words: "Show what has changed",
    label: "What has changed for you",
    lost: "The kernel does not answer. Run this cell again to see what has changed.",
    nodes: [parts],
    update() {
      parts.replaceChildren(...model.get("parts").map(changePart));
    },
  });
}

export default { render };
