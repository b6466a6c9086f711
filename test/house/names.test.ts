import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { files, withoutComments } from './imports.ts';

// docs/architecture.md has the words that are used, with what each means.

const EXPORTED = /^export (?:async )?(?:abstract )?(?:const|class|type|function\*?) (\w+)/gm;

const ours = files.filter((file) => !file.startsWith('test/'));
const code = (file: string): string => withoutComments(readFileSync(file, 'utf8'));

it('an exported name means one thing in the whole house', () => {
  const exports = ours.flatMap((file) =>
    [...code(file).matchAll(EXPORTED)].map(([, name]) => ({ name, file })),
  );
  const several = [...Map.groupBy(exports, ({ name }) => name)].filter(([, found]) => found.length > 1);
  expect(several.map(([name, found]) => `${name}: ${found.map(({ file }) => file).join(' ')}`)).toEqual([]);
});

/** Words that gave way to the field's, and what is said now. */
const INSTEAD: Readonly<Record<string, string>> = {
  allowance: 'limit',
  beat: 'interval, run',
  book: 'store',
  desk: 'kind',
  dial: 'sensitivity',
  errand: 'job',
  heat: 'score',
  lane: 'mode in the outbox, bucket for rate limits',
  notch: 'preset',
  promised: 'entry, queued, added',
  rising: 'trend event',
  shelf: 'store',
  theta: 'threshold',
};

/** Names that are the operator's, and those of stored documents of earlier versions. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  'src/tools/trend.ts': ['dial'],
  'src/decision/terms.ts': ['dial'],
  'src/decision/why.ts': ['rising'],
  'test/stories/a-file-of-the-first-paperboy.test.ts': ['dial'],
};

const TEXT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[}`][^`${}]*(?=[`$])/g;

/** The words that names consist of: `pollInterval` is two. */
function wordsOf(file: string): Set<string> {
  const names =
    code(file)
      .replaceAll(TEXT, ' ')
      .match(/[A-Za-z][A-Za-z\d]*/g) ?? [];
  return new Set(
    names.flatMap((name) => name.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase()),
  );
}

it('names are made of the words that are used', () => {
  const written = files.filter((file) => !file.endsWith('migrations.ts'));
  const wrong = written.flatMap((file) => {
    const words = wordsOf(file);
    const found = Object.keys(INSTEAD).filter((word) => words.has(word) && !MAY[file]?.includes(word));
    return found.map((word) => `${file}: ${word}, say ${INSTEAD[word]}`);
  });
  expect(wrong).toEqual([]);
});
