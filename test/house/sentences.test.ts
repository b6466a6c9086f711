import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { files } from './imports.ts';
import { sentencesIn } from './sentences.ts';

/** Rooms that tell members nothing themselves: what they say is the operator's. */
const OF_THE_OPERATOR =
  /^(?:config|src\/(?:wording|foundation|source|archive|sandbox|page|tools|match\/text|match\/evaluate)\/|src\/\w+\.ts$)/;

/** Files of words that are read, not told; and of sentences for the operator's log and terminal. */
const OTHERS: ReadonlySet<string> = new Set([
  ...['category-names', 'filter-fields', 'operator-slips'].map((name) => `src/match/language/${name}.ts`),
  ...['zone-cities', 'find-zones'].map((name) => `src/subscription/${name}.ts`),
  ...['fit-components', 'fit-embed', 'fit-text'].map((name) => `src/gateway/posts/${name}.ts`),
  // As it is typed.
  'src/service/order-lines.ts',
  'src/gateway/connection/client.ts',
  'src/match/language/read-topics.ts',
  'src/pipeline/collect.ts',
  // What stands at /healthz, and in the log.
  'src/service/report-health.ts',
  'src/subscription/subscription-documents.ts',
  'src/gateway/answers/register.ts',
  'src/gateway/connection/discord-failure.ts',
]);

/** Names of what is stored or asked for, which nobody reads. */
const NAMES: ReadonlySet<string> = new Set([
  ...['addressed change', 'ranked poll', 'told of hold ', 'told of lost ', '{} by', 'last told of {}'],
  ...['missed of {} from', 'missed of {} since', 'missed of {} until'],
  ...[
    'hold {} {} {} {}',
    'doubt {} {}',
    'step {} {} {}',
    'unusual {} {}',
    ...['welcome {} {}', 'to welcome '],
    'looked for the unusual',
    'extra category ',
    'unnamed category ',
  ],
  ...['paper {}', 'papers {} {}', 'branch {}', 'term {} {} {}', 'category {}', 'venue {}'],
  ...['asked anew', 'as written', 'planned anew', 'bot applications.commands', 'weekly {}'],
]);

function sentencesOf(file: string): string[] {
  return sentencesIn(file, readFileSync(file, 'utf8'))
    .filter(({ text }) => !NAMES.has(text))
    .map(({ line, text }) => `${file}:${line}: ${text}`);
}

describe('what members read', () => {
  it('stands in src/wording, and nowhere else', () => {
    const found = files
      .filter((file) => !OF_THE_OPERATOR.test(file) && !OTHERS.has(file))
      .map((file) => ({ file, told: sentencesOf(file) }))
      .filter(({ told }) => told.length > 0);
    expect(found).toEqual([]);
  });

  it.each([
    "const text = 'Nothing was saved.';",
    "throw refusal('too many of them');",
    `const told = \`\${count} papers\`;`,
    `const told = \`by \${author}\`;`,
    "const SEASONS = { summer: 'in summer' };",
    "const MISSING = ['View Channel'];",
    "const MISSING = ['the thread is locked.'];",
    "const told = is ? 'Saved.' : null;",
    "const button = { type: 2, label: 'Undo' };",
    "const embed = { title: 'Status' };",
    "reasons.push('the channel was deleted');",
    "say('answer.unexpected', { reference: 'no idea' });",
  ])('is recognised: %s', (code) => expect(sentencesIn('x.ts', code)).toHaveLength(1));

  it.each([
    "import { a } from './a b.ts';",
    "log.info({ paper }, 'a post was settled');",
    "this.#log.error({ err }, 'a job failed');",
    "await contain(log, 'a deleted channel is not dealt with', work);",
    "throw new FatalError('The token is missing. Set it.');",
    `throw new RangeError(\`no such zone: \${zone}\`);`,
    "class Gone extends Error { constructor() { super('it is gone'); } }",
    "const ONE = 'SELECT id FROM paper WHERE ref = ?';",
    `db.get(\`paper AND \${DUE}\`, now);`,
    "type Limit = { limit: 'member at once' | 'everybody' };",
    "if (limit === 'member at once') wait();",
    "switch (kind) { case 'broken off': break; }",
    "const fault = { kind: 'broken off', at };",
    "const NOW = ['as it happens', 'at once'];",
    "const HOURS = [[24, 'd day days'], [1, 'h hours']];",
    "const STOPS = 'the of and'.split(' ');",
    'const EXAMPLE = \'diffusion OR "score matching" -survey\';',
    "const EXAMPLE = 'title:agents upvotes:>=20';",
    "const schema = z.string().refine(isZone, 'is no time zone');",
    "throw new UserError('subscribe.tooMany', { most });",
    "const words = text.split('a b');",
  ])('is not taken for what nobody reads: %s', (code) => expect(sentencesIn('x.ts', code)).toEqual([]));
});
