/**
 * The lines of a text that comes in chunks, without their ends. A line ends at `\n` or `\r\n` and nowhere else: JSON takes
 * U+2028, U+2029 and U+0085 into a string as they are, where node:readline would cut it in two. An end at the very end of the
 * text begins no further line. Linear also for a line of many chunks.
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const chunk of chunks) {
    const [first, ...more] = chunk.split('\n');
    begun.push(first);
    for (const next of more) {
      yield whole(begun);
      begun = [next];
    }
  }
  const last = whole(begun);
  if (last !== '') yield last;
}

function whole(pieces: readonly string[]): string {
  const line = pieces.join('');
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
