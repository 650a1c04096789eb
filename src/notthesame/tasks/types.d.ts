// What crosses between form.py and form.js: payload(), said_of() and the traits of Control.

type Picked = [value: string, words: string];

interface NumberBox {
  kind: "number";
  label: string;
}

interface PickBox {
  kind: "pick";
  many: boolean;
  choices: Picked[];
}

interface TextForm {
  kind: "text";
  low: number;
  high: number;
}

type Box = NumberBox | PickBox | TextForm;

/** What a box is on the page. */
type Typed = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface OrderForm {
  kind: "order";
  choices: Picked[];
}

interface FieldsForm {
  kind: "fields";
  fields: (Box & { label: string })[];
}

interface TableForm {
  kind: "table";
  caption: string;
  corner: string;
  rows: string[];
  columns: string[];
  /** What is told of each row when its name is pressed; "" for nothing. */
  notes: string[];
  /** What the boxes of each column hold. */
  cells: Box[];
}

interface Task<Form = TextForm | NumberBox | PickBox | OrderForm | FieldsForm | TableForm> {
  id: string;
  wanted: string;
  form: Form;
  hints: string[];
}

/** What Check said; nothing before the first time. */
interface Said {
  status?: string;
  verdict?: string;
  text?: string;
}

interface TaskTraits {
  task: Task;
  given: string[];
  drafted: number;
  checked: number;
  rungs: number;
  wanted: number;
  reply: Said;
  tried: boolean;
  solution: string[][];
  saved: string;
  answered: number;
}

/** The boxes of a form: their nodes, what stands in them, and how to fill them. */
interface Boxes {
  nodes: HTMLElement[];
  read(): string[];
  write(given: string[]): void;
}
