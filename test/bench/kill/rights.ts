import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import type { Town } from './town.ts';

/** What the servers let the bot do: taken and given back, in one channel or in a whole server. */
export type Rights = {
  /** How often what was taken. */
  readonly counts: Record<string, number>;
  /** Takes or gives back something somewhere. */
  change(): void;
  /** Gives everything back, and the servers tell of it. */
  restore(): void;
};

/** Without the last one Discord answers a read-back with nothing: twice as likely. */
const TAKEN: readonly PermissionName[] = [
  'SendMessages',
  'ViewChannel',
  'EmbedLinks',
  'ReadMessageHistory',
  'ReadMessageHistory',
];
/** So much is missing at once that most channels still get their papers. */
const CHANNELS_AT_ONCE = 3;

/** `random`: 0 to 1. */
export function createRights(driver: Driver, town: Town, random: () => number): Rights {
  const counts: Record<string, number> = {};
  const closed = new Map<string, () => void>();
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];

  const takeInChannel = (): void => {
    const { channel, server } = oneOf(town.homes.filter(({ isGone }) => !isGone));
    const right = oneOf(TAKEN);
    count(`${right} in a channel`);
    driver.setOverwrite(channel, { id: server, deny: [right] });
    closed.set(channel, () => driver.setOverwrite(channel, { id: server, deny: [] }));
  };

  const takeInServer = (): void => {
    const server = oneOf(town.servers);
    if (closed.has(server.id)) return;
    const right = oneOf(TAKEN);
    count(`${right} in a server`);
    driver.setRolePermissions(
      server.id,
      server.role,
      BOT_PERMISSIONS.filter((one) => one !== right),
    );
    closed.set(server.id, () => driver.setRolePermissions(server.id, server.role, BOT_PERMISSIONS));
  };

  const kick = (): void => {
    const server = oneOf(town.servers);
    if (closed.has(server.id)) return;
    count('kicked');
    driver.kickBot(server.id);
    closed.set(server.id, () => {
      server.role = driver.inviteBot(server.id, BOT_PERMISSIONS);
    });
  };

  const lockThread = (): void => {
    const living = town.homes.filter(({ isGone }) => !isGone);
    const thread = oneOf(living.flatMap(({ channel }) => driver.threadsOf(channel)));
    if (!thread) return;
    count('a thread locked');
    driver.setThread(thread.id, { locked: true, archived: random() < 0.5 });
    closed.set(thread.id, () => driver.setThread(thread.id, { locked: false }));
  };

  const giveBack = (place: string): void => {
    const open = closed.get(place);
    closed.delete(place);
    // A channel that was deleted meanwhile has no rights.
    if (!town.homes.some(({ channel, isGone }) => isGone && channel === place)) open?.();
  };

  return {
    counts,
    change() {
      if (closed.size >= CHANNELS_AT_ONCE || (closed.size > 0 && random() < 0.4))
        return giveBack(oneOf([...closed.keys()]));
      const chance = random();
      if (chance < 0.6) takeInChannel();
      else if (chance < 0.8) takeInServer();
      else if (chance < 0.9) lockThread();
      else kick();
    },
    restore() {
      for (const place of [...closed.keys()]) giveBack(place);
      for (const { channel, server, isGone } of town.homes)
        if (!isGone) driver.setOverwrite(channel, { id: server, deny: [] });
    },
  };
}
