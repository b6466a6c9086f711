import type { Welcomes } from '#src/subscription/welcomes.ts';
import type { Asker } from './asker.ts';
import { moderatorFor } from './moderate.ts';

export type FirstWords = {
  /**
   * Whether the asker, who just used a command, is to hear the first words of the bot in this server: its first moderator,
   * where no channel was fit for them. True once.
   */
  firstWordsFor(asker: Pick<Asker, 'serverId' | 'rights'>): Promise<boolean>;
  /** They did not arrive: whoever is the next hears them. */
  keepFirstWords(asker: Pick<Asker, 'serverId'>): Promise<void>;
  /** Throws UserError for whoever may not subscribe. */
  mayBegin(asker: Asker): Promise<void>;
};

export function createFirstWords({ welcomes }: { welcomes: Welcomes }): FirstWords {
  return {
    async firstWordsFor({ serverId, rights }) {
      if (serverId === null || !(await welcomes.isWaiting(serverId))) return false;
      if ((await rights.through('subscribe')) === null) return false;
      return welcomes.takeWaiting(serverId);
    },
    keepFirstWords: async ({ serverId }) => {
      if (serverId !== null) await welcomes.giveBack(serverId);
    },
    mayBegin: async (asker) => void (await moderatorFor(asker, 'subscribe')),
  };
}
