import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '#src/foundation/clock.ts';
import type { CallOutcome, CallPlan } from '../connection/discord-call.ts';
import type { CommandSettings } from './command-rule.ts';

type CommandSettingsDeps = {
  ask(plan: CallPlan): Promise<CallOutcome>;
  clock: Clock;
  applicationId: string;
};

/** What servers have set about who may use the bot's commands: asked for once, and kept as the gateway tells of changes. */
export type CommandSettingsStore = {
  /** Null while Discord does not tell, for a second at most. */
  of(serverId: string): Promise<CommandSettings | null>;
  /** The id that Discord gave a command; null while it did not tell. */
  idOf(command: string): string | null;
  learnIds(commands: readonly { id: string; name: string }[]): void;
  /** Any event of the gateway. Never throws. */
  hear(event: string, told: unknown): void;
};

/** Those asked for last. */
const SERVERS_KEPT = 1_000;
const WITHIN_MS = 1_000;
/** A server that could not be asked is not asked again for so long. */
const AGAIN_AFTER_MS = 30_000;
/** A reason of our own: without one each abort makes an error with a stack. */
const ANSWERED = 'answered';

type Kept = {
  reading: Promise<CommandSettings | null>;
  /** Null while it is read, and when it could not be. */
  settings: CommandSettings | null;
  /** By elapsed time; null unless it could not be read. */
  failedAt: number | null;
};

export function createCommandSettings(deps: CommandSettingsDeps): CommandSettingsStore {
  const { clock } = deps;
  const kept = new LRUCache<string, Kept>({ max: SERVERS_KEPT });
  const ids = new Map<string, string>();

  const read = (serverId: string): Kept => {
    const entry: Kept = { reading: fetchSettings(deps, serverId), settings: null, failedAt: null };
    entry.reading = entry.reading.then((settings) => {
      entry.settings = settings;
      if (settings === null) entry.failedAt = clock.elapsed();
      return settings;
    });
    return entry;
  };

  const entryOf = (serverId: string): Kept => {
    const known = kept.get(serverId);
    const failedAt = known?.failedAt ?? null;
    const isOld = failedAt !== null && clock.elapsed() - failedAt >= AGAIN_AFTER_MS;
    if (known && !isOld) return known;
    const entry = read(serverId);
    kept.set(serverId, entry);
    return entry;
  };

  const change = (told: unknown): void => {
    const changed = settingsShape.safeParse(told);
    const { guild_id: serverId = '', id = '', permissions = [] } = changed.data ?? {};
    const entry = kept.get(serverId);
    // What is being read may be older than this: it is read anew.
    if (!entry?.settings) kept.delete(serverId);
    else kept.set(serverId, settled(new Map([...entry.settings, [id, permissions]])));
  };

  return {
    of: async (serverId) => {
      const answered = new AbortController();
      const late = clock.sleep(WITHIN_MS, answered.signal).then(
        () => null,
        () => null,
      );
      const settings = await Promise.race([entryOf(serverId).reading, late]);
      answered.abort(ANSWERED);
      return settings;
    },
    idOf: (command) => ids.get(command) ?? null,
    learnIds: (commands) => {
      for (const { id, name } of commands) ids.set(name, id);
    },
    hear: (event, told) => {
      if (event === GatewayDispatchEvents.ApplicationCommandPermissionsUpdate) change(told);
      // A new session, or a server that could not be reached: changes may have been missed.
      if (event === GatewayDispatchEvents.Ready) kept.clear();
      if (event === GatewayDispatchEvents.GuildCreate || event === GatewayDispatchEvents.GuildDelete)
        kept.delete(z.looseObject({ id: z.string() }).safeParse(told).data?.id ?? '');
    },
  };
}

function settled(settings: CommandSettings): Kept {
  return { reading: Promise.resolve(settings), settings, failedAt: null };
}

const settingsShape = z.object({
  id: z.string(),
  guild_id: z.string(),
  permissions: z.array(z.object({ id: z.string(), type: z.number(), permission: z.boolean() })),
});

/** Never rejects; null when Discord did not tell. */
async function fetchSettings(
  { ask, clock, applicationId }: CommandSettingsDeps,
  serverId: string,
): Promise<CommandSettings | null> {
  const answer = await ask({
    bucket: `command permissions ${serverId}`,
    server: serverId,
    queuedAt: clock.now(),
    method: 'GET',
    path: `/applications/${applicationId}/guilds/${serverId}/commands/permissions`,
  });
  const list = answer.ok ? z.array(settingsShape).safeParse(answer.answer).data : undefined;
  return list ? new Map(list.map(({ id, permissions }) => [id, permissions])) : null;
}
