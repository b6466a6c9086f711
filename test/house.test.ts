import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn } from './house/circles.ts';
import { knowsRoom, knowsSubRoom, OUTSIDE, room, upstairs, upstairsInside } from './house/floors.ts';
import { files, type Import, imports, target, withoutComments } from './house/imports.ts';
import { loadedBy, packagesIn } from './house/loads.ts';
import { faultOf, logCallsIn } from './log-calls.ts';

const code = (file: string) => withoutComments(readFileSync(file, 'utf8'));

describe('the floors of the house', () => {
  const told = (found: readonly Import[]) => found.map(({ from, to }) => `${from} imports ${to}`);

  it('lets imports lead downstairs only', () => {
    expect(told(upstairs(imports))).toEqual([]);
  });

  it('lets them lead downstairs inside a room too', () => {
    expect(told(upstairsInside(imports))).toEqual([]);
  });

  it('knows every room', () => {
    expect([...new Set(files.map(room))].filter((name) => !knowsRoom(name))).toEqual([]);
    expect(files.filter((file) => !knowsSubRoom(file))).toEqual([]);
  });

  it('has no circle, be it of types alone', () => {
    expect(circlesIn(imports).map((circle) => circle.join(' '))).toEqual([]);
  });

  it('uses #room paths between rooms and relative ones inside', () => {
    // What lies in src/ itself is a room, and lies beside others: either path is plain.
    const inRooms = files.filter((file) => room(file) !== file);
    const wrong = inRooms.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\()'([#.][^']+)'/g)]
        .filter(
          ([, specifier]) => specifier.startsWith('#') === (room(target(file, specifier)) === room(file)),
        )
        .map(([, specifier]) => `${file}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
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
  const outOf = (folder: string, list: readonly string[]) => list.filter((file) => !file.startsWith(folder));
  const importers = (packages: RegExp, how: (found: Import) => boolean = () => true) => [
    ...new Set(imports.filter((one) => packages.test(one.to) && how(one)).map(({ from }) => from)),
  ];

  it('reads the environment in main only', () => {
    expect(inside(users(/process\.env\b/))).toEqual(['src/main.ts']);
  });

  it('reads the time in the clock only', () => {
    const reading = inside(users(/Date\.now\(|new Date\(\)|performance\.now\(/));
    // A browser has a clock of its own, and no other.
    expect(outOf('src/page/browser/', reading)).toEqual(['src/foundation/clock.ts']);
  });

  it('fetches in http only', () => {
    const fetching = [...users(/\bfetch\(/), ...importers(/^(?:ky|undici|node:https?)$/, isActing)];
    const serving = ['src/foundation/http-server.ts'];
    const found = inside(outOf('src/foundation/http/', fetching));
    // A browser asks the server that it came from, and no other: the page's security policy holds it.
    const ours = outOf('src/page/browser/', found);
    expect(ours.filter((file) => !serving.includes(file))).toEqual([]);
  });

  it('opens a database in database only', () => {
    const opening = [
      ...users(/new DatabaseSync\(/),
      ...importers(/^(?:node:sqlite|pg|@keyv\/.*)$/, isActing),
    ];
    expect(inside(outOf('src/foundation/database/', opening))).toEqual([]);
  });

  it('talks to Discord in the gateway only; elsewhere its types and constants are known', () => {
    expect(outOf('src/gateway/', importers(DISCORD, isActing))).toEqual([]);
  });

  it('paces requests without knowing what Discord’s objects are', () => {
    expect(importers(DISCORD).filter((file) => file.startsWith('src/gateway/pace/'))).toEqual([]);
  });
});

const DISCORD = /^(?:discord\.js|@discordjs\/.*)$/;
const isActing = ({ typesOnly }: Import) => !typesOnly;

describe('the way to READY', () => {
  /** What main.ts reads one after the other; what the sandbox needs comes with the sandbox. */
  const STEPS = ['src/main.ts', 'config/env-file.ts', 'src/start.ts', 'src/rooms.ts', 'src/house.ts'];

  it('loads light packages only: others wait in one file each until somebody needs them', () => {
    const light = [
      '@discordjs/rest',
      '@rgrove/parse-xml',
      'discord-api-types',
      'discord.js',
      'intl-messageformat',
      'keyv',
      'lru-cache',
      'node-cron',
      'pino',
      'zod',
    ];
    expect(packagesIn(loadedBy(STEPS, imports))).toEqual(light);
  });

  it('loads no sandbox, and no tool', () => {
    const loaded = [...loadedBy(STEPS, imports)].filter((file) =>
      /^src\/(?:sandbox|page|tools)\//.test(file),
    );
    expect(loaded).toEqual([]);
  });

  it('takes no other package with `require` than the two that are read at their first use', () => {
    const requiring = files.filter((file) => /\bcreateRequire\(/.test(code(file)));
    expect(requiring).toEqual(['src/foundation/html-entities.ts', 'src/subscription/zone-table.ts']);
  });
});

/** Functions that never reject, because how their work ends is a value or a line in the log: these alone are let go. */
const NEVER_REJECT = [
  'contain',
  'doPiece',
  'endWith',
  'keepTime',
  'one\\.begin',
  'registerCommands',
  'runOnce',
  'sayTheEnd',
  'settleDoubt',
];

describe('a promise that fails', () => {
  // What fails in a browser ends nothing else, and the tests in a real one fail by it.
  const isElsewhere = (file: string) => room(file) === 'src/sandbox' || file.startsWith('src/page/browser/');
  const house = files.filter((file) => room(file) !== OUTSIDE && !isElsewhere(file));
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
      const asked = /^(?!.*\bfor \().*(?<!['[])\b\w+ in \w+\b/m.test(withoutStrings(text)) ? ['in'] : [];
      // Templates of the page hold words for people, "in" among them.
      const operators = file.startsWith('src/page/browser/') ? [] : asked;
      return [...indexed, ...casts, ...operators].map((name) => `${file}: ${name}`);
    });
    expect(found.filter((place) => !ENVIRONMENT.includes(place))).toEqual([]);
  });
});
