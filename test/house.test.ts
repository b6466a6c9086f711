import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultOf, logCallsIn } from './log-calls.ts';

/** Floors 0 to 2, which services and pipeline steps stand on. */
const BELOW_THE_STEPS = [
  'src/subscription',
  'src/decision',
  'src/render',
  'src/source',
  'src/archive',
  'src/trend',
  'src/match',
  'src/outbox',
  'src/paper',
  'src/foundation',
];

/** Which rooms a room may import (the README's map): imports only lead downstairs. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  config: [],
  'src/paper': [],
  'src/foundation': [],
  'src/source': ['src/paper', 'src/foundation'],
  'src/archive': ['src/paper', 'src/foundation', 'src/match', 'src/trend (types)'],
  'src/trend': ['src/paper', 'src/foundation'],
  'src/match': ['src/paper', 'src/foundation'],
  'src/outbox': ['src/paper', 'src/foundation', 'src/decision (types)'],
  'src/decision': ['src/paper', 'src/foundation', 'src/trend (types)', 'src/match (types)'],
  'src/subscription': ['src/match', 'src/decision', 'src/foundation'],
  'src/render': [
    'src/paper',
    'src/foundation',
    'src/decision (types)',
    'src/trend (types)',
    'src/match (types)',
  ],
  'src/service': BELOW_THE_STEPS,
  'src/pipeline': BELOW_THE_STEPS,
  commands: ['src/service', 'src/render', 'src/paper', 'src/foundation'],
  'src/timetable': ['src/pipeline', 'src/foundation'],
  'src/gateway': ['commands', 'src/service', 'src/pipeline', 'src/render', 'src/foundation'],
  'src/sandbox': ['config', 'src/foundation'],
  'src/schema.ts': ['src/archive', 'src/outbox', 'src/foundation'],
  'src/house.ts': [
    'config',
    'src/schema.ts',
    'src/timetable',
    'src/service',
    'src/pipeline',
    ...BELOW_THE_STEPS,
  ],
  'src/main.ts': ['src/start.ts', 'config', 'src/foundation'],
  'src/start.ts': [
    'config',
    'commands',
    'src/house.ts',
    'src/schema.ts',
    'src/gateway',
    'src/sandbox',
    'src/foundation',
    'src/timetable',
  ],
};

/** Operators' command-line tools stand outside the house and may use all of it. */
const OUTSIDE = 'src/tools';

type Import = { from: string; to: string; typesOnly: boolean };

const files = ['src', 'commands', 'config'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^(import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm)]
    .map((match) => ({ from: file, to: target(file, match[3]), typesOnly: match[2] !== undefined }))
    .filter((found): found is Import => found.to !== null),
);

function target(file: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return relative('.', resolve(dirname(file), specifier));
  return null;
}

function room(file: string): string {
  const parts = file.split('/');
  if (parts[0] === 'src') return parts.length === 2 ? file : `src/${parts[1]}`;
  return parts[0];
}

const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('the floors of the house', () => {
  it('lets imports lead downstairs only', () => {
    const upstairs = imports
      .filter(({ from, to }) => room(from) !== room(to) && room(from) !== OUTSIDE)
      .filter(({ from, to, typesOnly }) => {
        const allowed = MAY_IMPORT[room(from)] ?? [];
        return !allowed.includes(room(to)) && !(typesOnly && allowed.includes(`${room(to)} (types)`));
      })
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(upstairs).toEqual([]);
  });

  it('knows every room', () => {
    const unknown = [...new Set(files.map(room))].filter((name) => !(name in MAY_IMPORT) && name !== OUTSIDE);
    expect(unknown).toEqual([]);
  });

  it('uses #room paths between rooms and relative ones inside', () => {
    const wrong = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from\s+'([#.][^']+)'/g)]
        .filter(
          ([, specifier]) =>
            specifier.startsWith('#') === (room(target(file, specifier) ?? '') === room(file)),
        )
        .map(([, specifier]) => `${file}: ${specifier}`),
    );
    expect(
      wrong.filter((line) => !line.startsWith('src/start.ts') && !line.startsWith('src/house.ts')),
    ).toEqual([]);
  });

  it('has no folder without a subject', () => {
    const folders = files.flatMap((file) => dirname(file).split('/'));
    for (const name of ['utils', 'helpers', 'common', 'lib', 'core', 'manager'])
      expect(folders).not.toContain(name);
  });
});

describe('what only one place may do', () => {
  const users = (pattern: RegExp) => files.filter((file) => pattern.test(code(file)));
  const inside = (list: readonly string[]) =>
    list.filter((file) => room(file) !== OUTSIDE && room(file) !== 'src/sandbox');

  it('reads the environment in main only', () => {
    expect(inside(users(/process\.env\b/))).toEqual(['src/main.ts']);
  });

  it('reads the time in the clock only', () => {
    expect(inside(users(/Date\.now\(|new Date\(\)|performance\.now\(/))).toEqual(['src/foundation/clock.ts']);
  });

  it('fetches in http only', () => {
    const allowed = (file: string) => file.startsWith('src/foundation/http') || file === 'src/start.ts';
    expect(inside(users(/\bfetch\(|from 'ky'/)).filter((file) => !allowed(file))).toEqual([]);
  });

  it('opens a database in database only', () => {
    expect(inside(users(/new DatabaseSync\(/))).toEqual([
      'src/foundation/database/database-connection.ts',
      'src/foundation/database/database-lock.ts',
    ]);
  });

  it('talks to Discord in the gateway only', () => {
    expect(
      inside(users(/from '(discord\.js|@discordjs\/rest)'/)).filter((file) => room(file) !== 'src/gateway'),
    ).toEqual([]);
  });
});

/** Functions that never reject, because how their work ends is a value or a line in the log: these alone are let go. */
const NEVER_REJECT = [
  'contain',
  'doPiece',
  'endWith',
  'keepTime',
  'one\\.begin',
  'pageFor',
  'registerCommands',
  'runOnce',
  'settleDoubt',
  'tell',
];

describe('a promise that fails', () => {
  const house = files.filter((file) => room(file) !== OUTSIDE && room(file) !== 'src/sandbox');
  const lines = (pattern: RegExp) =>
    house.flatMap((file) => [...code(file).matchAll(pattern)].map(([found]) => `${file}: ${found.trim()}`));

  it('is let go only where it cannot fail', () => {
    const allowed = new RegExp(`void (${NEVER_REJECT.join('|')})\\($`);
    const letGo = lines(/\bvoid [\w.?]+\(/g).filter((line) => !allowed.test(line));
    expect(letGo).toEqual([]);
  });

  it('ends the process only as a FatalError', () => {
    // What takes every rejection takes those of one server too.
    expect(lines(/(?:\.catch\(|\.then\([^()]*,\s*)(?:[\w.]+\.reject|onFatal|endWith)\b/g)).toEqual([]);
  });

  it('is passed over with a reason only', () => {
    const silent = house.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line, at, all) => PASSES_OVER.test(line) && !/^\s*(?:\/\/|\*)/.test(all[at - 1]))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('a line of the log', () => {
  it('has a constant message and fields, and whatever was thrown stands under `err`', () => {
    const faults = files.flatMap((file) =>
      logCallsIn(code(file)).flatMap((call) => {
        const fault = faultOf(call);
        return fault === null ? [] : `${file}: ${call.call}: ${fault}`;
      }),
    );
    expect(faults).toEqual([]);
    expect(files.flatMap((file) => logCallsIn(code(file))).length).toBeGreaterThan(50);
  });

  it.each([
    "log.warn({ error }, 'x')",
    "log.warn({ e }, 'x')",
    "log.warn({ source, cause: ending.reason }, 'x')",
    "log.warn({ reason: error.message }, 'x')",
    "log.warn({ reason: error.cause }, 'x')",
    "this.#log.error({ reason: String(error) }, 'x')",
    "outside.log.error({ problem: parsed.error }, 'x')",
    "log.error({ err: reduced(error) }, 'x')",
    "log.info({ id }, 'a' + `b`)",
    'log.info({ text: `read $' + "{id}` }, 'x')",
    "log.info({ id }, 'read ' + id)",
    'log.info({ id }, sentence)',
    "log[level]({ list: [error.stack] }, 'x')",
    "log.error(error, 'x')",
  ])('is recognised when it is wrong: %s', (line) => {
    expect(logCallsIn(line).map(faultOf)).toEqual([expect.any(String)]);
  });

  it('comes from the log alone', () => {
    const printing = files.filter((file) => room(file) !== OUTSIDE && /\bconsole\.\w+\(/.test(code(file)));
    expect(printing).toEqual([]);
  });
});

/** A sleep rejects only because somebody woke it. */
const PASSES_OVER = /(?<!\.sleep\(.*)\.catch\(\(\) => (?:\{\}|undefined|null)\)|catch \{\s*\}/;

/** The names of variables are the operator's, and the environment is no plain object. */
const ENVIRONMENT = ['config/env-file.ts: env', 'config/tell-env-file.ts: env'];

describe('text that people see', () => {
  const SHOWN = ['commands', 'src/render', 'src/service', 'src/gateway', 'src/pipeline'];
  const NOUNS = 'text|title|name|reason|message|label|content|description|query|sentence|word|note|said|told';

  it('is cut by `cut`, which halves no letter, flag or link', () => {
    const halved = files
      .filter((file) => SHOWN.includes(room(file)))
      .flatMap((file) => {
        const found = code(file).matchAll(
          new RegExp(`(?:${NOUNS})\\.(?:slice\\(0, (?:\\d+|[A-Z_]+)\\)|substr(?:ing)?\\()`, 'g'),
        );
        return [...found].map(([cut]) => `${file}: ${cut}`);
      });
    expect(halved).toEqual([]);
  });
});

describe('text from outside', () => {
  const house = files.filter((file) => room(file) !== 'src/sandbox' && file !== 'src/foundation/own.ts');

  /** Names in a file whose keys are any text: `Record<string, ...>`, by itself or under a name. */
  const openRecords = (text: string): string[] => {
    const record = '(?:Readonly<|Partial<)*Record<string\\b';
    const named = [...text.matchAll(new RegExp(`type (\\w+) = ${record}`, 'g'))].map(([, name]) => name);
    const types = [record, ...named.map((name) => `${name}\\b(?!<)`)].join('|');
    return [...text.matchAll(new RegExp(`\\b(\\w+)\\??: (?:${types})`, 'g'))].map(([, name]) => name);
  };

  const withoutStrings = (text: string) =>
    text.replace(/'(?:[^'\\\n]|\\.)*'|`[^`]*`|\/(?:[^/\\\n]|\\.)+\//g, "''");

  it('is looked up in maps or by `own`, where `constructor` and `__proto__` are words like any other', () => {
    const found = house.flatMap((file) => {
      const text = code(file);
      const names = [...new Set(openRecords(text))];
      const indexed = names.filter((name) =>
        new RegExp(`(?<![.\\w])${name}(\\?\\.)?\\[(?!['"\\]])`).test(text),
      );
      const casts = /\bas keyof\b/.test(text) ? ['as keyof'] : [];
      const asked = /^(?!.*\bfor \().*(?<!')\b\w+ in \w+\b/m.test(withoutStrings(text)) ? ['in'] : [];
      return [...indexed, ...casts, ...asked].map((name) => `${file}: ${name}`);
    });
    expect(found.filter((place) => !ENVIRONMENT.includes(place))).toEqual([]);
  });
});
