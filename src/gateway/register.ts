/**
 * Tells Discord the bot's commands: a bulk overwrite, and only when they differ from what Discord has, because Discord
 * allows 200 creations a day and shows members a moment without commands.
 */
import { z } from 'zod';
import type { Command, CommandData } from '#commands/command.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { CallPlan, Outcome } from './discord-call.ts';

export type RegisterOutside = {
  ask(plan: CallPlan): Promise<Outcome>;
  clock: Clock;
  log: Log;
};

const TRIES = 5;
const PAUSE_MS = 10_000;

/**
 * Registers the commands everywhere the bot is. Never rejects: members can go on with the commands that Discord knows,
 * and the log says what is wrong.
 */
export async function registerCommands(
  outside: RegisterOutside,
  applicationId: string,
  commands: readonly Command[],
): Promise<'changed' | 'unchanged' | 'failed'> {
  const { clock, log } = outside;
  const wanted = commands.map(({ data }) => data);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { result, reason } = await tryOnce(outside, applicationId, wanted);
    if (result === 'changed') log.info({ count: wanted.length }, 'Commands registered');
    if (result !== 'failed') return result;
    log.error({ attempt, reason }, 'The commands could not be registered');
    if (attempt < TRIES) await clock.sleep(PAUSE_MS * attempt);
  }
  return 'failed';
}

async function tryOnce(
  { ask, clock }: RegisterOutside,
  applicationId: string,
  wanted: readonly CommandData[],
) {
  const path = `/applications/${applicationId}/commands` as const;
  const plan = { lane: 'commands', server: '', promisedAt: clock.now() };
  const known = await ask({ ...plan, method: 'GET', path: `${path}?with_localizations=true` });
  // A refused question does not stand in the way: the overwrite will tell.
  if (!known.ok && known.receipt.kind !== 'refused') {
    return { result: 'failed', reason: known.receipt.reason } as const;
  }
  const list = registered.safeParse(known.ok ? known.answer : null);
  if (list.success && sameCommands(list.data, wanted)) return { result: 'unchanged' } as const;
  const written = await ask({ ...plan, method: 'PUT', path, json: JSON.stringify(wanted) });
  if (!written.ok) return { result: 'failed', reason: written.receipt.reason } as const;
  return { result: 'changed' } as const;
}

const registered = z.array(z.looseObject({ name: z.string() }));

type Fields = Readonly<Record<string, unknown>>;

/** Whether both lists mean the same to Discord, whatever their order and the defaults it fills in. */
export function sameCommands(known: readonly Fields[], wanted: readonly Fields[]): boolean {
  return printed(known) === printed(wanted);
}

function printed(commands: readonly Fields[]): string {
  return JSON.stringify(commands.map((command) => JSON.stringify(plainCommand(command))).sort());
}

/** Only what we may set, defaults filled in (interactions/application-commands.mdx). */
function plainCommand(command: Fields): Fields {
  return {
    ...plainNames(command),
    type: command.type ?? 1,
    permissions: command.default_member_permissions ?? null,
    // Without it Discord takes those that the application is set up for: server installs unless changed.
    installs: listOf(command.integration_types ?? [0]).sort(),
    contexts: command.contexts ? listOf(command.contexts).sort() : null,
    nsfw: command.nsfw ?? false,
    options: listOf(command.options).map(plainOption),
  };
}

function plainOption(option: Fields): Fields {
  return {
    ...plainNames(option),
    type: option.type,
    required: option.required ?? false,
    autocomplete: option.autocomplete ?? false,
    choices: listOf(option.choices).map((choice) => ({ ...plainNames(choice), value: choice.value })),
    channelTypes: listOf(option.channel_types).sort(),
    limits: [option.min_value, option.max_value, option.min_length, option.max_length].map(
      (limit) => limit ?? null,
    ),
    options: listOf(option.options).map(plainOption),
  };
}

function plainNames(named: Fields): Fields {
  return {
    name: named.name,
    description: named.description ?? '',
    names: inOrder(named.name_localizations),
    descriptions: inOrder(named.description_localizations),
  };
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? [...value] : [];
}

function inOrder(localisations: unknown): [string, unknown][] {
  return Object.entries(localisations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
