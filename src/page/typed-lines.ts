import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type TypedLines = {
  /** A line that begins with `/`. */
  command(line: string): Promise<void>;
  /** `r`. */
  again(): void;
  /** Anything else; not called for empty lines. */
  other(): void;
};

/** Reads what somebody types at the terminal, one line after the other. Returns how to stop; a closed input is quiet. */
export function readTypedLines(input: Readable, hears: TypedLines): () => void {
  const lines = createInterface({ input, terminal: false });
  let last = Promise.resolve();
  lines.on('line', (typed) => {
    const line = typed.trim();
    if (line === '') return;
    if (line === 'r') hears.again();
    else if (line.startsWith('/')) last = last.then(() => hears.command(line));
    else hears.other();
  });
  // Nobody can type any more; the scene goes on for whoever looks at it. Node passes the input's error on.
  lines.on('error', () => lines.close());
  input.on('error', () => lines.close());
  return () => {
    lines.close();
    input.pause();
  };
}
