import type { Import } from './imports.ts';

// Imports lead downstairs only, between rooms and between the rooms in a room. An entry is a folder or a file of ours;
// what is in it may be imported too. `(types)`: nothing that is there when the program runs.

/** Floors 0 and 1, and the stores of floor 2. */
const BELOW_THE_STEPS = [
  'src/subscription',
  'src/reader',
  'src/render',
  'src/source',
  'src/archive',
  'src/trend',
  'src/match',
  'src/outbox',
  'src/decision',
  'src/paper',
  'src/wording',
  'src/foundation',
];

/** Which rooms a room may import (the README's map). Rooms that are not there yet have their place already. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  config: [],
  'src/paper': [],
  // What an error tells people is named there.
  'src/foundation': ['src/wording'],
  'src/wording': [],
  // What a source may be told by settings is checked by config's kinds of values.
  'src/source': ['src/paper', 'src/foundation', 'config/variable-kinds.ts'],
  'src/archive': [
    'src/paper',
    'src/foundation',
    'src/match/text',
    'src/match/search',
    'src/match/language (types)',
    'src/trend (types)',
  ],
  'src/trend': ['src/paper', 'src/foundation'],
  // What is wrong with a filter is named there.
  'src/match': ['src/paper', 'src/wording', 'src/foundation'],
  'src/outbox': ['src/paper', 'src/wording', 'src/foundation', 'src/decision (types)'],
  'src/decision': ['src/paper', 'src/foundation', 'src/trend (types)', 'src/match (types)'],
  'src/subscription': ['src/match', 'src/decision', 'src/wording', 'src/foundation'],
  'src/reader': ['src/match', 'src/foundation'],
  'src/render': [
    'src/paper',
    'src/wording',
    'src/foundation',
    'src/decision (types)',
    'src/trend (types)',
    'src/match (types)',
  ],
  'src/service': BELOW_THE_STEPS,
  'src/pipeline': BELOW_THE_STEPS,
  commands: ['src/service', 'src/render', 'src/wording', 'src/paper', 'src/foundation', 'src/match (types)'],
  'src/timetable': ['src/pipeline', 'src/foundation'],
  'src/gateway': ['commands', 'src/service', 'src/pipeline', 'src/render', 'src/wording', 'src/foundation'],
  'src/mail': ['src/pipeline', 'src/render', 'src/wording', 'src/foundation'],
  'src/web': ['src/service', 'src/render', 'src/wording', 'src/foundation'],
  'src/page': ['src/sandbox', 'src/foundation'],
  'src/sandbox': ['config', 'src/foundation'],
  'src/schema.ts': ['src/archive', 'src/outbox', 'src/subscription', 'src/reader', 'src/foundation'],
  'src/rooms.ts': ['config', 'src/schema.ts', 'src/service', 'src/pipeline', ...BELOW_THE_STEPS],
  'src/house.ts': [
    'config',
    'src/schema.ts',
    'src/rooms.ts',
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
    'src/rooms.ts',
    'src/schema.ts',
    'src/gateway',
    'src/mail',
    'src/web',
    'src/page',
    'src/sandbox',
    'src/render',
    'src/source',
    'src/timetable',
    'src/foundation',
  ],
};

/** Operators' command-line tools stand outside the house and may use all of it but its door. */
export const OUTSIDE = 'src/tools';
const DOOR = ['src/main.ts', 'src/start.ts'];

/** What only these rooms may import: who keeps something, and who asks other people's servers. */
const ONLY_FOR: Readonly<Record<string, readonly string[]>> = {
  'src/foundation/database': [
    'src/source',
    'src/archive',
    'src/outbox',
    'src/subscription',
    'src/reader',
    'src/service',
    'src/pipeline',
    'src/schema.ts',
    'src/rooms.ts',
    'src/house.ts',
    'src/start.ts',
  ],
  'src/foundation/http': ['src/source', 'src/rooms.ts', 'src/house.ts'],
};

/** A sub-room's name for the files that lie in the room itself; one of them may be named, and then has a rule of its own. */
const HALL = '.';

/** Which rooms in a room may import each other, types too. Rooms that are not here have no floors inside. */
const SUB_ROOMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'src/foundation': {
    [HALL]: [],
    database: [HALL],
    http: [HALL],
    'instants.ts': [HALL, 'database'],
    'cursors.ts': [HALL, 'database', 'instants.ts'],
    'runs.ts': [HALL, 'database', 'instants.ts'],
    'http-server.ts': [HALL, 'http'],
  },
  'src/match': {
    arrays: [],
    text: ['arrays'],
    language: ['arrays', 'text'],
    evaluate: ['arrays', 'text', 'language'],
    filters: ['arrays', 'text', 'language', 'evaluate'],
    search: ['arrays', 'text', 'language', 'evaluate', 'filters'],
    like: ['text', 'language', 'evaluate', 'filters'],
  },
  'src/gateway': {
    pace: [],
    connection: ['pace'],
    posts: ['pace', 'connection'],
    answers: ['pace', 'connection', 'posts'],
    [HALL]: ['pace', 'connection', 'posts', 'answers'],
  },
  'src/page': {
    'protocol.ts': [],
    'typed-command.ts': ['protocol.ts'],
    browser: ['protocol.ts', 'typed-command.ts'],
    show: ['protocol.ts'],
    serve: ['protocol.ts', 'show'],
    [HALL]: ['protocol.ts', 'typed-command.ts', 'show', 'serve'],
  },
  'src/sandbox': {
    world: [],
    permissions: ['world'],
    rules: ['world'],
    view: ['world', 'permissions'],
    changes: ['world', 'permissions', 'view'],
    gateway: ['world', 'view'],
    http: ['world', 'rules'],
    rest: ['world', 'permissions', 'rules', 'view', 'changes', 'gateway', 'http'],
    driver: ['world', 'permissions', 'rules', 'view', 'changes', 'gateway', 'http'],
    [HALL]: ['world', 'permissions', 'http', 'gateway', 'rest', 'driver'],
  },
};

export function room(file: string): string {
  const parts = file.split('/');
  if (parts[0] === 'src') return parts.length === 2 ? file : `src/${parts[1]}`;
  return parts[0];
}

export const knowsRoom = (name: string): boolean => name === OUTSIDE || Object.hasOwn(MAY_IMPORT, name);

/** Imports between rooms that no rule allows. */
export function upstairs(imports: readonly Import[]): Import[] {
  return imports.filter(({ from, to, typesOnly }) => {
    const [here, there] = [room(from), room(to)];
    if (here === there || !isOurs(to)) return false;
    if (here === OUTSIDE) return DOOR.includes(there);
    return !allows(MAY_IMPORT[here] ?? [], to, typesOnly) || !mayUse(here, to);
  });
}

function isOurs(to: string): boolean {
  return /^(?:src|commands|config)\//.test(to);
}

function allows(entries: readonly string[], to: string, typesOnly: boolean): boolean {
  return entries.some((entry) => {
    const [place, types] = entry.split(' ');
    return isIn(place, to) && (types === undefined || typesOnly);
  });
}

function isIn(place: string, file: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function mayUse(here: string, to: string): boolean {
  return Object.entries(ONLY_FOR).every(([place, rooms]) => !isIn(place, to) || rooms.includes(here));
}

/** Imports inside a room that lead from one of its rooms to one that is not below it. */
export function upstairsInside(imports: readonly Import[]): Import[] {
  return imports.filter(({ from, to }) => {
    const rules = SUB_ROOMS[room(from)];
    if (!rules || room(from) !== room(to)) return false;
    const [here, there] = [subRoom(from), subRoom(to)];
    return here !== there && !rules[here]?.includes(there);
  });
}

/** The room in a room that a file is in. */
export function subRoom(file: string): string {
  const [, , name, inner] = file.split('/');
  const isNamed = inner !== undefined || Object.hasOwn(SUB_ROOMS[room(file)] ?? {}, name);
  return isNamed ? name : HALL;
}

/** Whether the floors know the room in a room that a file is in. */
export function knowsSubRoom(file: string): boolean {
  const rules = SUB_ROOMS[room(file)];
  return !rules || Object.hasOwn(rules, subRoom(file));
}
