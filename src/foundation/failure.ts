/** For the asker: a whole sentence that says what to do next. */
export class UserError extends Error {
  override name = 'UserError';
}

/** For the operator: an outside system did not do what it should. */
export class OutsideError extends Error {
  override name = 'OutsideError';
  readonly system: string;
  readonly retryable: boolean;

  constructor(system: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(`${system}: ${message}`, { cause: options.cause });
    this.system = system;
    this.retryable = options.retryable;
  }
}

/** For the operator at start or when going on is impossible: the process ends with this sentence, exit code 1. */
export class FatalError extends Error {
  override name = 'FatalError';
}
