import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { notSaved } from '#src/service/not-saved.ts';
import type { SubscribeOrder } from '#src/service/subscribe-order.ts';
import type { TypedOrder } from '#src/service/typed-forms.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Request, RequestChannel } from './command.ts';
import { OPTIONS } from './subscribe-options.ts';

/** Options that are typed, without what they are for. */
const LINES = OPTIONS.filter(
  ({ type, name }) =>
    (type === ApplicationCommandOptionType.String || type === ApplicationCommandOptionType.Integer) &&
    !['topic', 'keywords', 'like'].includes(name),
);
/** Typed in lines too, of what is saved. */
const FLAGS = OPTIONS.filter(({ type }) => type === ApplicationCommandOptionType.Boolean);

/** The command's options as they are given back: a topic as the filter that it is. */
export function typedIn(request: Request): TypedOrder {
  const topic = request.text('topic');
  const asked = topic === '' ? '' : `topic:${/\s/.test(topic) ? `"${topic}"` : topic}`;
  const lines = LINES.flatMap(({ name }) => {
    const value = request.text(name);
    return value === '' ? [] : [`${name}: ${value}`];
  });
  const flags = FLAGS.map(({ name }) => [name, request.flag(name) === true] as const);
  const channel = request.channel('channel');
  return {
    form: 'subscribe',
    filter: [asked, request.text('keywords')].filter((part) => part !== '').join(' '),
    lines: lines.join('\n'),
    flags: Object.fromEntries(flags),
    channel: channel && {
      ...{ id: channel.id, name: channel.name, type: channel.type },
      mentionedBy: channel.mentionsAll.byAsker ? request.userId : null,
    },
    role: request.role('role'),
  };
}

/** Nothing but where: what is wanted is asked next. */
export const NOTHING_TYPED: TypedOrder = {
  ...{ form: 'subscribe', filter: '', lines: '', channel: null, role: null },
  flags: Object.fromEntries(FLAGS.map(({ name }) => [name, false])),
};

/** What is ordered, by whoever asks. */
export const orderOf = (request: Request): SubscribeOrder => ({
  ...askerOf(request),
  topic: request.text('topic'),
  keywords: request.text('keywords'),
  channel: request.channel('channel') ?? request.here,
  when: request.text('when'),
  at: request.text('at'),
  zone: request.text('zone'),
  role: request.role('role'),
  mention: request.text('mention'),
  what: request.text('what'),
  sensitivity: request.text('sensitivity'),
  cap: request.number('cap'),
  quiet: request.text('quiet'),
  place: request.text('place'),
  silent: request.flag('silent') === true,
  publish: request.flag('publish') === true,
  until: request.text('until'),
});

/** A request of what was typed, by whoever asks now. What cannot be read throws when it is asked for. */
export function asTyped(typed: TypedOrder, request: Request): Request {
  const text = (name: string) => {
    if (name === 'topic') return '';
    return name === 'keywords' ? typed.filter : (readLines(typed.lines).get(name) ?? '');
  };
  return {
    ...request,
    text,
    number: (name) => numberIn(name, text(name)),
    flag: (name) => flagIn(name, text(name)) ?? typed.flags[name] ?? null,
    channel: () => typed.channel && channelNow(typed.channel, request),
    role: () => typed.role,
  };
}

/** With other values in its lines; '' leaves a line out. */
export function withLines(typed: TypedOrder, values: Readonly<Record<string, string>>): TypedOrder {
  const given = Object.entries(values);
  const names = given.map(([name]) => name);
  const kept = typed.lines.split('\n').filter((line) => !names.includes(nameOf(line)));
  const set = given.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return { ...typed, lines: [...kept, ...set].filter((line) => line.trim() !== '').join('\n') };
}

/** The channel that was picked, with what the bot may do there by now. */
function channelNow(picked: NonNullable<TypedOrder['channel']>, request: Request): RequestChannel {
  const { mentionedBy, ...channel } = picked;
  const { botPermissions, mentionsAll } = request.botIn(channel.id);
  const byAsker = mentionedBy === request.userId;
  return { ...channel, botPermissions, mentionsAll: { byBot: mentionsAll, byAsker } };
}

function readLines(lines: string): ReadonlyMap<string, string> {
  const written = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = new Map<string, string>();
  for (const line of written) {
    const [name, value] = readLine(line);
    if (read.has(name)) throw saidTwice(name);
    read.set(name, value);
  }
  return read;
}

function readLine(line: string): readonly [name: string, value: string] {
  const name = nameOf(line);
  const names = [...LINES, ...FLAGS].map((option) => option.name);
  if (!names.some((known) => known === name)) throw notAnOption(line, names);
  return [name, line.slice(line.indexOf(':') + 1).trim()];
}

function nameOf(line: string): string {
  const written = line
    .slice(0, Math.max(0, line.indexOf(':')))
    .trim()
    .toLowerCase();
  // A form that was given back by a version up to 0.1.0.
  return written === 'scope' ? 'what' : written;
}

const saidTwice = (name: string): UserError => notSaved('subscribe.saidTwice', { name: code(name) });

function notAnOption(line: string, names: readonly string[]): UserError {
  const list = names.map((name) => code(name));
  return new UserError('subscribe.notAnOption', { line: quoted(line, 60), names: { list } });
}

const notANumber = (name: string, value: string): UserError =>
  new UserError('subscribe.notANumber', { value: quoted(value, 30), example: code(`${name}: 10`) });

/** Null where it is not said. */
function flagIn(name: string, value: string): boolean | null {
  if (value === '') return null;
  const is = YES_NO.get(value.toLowerCase());
  if (is === undefined)
    throw new UserError('subscribe.notYesOrNo', { value: quoted(value, 30), example: code(`${name}: yes`) });
  return is;
}

const YES_NO = new Map([
  ...['yes', 'on', 'true'].map((word) => [word, true] as const),
  ...['no', 'off', 'false'].map((word) => [word, false] as const),
]);

function numberIn(name: string, value: string): number | null {
  if (value === '') return null;
  if (!/^\d{1,9}$/.test(value)) throw notANumber(name, value);
  return Number(value);
}
