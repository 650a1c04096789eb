// Keys of a presenter and of a keyboard go from slide to slide; without this script one scrolls.
const slides = [...document.querySelectorAll("section.slide")];
const STEPS = new Map([
  ["ArrowRight", 1], ["ArrowDown", 1], ["PageDown", 1], [" ", 1], ["Enter", 1],
  ["ArrowLeft", -1], ["ArrowUp", -1], ["PageUp", -1], ["Backspace", -1],
  ["Home", -slides.length], ["End", slides.length],
]);

/** The slide that is on the screen. */
function current() {
  const middle = innerHeight / 2;
  return Math.max(0, slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle));
}

addEventListener("keydown", (event) => {
  const step = STEPS.get(event.key);
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = Math.min(slides.length - 1, Math.max(0, current() + (event.shiftKey ? -step : step)));
  slides[next].scrollIntoView();
});
