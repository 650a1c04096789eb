// What the script knows of a question: it checks an answer and gives the words to show. view.js draws it. scoring.py is
// the model, and a test holds the two together. Everything from a file stays text.

const VERDICTS = { "right": "Right.", "partly right": "Partly right.", "wrong": "Not right." };

// The rules of _reading.py: "1,234", "0,6", "19 %", "25 votes", "two". A test holds the two together.
const SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
  "sixteen seventeen eighteen nineteen twenty").split(" ");
const UNIT = `(?!(?:${SMALL.join("|")}|hundred|thousand|million|billion|dozens?|half|halves|thirds?|quarters?` +
  "|(?:fif|six|seven|eigh|nin|ten)ths?|and|or|to|than|less|more|fewer|not|minus|plus|point)\\b)[a-z]";
const NUMBER = new RegExp(
  String.raw`^ *(?:([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)` +
  `|([+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?)|(${SMALL.join("|")}))` +
  String.raw`(?: *%| *per ?cent| +${UNIT}{3,}(?: +${UNIT}+){0,3})?\.? *$`, "i");

// --- scoring: (question, response) -> status, credit, and the words to show

// `first`: a wrong choice of several, or order, gets a second try; it says how much is right, and one reason.
/** @param {Question} question @param {Answer} response @returns {Reply} */
export function reply(question, response, first = false) {
  if (response === null) {
    const status = "not attempted";
    return { verdict: say("Nothing chosen yet."), answered: question.wanted, reasons: [], status, credit: null };
  }
  const answered = say("You answered {answer}.", { answer: shown(question, response) });
  if (!question.solution) {
    const kept = `${answered} ${say("Reasons come after the test.")}`;
    return { verdict: "", answered: kept, reasons: [], status: null, credit: null };
  }
  const { credit, reasons, secondTry } = SCORES[question.kind](question.solution, response);
  const status = credit >= 1 ? "right" : credit > 0 ? "partly right" : "wrong";
  /** @type {Reply} */
  const told = { verdict: say(VERDICTS[status]), answered, reasons, status, credit };
  if (!first || !secondTry || status === "right") return told;
  return { ...told, answered: `${answered} ${secondTry.howMuch}`, reasons: secondTry.amiss.slice(0, 1) };
}

/** @type {Record<Kind, (solution: any, response: any) => Scored>} */
const SCORES = {
  /** @param {Choices} solution @param {string} letter */
  single({ key, reasons }, letter) {
    return { credit: Number(key.includes(letter)), reasons: [["", reasons[letter]]] };
  },

  /** @param {Choices} solution @param {string[]} picked */
  multiple({ key, reasons }, picked) {
    const letters = Object.keys(reasons);
    const hits = picked.filter((letter) => key.includes(letter)).length;
    const credit = Math.max(0, hits / key.length - (picked.length - hits) / (letters.length - key.length));
    const show = letters.filter((letter) => picked.includes(letter) || key.includes(letter));
    /** @param {string} letter */
    const head = (letter) => (key.includes(letter) && !picked.includes(letter)
      ? say("{what}, right but not chosen.", { what: letter.toUpperCase() })
      : judged(letter.toUpperCase(), key.includes(letter)));
    /** @param {string} letter @returns {Reason} */
    const told = (letter) => [head(letter), reasons[letter]];
    const wrong = picked.filter((letter) => !key.includes(letter)).sort();
    const more = wrong.length > 1 ? say("{wrong} wrong ones", { wrong: wrong.length })
      : say(wrong.length ? "1 wrong one" : "no wrong one");
    const howMuch = say("{hits} of {all} right ones chosen, {more}.", { hits, all: key.length, more });
    return { credit, reasons: show.map(told), secondTry: { howMuch, amiss: wrong.map(told) } };
  },

  /** @param {Choices} solution @param {string[]} picked */
  ordering({ key, reasons }, picked) {
    let swapped = 0;
    for (let i = 0; i < key.length; i++) {
      for (let j = i + 1; j < key.length; j++) swapped += Number(picked.indexOf(key[i]) > picked.indexOf(key[j]));
    }
    const credit = Math.max(0, 1 - (2 * swapped) / ((key.length * (key.length - 1)) / 2));
    const wrong = picked.filter((letter, place) => letter !== key[place]);
    /** @param {string} letter */
    const head = (letter) => (wrong.length ? say("{what}, out of place.", { what: letter.toUpperCase() })
      : `${letter.toUpperCase()}.`);
    /** @type {Reason[]} */
    const told = (wrong.length ? wrong : picked).map((letter) => [head(letter), reasons[letter]]);
    const howMuch = say("{placed} of {all} in their place.",
      { placed: key.length - wrong.length, all: key.length });
    return { credit, reasons: told, secondTry: { howMuch, amiss: told } };
  },

  /** @param {Quantity} solution @param {number} number */
  numeric({ value, tolerance, reason, ranges, otherwise }, number) {
    if (Math.abs(number - value) <= tolerance + 1e-9 * Math.abs(value)) return { credit: 1, reasons: [["", reason]] };
    /** @param {Quantity["ranges"][0]} range */
    const holds = (range) => (range.low ?? -Infinity) <= number && number <= (range.high ?? Infinity);
    const text = ranges.find(holds)?.reason ?? otherwise;
    return { credit: 0, reasons: text === null ? [] : [["", text]] };
  },
};

// Every reason with the words that say what it belongs to.
/** @param {Question} question @returns {Reason[]} */
export function explained(question) {
  if (!question.solution) return [];
  if ("value" in question.solution) {
    const { value, reason, ranges, otherwise } = question.solution;
    return [
      [judged(shown(question, value), true), reason],
      ...ranges.map((range) => /** @type {Reason} */ ([judged(range.says, false), range.reason])),
      .../** @type {Reason[]} */ (otherwise === null ? [] : [[say("Any other number, not right."), otherwise]]),
    ];
  }
  const { key, reasons } = question.solution;
  if (question.kind === "ordering") {
    const each = key.map((letter) => /** @type {Reason} */ ([`${letter.toUpperCase()}.`, reasons[letter]]));
    return [[say("The right order:"), `${shown(question, key)}.`], ...each];
  }
  return question.options.map(({ letter }) =>
    [judged(letter.toUpperCase(), key.includes(letter)), reasons[letter]]);
}

/** @param {string} what @param {boolean} right */
const judged = (what, right) => (right ? say("{what}, right.", { what }) : say("{what}, not right.", { what }));

/** @param {Question} question @param {NonNullable<Answer>} response */
function shown(question, response) {
  if (question.kind !== "numeric") return [response].flat().join(", ").toUpperCase();
  return `${response.toLocaleString("en-GB", { maximumSignificantDigits: 21 })} ${question.unit}`;
}

/** @param {string} typed */
export function readNumber(typed) {
  const text = typed.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("\u2212", "-").replace(/[\t-\r\u00a0\u2009\u202f\u3000]/g, " ");
  const [found, grouped, plain, word] = NUMBER.exec(text) ?? [];
  if (found === undefined) return null;
  const digits = grouped?.replaceAll(",", "") ?? plain?.replace(",", ".");
  const number = word ? SMALL.indexOf(word.toLowerCase()) : Number(digits);
  return Number.isFinite(number) ? number : null;
}
