/** What the worker tells the page: how far it is, and each message of _bridge.py. */
type LiveMessage =
  | { kind: "read"; bytes: number }
  | { kind: "starting" }
  | { kind: "opened"; id: string; state: Record<string, unknown> }
  | { kind: "update"; id: string; state: Record<string, unknown> }
  | { kind: "shown"; id: string; ask: number }
  | { kind: "failed"; why: string; ask?: number };

/** Who waits for a lab, and hears what becomes of it. */
interface Asking {
  read(bytes: number): void;
  step(words: string): void;
  fail(why: string): void;
  draw(model: Model<Record<string, any>>): Promise<void>;
}
