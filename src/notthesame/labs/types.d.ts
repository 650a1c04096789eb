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

/** A lab that can go back to the inputs with which it opened. */
interface InputTraits extends LabTraits {
  start: Record<string, unknown>;
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

// --- labs that filter a table (filtered.js)

/** A trait that is chosen from a list. */
interface ListOf {
  name: string;
  label: string;
  choices: Choice[];
}

interface FilteredTraits extends LabTraits {
  filters: ListOf[];
  heads: string[];
  rows: unknown[];
}

// --- the evidence grid

interface GridTraits extends FilteredTraits {
  rows: string[][];
  outcomes: Choice[];
  outcome: string;
  design: string;
  country: string;
  weights: Record<string, number>;
  cited: boolean;
}

// --- labs of inputs and a picture (drawn.js)

/** A picture with what is said of it. */
interface ToldTraits extends InputTraits, PictureTraits {
  verdict: string;
  reasons: string[];
}

interface DrawnTraits extends ToldTraits {
  ranges: Record<string, [number, number]>;
}

/** A lab with a table below its picture. */
interface TabledTraits extends DrawnTraits {
  rows: string[][];
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

// --- the pooling lab

interface PoolingTraits extends DrawnTraits {
  listed: Choice[];
  choices: { interval: string[]; estimator: string[] };
  studies: string[];
  interval: string;
  estimator: string;
  baseline: number;
}

// --- the lab of unseen people

interface UnseenTraits extends TriedTraits {
  listed: string[];
  choices: { charge: string[]; infinite: string[]; reselect: string[] };
  charge: string;
  infinite: string;
  terms: string[];
  reselect: string;
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

// --- the chart lab

interface BriefChartTraits extends FilteredTraits, ToldTraits {
  listed: [name: string, number: string][];
  lines: string[][];
  series: string;
  draw: string;
  rows: string[];
  title: string;
  kept: number;
}

// --- the list lab

/** Shares are in per cent. */
interface ListTraits extends TabledTraits {
  heads: string[];
  n: number;
  share: number;
  hides: number;
  items: number;
  seed: number;
}

// --- the wording table

interface PollRow {
  texts: [who: string, question: string, support: string];
  answers: string;
  parts: [kind: string, label: string, size: number][];
}

interface WordingTraits extends FilteredTraits, InputTraits {
  counting: ListOf[];
  rows: PollRow[];
  place: string;
  wording: string;
  stance: string;
  meaning: string;
  survey: string;
  base: string;
  counts: string;
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
