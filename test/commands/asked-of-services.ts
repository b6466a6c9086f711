import { ChannelType } from 'discord-api-types/v10';
import type { Reply, Request, RequestChannel } from '#commands/command.ts';
import { commands, components } from '#commands/index.ts';
import type { Rights } from '#src/service/rights.ts';
import type { Services } from '#src/service/services.ts';

/** What somebody typed, chose or pressed. */
type Given = {
  texts?: Record<string, string>;
  values?: readonly string[];
  channels?: Record<string, string>;
  roles?: Record<string, string>;
  subcommand?: string;
  file?: boolean;
  focused?: { name: string; value: string };
  mentionsAll?: boolean;
};

/** What services answer, by their names; an error is thrown. Others answer nothing, and the command ends there. */
type Answers = Partial<Record<keyof Services, unknown>>;

type Asked = {
  /** Each service that was asked, and with what besides who asks. */
  calls: (readonly [string, unknown])[];
  reply: Reply | null;
  error: unknown;
};

const RIGHTS = {} as Rights;
export const NOW = 1_000_000;
export const FILE = { name: 'paperboy.json', bytes: 9, url: 'https://cdn.example/1' };

export const channelOf = (id: string, mentionsAll = false): RequestChannel => ({
  ...{ id, name: `name of ${id}`, type: ChannelType.GuildText, botPermissions: null },
  mentionsAll: { byBot: false, byAsker: mentionsAll },
});

function requestOf(name: string, args: readonly string[], given: Given): Request {
  const { texts = {}, values = [], channels = {}, roles = {} } = given;
  return {
    ...{ name, subcommand: given.subcommand ?? null, focused: given.focused ?? null },
    ...{ values, value: values[0] ?? '', userId: 'mod', locale: 'en-US', serverId: 's', now: NOW },
    ...{ rights: RIGHTS, here: channelOf('here', given.mentionsAll) },
    arg: (at) => args[at] ?? '',
    text: (option) => texts[option] ?? '',
    number: () => null,
    flag: () => null,
    channel: (option) => (option in channels ? channelOf(channels[option], given.mentionsAll) : null),
    role: (option) => (option in roles ? { id: roles[option], mentionable: true } : null),
    file: (field) => (given.file && field === 'file' ? FILE : null),
    botIn: () => ({ botPermissions: 8n, mentionsAll: true }),
  };
}

/** A moderator types a command ("/why"), or presses what has a custom id. */
export async function ask(what: string, given: Given = {}, answers: Answers = {}): Promise<Asked> {
  const calls: Asked['calls'] = [];
  const services = servicesOf(calls, answers);
  const [name, ...args] = what.replace('/', '').split(':');
  const one = what.startsWith('/')
    ? commands.find(({ data }) => data.name === name)
    : components.find(({ prefix }) => prefix === name);
  try {
    const reply = await one?.answer(requestOf(name, args, given), services);
    return { calls, reply: reply ?? null, error: null };
  } catch (error) {
    return { calls, reply: null, error };
  }
}

/** Whether the answer takes the place of the message that it was pressed on. */
export function isInPlace(customId: string): boolean {
  const [name, ...args] = customId.split(':');
  const updates = components.find(({ prefix }) => prefix === name)?.updates ?? false;
  return typeof updates === 'function' ? updates(requestOf(name, args, {})) : updates;
}

function servicesOf(calls: Asked['calls'], answers: Answers): Services {
  const serve = (name: string) => (asked: Record<string, unknown>) => {
    const { serverId, userId, rights, now, ...rest } = asked;
    const isAsker = serverId === 's' && userId === 'mod' && rights === RIGHTS && now === NOW;
    calls.push([isAsker ? name : `${name} by nobody`, rest]);
    if (!(name in answers)) throw new Error('nothing is answered');
    const answer = answers[name as keyof Services];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return new Proxy({} as Services, { get: (_, name) => serve(String(name)) });
}
