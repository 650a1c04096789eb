// What crosses between view.py and view.js: payload(), Reply and the traits of Control.

type Kind = "single" | "multiple" | "ordering" | "numeric";

/** A letter, letters, or a number; null where nothing was answered. */
type Answer = string | string[] | number | null;

interface Question {
  id: string;
  kind: Kind;
  mode: "practice" | "test";
  stem: string;
  unit: string;
  wanted: string;
  asksConfidence: boolean;
  options: { letter: string; text: string }[];
  /** A test has none. */
  solution?: Choices | Quantity;
}

interface Choices {
  key: string[];
  reasons: Record<string, string>;
}

interface Quantity {
  value: number;
  tolerance: number;
  reason: string;
  ranges: { low: number | null; high: number | null; says: string; reason: string }[];
  otherwise: string | null;
}

/** A heading, which may be empty, and a text. */
type Reason = [string, string];

/** What a learner reads after checking. In a test, and where nothing was read, there is no status. */
interface Reply {
  verdict: string;
  answered: string;
  reasons: Reason[];
  status: "not attempted" | "wrong" | "partly right" | "right" | null;
  credit: number | null;
}

/** What an answer earns; secondTry is for what is told of a first wrong answer. */
interface Scored {
  credit: number;
  reasons: Reason[];
  secondTry?: { howMuch: string; amiss: Reason[] };
}

interface QuestionTraits {
  question: Question;
  response: Answer;
  confidence: number | null;
  checked: number;
  saved: string;
  left: [string, Answer, number | null][];
  taken: Record<string, string>;
}

/** The traits of whatever is shown on a press only (pressed.js). */
interface PressedTraits {
  pressed: number;
  told: number;
  message: string;
}

/** What onPress() needs: the words on its button, its name, what is said where no kernel answers, what it fills. */
interface PressSettings {
  words: string;
  label: string;
  lost: string;
  nodes: Node[];
  update(press: HTMLButtonElement): void;
}

/** The traits of TestReasons (after_test.py): an entry for each question of a test, once asked for. */
interface TestReasonsTraits extends PressedTraits {
  asks: boolean;
  entries: { case: string; stem: string; lines: Reason[] }[];
}

/** What view.js needs of a widget; an exported page has one of its own. */
type QuestionModel = Pick<Model<QuestionTraits>, "get" | "set" | "save_changes" | "on" | "off">;

/** What keeps the answers given on a page: the first and the latest of before, and words on what became of a new one. */
interface Keeper {
  earlier(question: Question): Exclude<Answer, null>[];
  keep(question: Question, response: Answer): string;
}

/** The inputs of one kind of question. */
interface Picker {
  nodes: Child[];
  read(): { response: Answer; problem?: undefined } | { problem: string; response?: undefined };
  write(response: any): void;
}

/** The traits of MyChange (my_change.py): two parts, once asked for. */
interface ChangeTraits extends PressedTraits {
  parts: ChangePart[];
}

/** A picture is PNG in base64; where there is none it is empty, as its alt. */
interface ChangePart {
  head: string;
  lines: string[];
  caption: string;
  heads: string[];
  rows: string[][];
  picture: string;
  alt: string;
}
