// What anywidget hands to a script, and what base.js takes. tsc reads this file; nothing of it is served.

/** A widget: its traits by name, as Python set them, and messages to Python. */
interface Model<Traits> {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  on(event: Heard<Traits>, listener: () => void): void;
  off(event: Heard<Traits>, listener: () => void): void;
  send(content: unknown): void;
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
