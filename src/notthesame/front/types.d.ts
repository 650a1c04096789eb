// What anywidget hands to a script, and what base.js takes. tsc reads this file; nothing of it is served.

/** A widget: its traits by name, as Python set them, and messages to Python. */
interface Model<Traits> {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  on(event: Heard<Traits>, listener: () => void): void;
  off(event: Heard<Traits>, listener: () => void): void;
  send(content: unknown): void;
  /** Of a page that is its own kernel: what it says while an answer is under way. */
  late?(old: string): string;
}

type Heard<Traits> = "change" | `change:${keyof Traits & string}`;

/** What render() is called with: the widget, and the element to draw it in. */
interface Context<Traits> {
  model: Model<Traits>;
  el: HTMLElement;
}

/** The properties that element() sets; where the page wants text it makes text of a number. */
type Properties<Made> = { [Name in keyof Made]?: Made[Name] extends string ? string | number : Made[Name] };

type Child = Node | string;

/** Where a notebook keeps its models, with or without a kernel. */
interface Models {
  get_model(id: string): Promise<unknown>;
  get_state_sync?(options: unknown): unknown;
  _modelsSync?: Map<string, any>;
}

/** What a model has besides where it is not anywidget's: the state that is written into a notebook. */
interface Stored {
  get_state(dropDefaults: boolean): Record<string, unknown>;
}

/** Script and style of all controls of a kind; what front/widget.py calls a Holder. */
interface HolderTraits {
  script: string;
  style: string;
}

/** What loader.js asks of a control: its holder and itself, as "IPY_MODEL_" and an id; and what is stored instead. */
interface HeldTraits {
  holder: string;
  itself: string;
  instead: Record<string, unknown>;
}

/** A script that draws a control. */
interface Drawing {
  default: { render(context: Context<any>): unknown };
}

/** What JupyterLab shares with its extensions: by name and version, a way to each module. */
type SharedModules = Record<string, Record<string, { get(): Promise<() => any> }>>;

/** A notebook open in JupyterLab, of what it has. */
interface Panel {
  readonly node: HTMLElement;
  readonly isDisposed: boolean;
  readonly revealed: Promise<void>;
  readonly context: { readonly path: string; readonly ready: Promise<void> };
  readonly sessionContext: { readonly ready: Promise<void> };
  readonly content: {
    readonly model: { getMetadata(name: string): any } | null;
    readonly widgets: Iterable<{ readonly outputArea?: OutputArea }>;
    setFragment(fragment: string): Promise<void>;
  };
}

/** The outputs of a cell: as drawn, and in the same order what they are. */
interface OutputArea {
  readonly widgets: Iterable<{ children(): Iterable<Drawn> }>;
  readonly model: { get(place: number): Output };
}

interface Output {
  readonly data: Record<string, any>;
}

/** One part of an output as drawn; its prompt is another. */
interface Drawn {
  readonly mimeType?: string;
  readonly node: HTMLElement;
  removeClass(name: string): void;
  renderModel(output: Output): Promise<void>;
}

/** JupyterLab's list of open notebooks. */
interface Tracker {
  find(test: (panel: Panel) => boolean): Panel | undefined;
  forEach(act: (panel: Panel) => void): void;
  widgetAdded: { connect(slot: (sender: unknown, panel: Panel) => void): void };
}

/** JupyterLab itself, of what it has. */
interface Application {
  commands: {
    commandExecuted: {
      connect(slot: (sender: unknown, call: CommandCall) => void): void;
    };
  };
}

interface CommandCall {
  id: string;
  args: { path?: string; id?: string };
  result: Promise<unknown>;
}

/** What a link led to: a notebook, and the heading in it. */
interface Asked {
  path: string;
  id: string;
}
