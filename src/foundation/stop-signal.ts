const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const ORPHAN_CHECK_MS = 1000;

/**
 * Resolves with the first signal that asks the process to stop; to be called before anything else is loaded. Later ones
 * change nothing: npm passes on what a terminal has told the whole group already, and people press Ctrl+C twice.
 */
export function stopSignal(env: Record<string, string | undefined>): Promise<string> {
  return new Promise((resolve) => {
    for (const name of SIGNALS) process.on(name, () => resolve(name));
    if (env.npm_lifecycle_event === 'start') watchParent(() => resolve('npm ended'));
  });
}

/** npm passes on neither SIGHUP nor its own violent end: what it started would hold the database, seen by nobody. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    onGone();
  }, ORPHAN_CHECK_MS);
  check.unref();
}
