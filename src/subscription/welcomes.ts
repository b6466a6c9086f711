import type { Cursors } from '#src/foundation/cursors.ts';

/**
 * Which servers had their first words from the bot, each time that they took it in: where no channel is fit for them, their
 * first moderator hears them alone. Instants are UTC ms.
 */
export type Welcomes = {
  /** Whether a server that took the bot in then has had them. */
  isWelcomed(serverId: string, joinedAt: number): Promise<boolean>;
  noteWelcomed(serverId: string, joinedAt: number): Promise<void>;
  /** No channel is fit: they wait for the first moderator. */
  noteWaiting(serverId: string, joinedAt: number): Promise<void>;
  /** They are this moderator's: true once. */
  takeWaiting(serverId: string): Promise<boolean>;
  /** They did not arrive: the next moderator has them. */
  giveBack(serverId: string): Promise<void>;
  isWaiting(serverId: string): Promise<boolean>;
  /** Those of which anything stands here. */
  servers(): Promise<string[]>;
  forgetServer(serverId: string): Promise<void>;
};

const WELCOMED = 'welcomed ';
const WAITING = 'to welcome ';
const welcomed = (serverId: string): string => `${WELCOMED}${serverId}`;
const waiting = (serverId: string): string => `${WAITING}${serverId}`;

export function createWelcomes({ cursors }: { cursors: Cursors }): Welcomes {
  return {
    isWelcomed: async (serverId, joinedAt) => (await cursors.get(welcomed(serverId))) >= joinedAt,
    async noteWelcomed(serverId, joinedAt) {
      await cursors.set(welcomed(serverId), joinedAt);
      await cursors.remove(waiting(serverId));
    },
    noteWaiting: (serverId, joinedAt) => cursors.set(waiting(serverId), joinedAt),
    isWaiting: async (serverId) => (await cursors.get(waiting(serverId))) > 0,
    takeWaiting: (serverId) =>
      cursors.asOne(async () => {
        const joinedAt = await cursors.get(waiting(serverId));
        if (joinedAt === 0) return false;
        await cursors.set(welcomed(serverId), joinedAt);
        await cursors.remove(waiting(serverId));
        return true;
      }),
    giveBack: (serverId) =>
      cursors.asOne(async () => {
        const joinedAt = await cursors.get(welcomed(serverId));
        if (joinedAt > 0) await cursors.set(waiting(serverId), joinedAt);
      }),
    async servers() {
      const of = async (prefix: string) =>
        (await cursors.startingWith(prefix)).map(({ name }) => name.slice(prefix.length));
      return [...(await of(WELCOMED)), ...(await of(WAITING))];
    },
    async forgetServer(serverId) {
      await cursors.remove(welcomed(serverId));
      await cursors.remove(waiting(serverId));
    },
  };
}
