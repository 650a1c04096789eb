// What crosses between a lab and its script: the traits of each lab, and what mount() in lab.js gives and takes.

interface LabTraits {
  task: string;
  message: string;
  answered: number;
}

/** A PNG as base64 text, and the words for it. */
interface PictureTraits {
  picture: string;
  alt: string;
}

interface LabSettings<Traits> {
  className: string;
  label: string;
  old: string;
  patience?: number;
  alive?: (keyof Traits & string)[];
}

interface LabTools<Traits> {
  model: Model<Traits>;
  status: HTMLElement;
  send: Send<Traits>;
  write: Send<Traits>;
  wait(): void;
}

type Send<Traits> = (values: Partial<Traits>) => void;

interface LabParts {
  nodes: HTMLElement[];
  update(): void;
  fades: HTMLElement;
}

/** A value and the words for it. */
type Choice = [string, string];

// --- the argument map

interface MapTraits extends LabTraits, Marks {
  questions: Choice[];
  longest: number;
  question: string;
  focus: string;
  own: Objection[];
  nodes: MapNode[];
  keeps: { claim?: string; text?: string; groups?: [string, [id: string, why: string, text: string][]][] };
  holds: string[];
  parting: [string, string, string][];
}

interface Marks {
  accepted: string[];
  rejected: string[];
  unsure: string[];
}

interface Objection {
  id: string;
  against: string;
  text: string;
}

interface MapNode {
  id: string;
  question: string;
  group: string;
  claim: boolean;
  text: string;
  short: string;
  recalled: boolean;
  about: string;
}

// --- the counting lab and the definition machine

/** An instrument by name; without a verdict or a total until the learner has predicted. */
interface Instrument {
  key: string;
  short: string;
  name: string;
  sexWork: boolean;
}

type Predictions = Record<string, string>;

interface Predicting {
  predictions: Predictions;
  revealed: boolean;
}

interface CountingTraits extends LabTraits, Predicting {
  groups: { key: string; name: string }[];
  rules: ("out" | "in" | "range")[];
  opened: string;
  numbers: Record<string, number>;
  unknown: number;
  depends: string;
  instruments: string[];
  every: boolean;
  rows: (Instrument | Counted)[];
  dropped: [instrument: string, sentences: string[]][];
}

/** What the parts of the counting lab show. */
type CountingState = Omit<CountingTraits, "groups" | "rules" | "opened" | "instruments" | keyof LabTraits>;
type Counted = Instrument & Total;

/** In words, whole and by group; low and high are per cent of all cases. */
interface Total {
  total: string;
  parts: string[];
  low: number;
  high: number;
}

interface MachineTraits extends LabTraits, Predicting, Switched {
  cases: Case[];
  switches: { key: string; family: string; short: string; question: string }[];
  vignette: string;
  instruments: string[];
  every: boolean;
  offered: string[];
  turns: Record<string, number>;
  rows: (Instrument | Judged)[];
}

/** What the parts of the machine show; coded is the case shown, if one is. */
type MachineState = Omit<MachineTraits, "cases" | "switches" | "instruments" | "task" | "message"> & { coded?: Case };
type Judged = Instrument & Verdict;

/** The features that are on, and those that are unknown. */
interface Switched {
  true: string[];
  unknown: string[];
}

interface Case extends Switched {
  id: string;
  title: string;
  facts: string;
  whose: string;
}

interface Verdict {
  outcome: string;
  sign: string;
  clause: string;
  open: string;
  fold: string;
  said: string;
}

// --- the evidence grid

interface GridTraits extends LabTraits {
  filters: { name: "outcome" | "design" | "country"; label: string; choices: Choice[] }[];
  outcomes: Choice[];
  outcome: string;
  design: string;
  country: string;
  weights: Record<string, number>;
  cited: boolean;
  heads: string[];
  rows: string[][];
}

// --- labs of inputs and a picture (drawn.js)

interface DrawnTraits extends LabTraits, PictureTraits {
  ranges: Record<string, [number, number]>;
  start: Record<string, unknown>;
  verdict: string;
  reasons: string[];
}

/** A lab that can be tried on many new draws. */
interface TriedTraits extends DrawnTraits {
  tries: number;
  testing: boolean;
  tally: { done?: number; of?: number; held?: Record<string, number> };
}

/** One input: the trait it sets, its label and kind, what one step of a number is, the words to choose from. */
type Input<Traits> = [
  name: keyof Traits & string, label: string, kind: "date" | "number" | "select", step?: number, words?: string[],
];

interface BoardTools<Traits> {
  model: Model<Traits>;
  send: Send<Traits>;
  refuse(why: string): void;
  limits(name: string): (string | number)[];
}

interface Part {
  node: HTMLElement;
  update(): void;
}

// --- the two-events lab

/** Days are written as in 2018-04-06. */
interface EventsTraits extends TriedTraits {
  rows: { change: string; true: string; fit: string; band: string }[];
  first: string;
  second: string;
  first_effect: number;
  second_effect: number;
  lag: number;
  anticipation: number;
  noise: number;
  carry: number;
  window: number;
  begins: string;
  seed: number;
}

// --- the interval game

interface GameTraits extends LabTraits, PictureTraits {
  questions: GameQuestion[];
  typed: Record<string, string[]>;
  intervals: Record<string, number[]>;
  opened: string[];
  asked: number;
  skipped: number;
  wrong: string[];
  rows: Record<string, { figure: string; outcome: string; source: string }>;
  said: string[];
  counts: number;
  heads: string[];
  levels: string[][];
  own: string[];
}

interface GameQuestion {
  id: string;
  ask: string;
  unit: string;
}

// --- the town

interface TownTraits extends TriedTraits {
  waves: number;
  sampler: string;
  random_n: number;
  opt_in_n: number;
  ratio: number;
  rds_n: number;
  seeds: number;
  coupons: number;
  replacement: string;
  homophily: number;
  wave: number;
  seed: number;
}
