import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { files } from './imports.ts';

const GUIDES = ['README.md', ...readdirSync('docs').map((name) => join('docs', name))].filter((name) =>
  name.endsWith('.md'),
);
const names = new Set([...files, ...GUIDES].map((file) => basename(file)));

/** Files and folders of ours that a guide names by their whole path, or by a link. `NAME` stands for any. */
function pathsIn(guide: string): string[] {
  const text = readFileSync(guide, 'utf8');
  const whole =
    text.match(
      /(?<![\w/.-])(?:src|commands|config|test|docs)\/(?:[\w-]+\/)*(?:[\w.-]+\.(?:ts|md|mjs|json|env|svg|png))?/g,
    ) ?? [];
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to]) => join(dirname(guide), to));
  return [...whole, ...links];
}

/** Names of files in comments: `rate-limiter.ts`, `docs/trend.md`. Those of others stand with what they are of. */
function filesNamedIn(file: string): string[] {
  const comments = readFileSync(file, 'utf8').match(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g) ?? [];
  return comments.flatMap((comment) => comment.match(/(?<![\w.])[\w-]+(?:\/[\w-]+)*\.(?:ts|md)\b/g) ?? []);
}

/** Of Hugging Face's own guide. */
const OF_OTHERS = ['rate-limits.md'];

it('every file of ours that a guide names is there', () => {
  const missing = GUIDES.flatMap((guide) =>
    pathsIn(guide)
      .filter((path) => !/NAME|LOCALE/.test(path) && !existsSync(path))
      .map((path) => `${guide}: ${path}`),
  );
  expect(missing).toEqual([]);
});

it('every file that a comment names is there', () => {
  const missing = files.flatMap((file) =>
    filesNamedIn(file)
      .filter((name) => !names.has(basename(name)) && !OF_OTHERS.includes(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});
