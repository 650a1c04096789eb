// A button that writes a hand-in; what would be in it stands above, and what came of it is said by Python.

/** @param {Context<PressedTraits>} context */
function render(context) {
  return onPress(context, {
    words: "Write the file",
    label: "Write the hand-in",
    lost: "The kernel does not answer, so nothing is written. Run this cell again.",
    nodes: [],
    update() {},
  });
}

export default { render };
