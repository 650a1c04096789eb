// What crosses between form.py and form.js: payload(), said_of() and the traits of Control.

interface Task {
  id: string;
  wanted: string;
  form: Forms[keyof Forms];
  hints: string[];
}

/** What the forms of exercise_forms.py send, by kind. */
interface Forms {
  text: Length & { kind: "text" };
  number: NumberBox & Labelled;
  pick: PickBox & { many: boolean };
  order: { kind: "order"; choices: Choice[] };
  fields: { kind: "fields"; fields: (Box & Labelled)[] };
  table: { kind: "table"; caption: string; corner: string; rows: string[]; columns: string[]; cell: Box };
}

/** In words. */
interface Length {
  low: number;
  high: number;
}

/** One box: a number to type, or a list to choose from. */
type Box = NumberBox | PickBox;

interface NumberBox {
  kind: "number";
  label?: string;
  choices?: undefined;
}

interface PickBox {
  kind: "pick";
  many?: boolean;
  choices: Choice[];
}

interface Labelled {
  label: string;
}

type BoxInput = HTMLInputElement | HTMLSelectElement;

/** The boxes of a form; what stands in them is a list of texts. */
interface Boxes {
  nodes: Child[];
  read(): string[];
  write(given: string[]): void;
}

/** What the latest check said. */
interface Said {
  status: NonNullable<Reply["status"]>;
  verdict: string;
  text: string;
}

interface TaskTraits {
  task: Task;
  given: string[];
  drafted: number;
  checked: number;
  rungs: number;
  wanted: number;
  /** Empty before the first check. */
  reply: Said | { [Name in keyof Said]?: undefined };
  tried: boolean;
  solution: Reason[];
  saved: string;
  answered: number;
}
