import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { subscribedMessage } from '#src/render/subscription-page.ts';
import { notSaved } from '#src/service/not-saved.ts';
import type { Services } from '#src/service/services.ts';
import { POSTABLE } from '#src/service/subscribe-order.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Command, Reply, Request, RequestChannel } from './command.ts';
import { orGiveBack } from './give-back.ts';
import { MODERATORS } from './where.ts';

export const subscribe = {
  data: {
    name: 'subscribe',
    description: 'command.subscribe',
    ...MODERATORS,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'command.subscribe.topic',
        autocomplete: true,
        max_length: 60,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'keywords',
        description: 'command.subscribe.keywords',
        max_length: 1000,
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'command.subscribe.channel',
        channel_types: [...POSTABLE],
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'when',
        description: 'command.subscribe.when',
        autocomplete: true,
        max_length: 80,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'at',
        description: 'command.subscribe.at',
        max_length: 60,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'zone',
        description: 'command.subscribe.zone',
        autocomplete: true,
        max_length: 60,
      },
      { type: ApplicationCommandOptionType.Role, name: 'role', description: 'command.subscribe.role' },
      {
        type: ApplicationCommandOptionType.String,
        name: 'scope',
        description: 'command.subscribe.scope',
        autocomplete: true,
        max_length: 60,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'cap',
        description: 'command.subscribe.cap',
        min_value: 1,
        max_value: 100,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'quiet',
        description: 'command.subscribe.quiet',
        max_length: 80,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'place',
        description: 'command.subscribe.place',
        choices: [
          { name: 'command.subscribe.place.message', value: 'message' },
          { name: 'command.subscribe.place.thread', value: 'thread' },
        ],
      },
      { type: ApplicationCommandOptionType.Boolean, name: 'silent', description: 'command.subscribe.silent' },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'publish',
        description: 'command.subscribe.publish',
      },
    ],
  },
  answer: (request, services) =>
    orGiveBack(typedIn(request), request, services, () => order(request, services)),
  complete(request, { proposeTopics, proposeQueries, proposeZones }) {
    const { name, value: text } = request.focused;
    if (name === 'topic') return proposeTopics(text);
    if (name === 'keywords') return proposeQueries(text, request.now);
    if (name === 'zone') return proposeZones(text, request.now);
    return fixed(name === 'when' ? WHEN : SCOPES, text);
  },
} satisfies Command;

async function order(request: Request, { subscribeChannel }: Services): Promise<Reply> {
  const subscribed = await subscribeChannel({
    ...askerOf(request),
    topic: request.text('topic'),
    keywords: request.text('keywords'),
    channel: request.channel('channel') ?? request.here,
    when: request.text('when'),
    at: request.text('at'),
    zone: request.text('zone'),
    role: request.role('role'),
    scope: request.text('scope'),
    cap: request.number('cap'),
    quiet: request.text('quiet'),
    place: request.text('place'),
    silent: request.flag('silent') === true,
    publish: request.flag('publish') === true,
  });
  return subscribedMessage(subscribed);
}

type TypedOrder = Extract<TypedForm, { form: 'subscribe' }>;

/** Options that are typed, without what they are for. */
const LINES = subscribe.data.options.filter(
  ({ type, name }) =>
    (type === ApplicationCommandOptionType.String || type === ApplicationCommandOptionType.Integer) &&
    name !== 'topic' &&
    name !== 'keywords',
);
const FLAGS = subscribe.data.options.filter(({ type }) => type === ApplicationCommandOptionType.Boolean);

/** The command's options as they are given back: a topic as the filter that it is. */
function typedIn(request: Request): TypedOrder {
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

/** The command once more, with what stands in the form now. */
export function subscribeTyped(typed: TypedOrder, request: Request, services: Services): Promise<Reply> {
  return orGiveBack(typed, request, services, async () => {
    const values = readLines(typed.lines);
    const text = (name: string) => (name === 'keywords' ? typed.filter : (values.get(name) ?? ''));
    return order(
      {
        ...request,
        text,
        number: (name) => numberIn(name, text(name)),
        flag: (name) => typed.flags[name],
        channel: () => typed.channel && channelNow(typed.channel, request),
        role: () => typed.role,
      },
      services,
    );
  });
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
  const at = line.indexOf(':');
  const name = line.slice(0, Math.max(0, at)).trim().toLowerCase();
  const names = LINES.map((option) => option.name);
  if (!names.some((known) => known === name)) throw notAnOption(line, names);
  return [name, line.slice(at + 1).trim()];
}

const saidTwice = (name: string): UserError => notSaved('subscribe.saidTwice', { name: code(name) });

function notAnOption(line: string, names: readonly string[]): UserError {
  const list = names.map((name) => code(name));
  return new UserError('subscribe.notAnOption', { line: quoted(line, 60), names: { list } });
}

const notANumber = (name: string, value: string): UserError =>
  new UserError('subscribe.notANumber', { value: quoted(value, 30), example: code(`${name}: 10`) });

function numberIn(name: string, value: string): number | null {
  if (value === '') return null;
  if (!/^\d{1,9}$/.test(value)) throw notANumber(name, value);
  return Number(value);
}

const WHEN = ['as it happens', 'daily', 'weekly', 'weekly monday', 'weekly friday'];
const SCOPES = [
  'balanced',
  'strict',
  'early',
  'everything rising',
  'about 1 a day',
  'about 3 a day',
  'all',
  'best 3',
  'best 5',
  'best 10',
];

function fixed(values: readonly string[], text: string) {
  const wanted = text.trim().toLowerCase();
  return values.filter((value) => value.includes(wanted)).map((value) => ({ name: value, value }));
}
