import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { isUnnoticed, type Tried } from './report.ts';

const SHOWN = 80;

/** The changes that no test noticed, one a line: `file:line:column mutator original -> replacement`. */
export function survivorsOf(results: readonly Tried[]): string[] {
  const lost = results.filter(isUnnoticed);
  const byFile = Map.groupBy(lost, ({ fileName }) => fileName);
  return [...byFile].sort().flatMap(([file, mutants]) => {
    const code = readFileSync(file, 'utf8').split('\n');
    return mutants
      .toSorted(
        ({ location: a }, { location: b }) => a.start.line - b.start.line || a.start.column - b.start.column,
      )
      .map((mutant) => told(relative('', file), code, mutant));
  });
}

function told(
  file: string,
  code: readonly string[],
  { location, mutatorName, replacement, status }: Tried,
): string {
  const { start, end } = location;
  const lines = code.slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  const original = lines.join('\n').slice(start.column - 1);
  const place = `${file}:${start.line}:${start.column}`;
  return `${place} ${mutatorName} ${oneLine(original)} -> ${oneLine(replacement ?? '')}${status === 'NoCoverage' ? ' (no test comes here)' : ''}`;
}

function oneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)} ...` : line;
}
