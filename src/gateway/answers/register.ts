/**
 * Tells Discord the bot's commands: a bulk overwrite, and only when they differ from what Discord has, because Discord
 * allows 200 creations a day and shows members a moment without commands.
 */
import { ApplicationCommandType, ApplicationIntegrationType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Command } from '#commands/command.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { settled } from '#src/foundation/settled.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import type { CallOutcome, CallPlan } from '../connection/discord-call.ts';
import { describeCommand } from './describe-commands.ts';

type RegisterDeps = {
  ask(plan: CallPlan): Promise<CallOutcome>;
  clock: Clock;
  log: Log;
  /** Hears which ids Discord gave the commands. */
  learn(commands: readonly { id: string; name: string }[]): void;
};

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;
/** What Discord refuses as it stands is mended by a new version of the bot; still, nothing else is tried. */
const REFUSED_PAUSE_MS = 3_600_000;
/** The same failure is told again at the earliest after this. */
const TOLD_EVERY_MS = 3_600_000;

type Attempt =
  | { result: 'changed' | 'unchanged' }
  /** `refused`: Discord will not take these commands, however often they are sent. */
  | { result: 'failed'; reason: string; refused: boolean };

/**
 * Registers the commands everywhere the bot is, however long Discord cannot be reached: without them nobody can use the
 * bot. Never rejects; meanwhile members go on with the commands that Discord knows, and the log says what is wrong.
 * Resolves with `stopped` when `closing` ends it.
 */
export async function registerCommands(
  deps: RegisterDeps,
  applicationId: string,
  commands: readonly Command[],
  closing: AbortSignal,
): Promise<'changed' | 'unchanged' | 'stopped'> {
  const { clock, log } = deps;
  const wanted = commands.map(({ data }) => describeCommand(data));
  const complain = createComplaint(deps);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const attempt = await tryOnce(deps, applicationId, wanted);
    if (closing.aborted) return 'stopped';
    if (attempt.result === 'changed') log.info({ count: wanted.length }, 'Commands registered');
    if (attempt.result !== 'failed') return attempt.result;
    complain(attempt.reason);
    const waited = await settled(() => clock.sleep(attempt.refused ? REFUSED_PAUSE_MS : pause, closing));
    if (waited.status === 'rejected') return 'stopped';
  }
}

function createComplaint({ clock, log }: RegisterDeps): (reason: string) => void {
  let last = { reason: '', at: 0 };
  return (reason) => {
    const now = clock.elapsed();
    if (reason === last.reason && now - last.at < TOLD_EVERY_MS) return;
    last = { reason, at: now };
    log.error({ reason }, 'The commands could not be registered; trying again until it works');
  };
}

async function tryOnce(
  { ask, clock, learn }: RegisterDeps,
  applicationId: string,
  wanted: readonly Fields[],
): Promise<Attempt> {
  const path = `/applications/${applicationId}/commands` as const;
  const plan = { bucket: 'commands', server: '', queuedAt: clock.now() };
  const known = await ask({ ...plan, method: 'GET', path: `${path}?with_localizations=true` });
  if (known.ok && isSame(known.answer, wanted)) {
    learn(named(known.answer));
    return { result: 'unchanged' };
  }
  if (!known.ok && isInVain(known)) return failed(known);
  // Any other answer, or none, does not stand in the way: the overwrite will tell.
  const written = await ask({ ...plan, method: 'PUT', path, json: JSON.stringify(wanted) });
  if (!written.ok) return failed(written);
  if (isListOf(written.answer, wanted.length)) {
    learn(named(written.answer));
    return { result: 'changed' };
  }
  return { result: 'failed', reason: 'What was answered is no list of the commands', refused: false };
}

type Failed = Extract<CallOutcome, { ok: false }>;

function failed({ receipt }: Failed): Attempt {
  return { result: 'failed', reason: inEnglish(receipt.reason), refused: receipt.kind === 'refused' };
}

/** Not sent for certain (a limit, an outage), or the token is refused. */
function isInVain({ receipt, status }: Failed): boolean {
  return status === 401 || (status === null && receipt.kind === 'later');
}

/** False also for what is no list of commands, whoever answered it. */
function isSame(answer: unknown, wanted: readonly Fields[]): boolean {
  const list = registered.safeParse(answer);
  return list.success && sameCommands(list.data, wanted);
}

/** Discord answers with the commands as it has them now; somebody in between, with anything. */
function isListOf(answer: unknown, count: number): boolean {
  const list = registered.safeParse(answer);
  return list.success && list.data.length === count;
}

/** Slash commands: others may have the same names. */
function named(answer: unknown): { id: string; name: string }[] {
  const list = identified.safeParse(answer);
  return list.success ? list.data.filter(({ type }) => type === ApplicationCommandType.ChatInput) : [];
}

const identified = z.array(
  z.object({ id: z.string(), name: z.string(), type: z.number().default(ApplicationCommandType.ChatInput) }),
);
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
    type: command.type ?? ApplicationCommandType.ChatInput,
    permissions: command.default_member_permissions ?? null,
    // Without it Discord takes those that the application is set up for: server installs unless changed.
    installs: listOf(command.integration_types ?? [ApplicationIntegrationType.GuildInstall]).sort(),
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
  return Array.isArray(value) ? value.map((one) => one ?? {}) : [];
}

function inOrder(localisations: unknown): [string, unknown][] {
  return Object.entries(localisations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
