/** One at a time; whoever asked first goes first. */
export class WriterQueue {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Undefined when the turn is had at once, else a promise that resolves with it. Each turn is passed on once. */
  take(): Promise<void> | undefined {
    if (this.#taken) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return undefined;
  }

  pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }
}
