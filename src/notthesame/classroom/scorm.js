// A lesson's page as a part of a SCORM 1.2 package. The learning platform that shows it is told how far the learner
// is, how many first answers are right, and the answers, so that they are there again: no more than that, and nobody
// else. Where there is no platform, or one that fails, the page is as it is everywhere. view.js comes before this.

const KEPT = "Kept on your learning platform.";
const LOST = "Your learning platform did not keep this answer.";
const WINDOWS = 10; // of those that lie around a page, or around what opened it

// A window and those it lies in.
/** @param {Window | null} from */
function around(from) {
  /** @type {Window[]} */
  const found = [];
  for (let at = from; at && !found.includes(at) && found.length < WINDOWS; at = at.parent) found.push(at);
  return found;
}

function findPlatform() {
  const near = around(window);
  for (const there of [...near, ...near.flatMap(({ opener }) => around(opener))]) {
    try {
      const { API } = /** @type {any} */ (there);
      if (API) return API;
    } catch {
      // A window of another site does not let us look.
    }
  }
  return null;
}

/** @param {string} text @returns {Record<string, any>} */
function readKept(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

// What was kept may be of another version of the question.
/** @param {Question} question @param {any} answer */
function fits({ kind, options }, answer) {
  const letters = options.map(({ letter }) => letter);
  if (kind === "numeric") return Number.isFinite(answer);
  if (kind === "single") return letters.includes(answer);
  return Array.isArray(answer) && answer.length > 0 && new Set(answer).size === answer.length &&
    answer.every((letter) => letters.includes(letter)) && (kind === "multiple" || answer.length === letters.length);
}

/** @returns {Platform | undefined} */
function openPlatform() {
  const api = findPlatform();
  /** @param {string} name @param {string[]} given */
  const call = (name, ...given) => {
    try {
      return String(api[name](...given));
    } catch {
      return "";
    }
  };
  if (call("LMSInitialize", "") !== "true") return undefined;
  const kept = readKept(call("LMSGetValue", "cmi.suspend_data"));
  const over = ["completed", "passed"].includes(call("LMSGetValue", "cmi.core.lesson_status"));
  /** @type {Map<string, Question>} */
  const asked = new Map();
  /** @type {Map<string, Exclude<Answer, null>[]>} */
  const given = new Map(); // the first answer to each question, and the latest if there are more

  /** @param {Record<string, number>} values */
  function tell(values) {
    const whole = [...asked.keys()].every((id) => given.has(id));
    const status = over ? {} : { lesson_status: whole ? "completed" : "incomplete" };
    // Without "suspend" some platforms forget the answers.
    const core = Object.entries({ exit: "suspend", ...status, ...values });
    const data = given.size ? [["cmi.suspend_data", JSON.stringify(Object.fromEntries(given))]] : [];
    const all = [...core.map(([name, value]) => [`cmi.core.${name}`, String(value)]), ...data];
    const said = [...all.map(([name, value]) => call("LMSSetValue", name, value)), call("LMSCommit", "")];
    return said.every((word) => word === "true");
  }

  // In per cent of the questions whose key the page has; a test has none.
  /** @returns {Record<string, number>} */
  function score() {
    const scored = [...asked.values()].filter(({ solution }) => solution);
    if (!scored.length) return {};
    const right = scored.filter((question) => reply(question, given.get(question.id)?.[0] ?? null).status === "right");
    const raw = Math.round(100 * right.length / scored.length);
    return { "score.raw": raw, "score.min": 0, "score.max": 100 };
  }

  addEventListener("pagehide", () => call("LMSFinish", ""));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); }); // it has been finished
  return {
    earlier(question) {
      asked.set(question.id, question);
      const answers = Object.hasOwn(kept, question.id) ? [kept[question.id]].flat().slice(0, 2) : [];
      if (!answers.length || !answers.every((answer) => fits(question, answer))) return [];
      given.set(question.id, answers);
      return answers;
    },
    keep({ id }, response) {
      if (response === null) return "";
      given.set(id, [...(given.get(id) ?? []).slice(0, 1), response]);
      return tell(score()) ? KEPT : LOST;
    },
    begin() {
      tell({});
      // What a link leads to opens beside the lesson, which otherwise would end.
      for (const link of document.links) {
        if (link.href.split("#")[0] === location.href.split("#")[0] || link.matches(".nts-exit")) continue;
        link.target = "_blank";
        link.rel = "noopener";
      }
    },
  };
}

const platform = openPlatform();
hydrate(document, platform);
platform?.begin();
