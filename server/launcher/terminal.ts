import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** What the launcher says to the person who started it: one line a step, and one line that moves for what takes long. */
export class Terminal {
  readonly #out: NodeJS.WriteStream;
  readonly #progress = new Map<string, string>();
  readonly #announced = new Map<string, number>();

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  step(text: string): void {
    this.#line(text);
  }

  success(text: string): void {
    this.#line(this.paint('green', text));
  }

  warn(text: string): void {
    this.#line(this.paint('yellow', text));
  }

  fail(text: string): void {
    this.#line(this.paint('red', text));
  }

  /** A line of a part's own log. */
  log(name: string, text: string): void {
    this.#line(`${this.paint('cyan', name.padEnd(8))} ${text}`);
  }

  /** As it is, with no time before it. */
  plain(text = ''): void {
    this.#clearProgress();
    this.#out.write(`${text}\n`);
    this.#drawProgress();
  }

  /** Shows how far `task` has come; without a terminal, at most one line in ten seconds for each task. */
  progress(task: string, text: string): void {
    if (this.#out.isTTY) {
      this.#progress.set(task, text);
      this.#clearProgress();
      this.#drawProgress();
      return;
    }
    const nowMs = performance.now();
    if (nowMs - (this.#announced.get(task) ?? -Infinity) < 10_000) return;
    this.#announced.set(task, nowMs);
    this.#line(`${task}: ${text}`);
  }

  endProgress(task: string): void {
    this.#announced.delete(task);
    if (!this.#progress.delete(task)) return;
    this.#clearProgress();
    this.#drawProgress();
  }

  paint(style: Style, text: string): string {
    return this.#out.isTTY && process.env.NO_COLOR === undefined ? styleText(style, text) : text;
  }

  #line(text: string): void {
    this.plain(`${this.paint('gray', new Date().toTimeString().slice(0, 8))}  ${text}`);
  }

  #clearProgress(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001B[K');
  }

  #drawProgress(): void {
    if (this.#progress.size === 0) return;
    const all = [...this.#progress].map(([task, text]) => `${task}: ${text}`).join(' · ');
    this.#out.write(this.paint('gray', `          ${all}`.slice(0, this.#out.columns - 1)));
  }
}
