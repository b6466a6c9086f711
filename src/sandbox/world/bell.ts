/** Lets tests wait for something to become true instead of sleeping. */
export type Bell = {
  /** Something changed: every waiting check is tried again. */
  ring(): void;
  /** Resolves with the first answer of `check` that is not undefined; rejects after `patience` ms of real time. */
  until<T>(what: string, check: () => T | undefined, patience?: number): Promise<T>;
};

const PATIENCE = 20_000;

/** A bell without anyone waiting. */
export function createBell(): Bell {
  const waiting = new Set<() => void>();

  const until = <T>(what: string, check: () => T | undefined, patience = PATIENCE): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(tryAgain);
        reject(new Error(`The sandbox waited ${patience} ms in vain for ${what}.`));
      }, patience);
      const tryAgain = () => {
        const answer = check();
        if (answer === undefined) return;
        clearTimeout(timer);
        waiting.delete(tryAgain);
        resolve(answer);
      };
      waiting.add(tryAgain);
      tryAgain();
    });

  return {
    ring: () => {
      for (const tryAgain of [...waiting]) tryAgain();
    },
    until,
  };
}
