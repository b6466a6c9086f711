import type { PaceStore } from '#src/foundation/http/http-pace.ts';
import type { Cursors } from './source.ts';

/** Keeps with the cursors when `system` was asked last, and until when it rests: a restart is no reason to press it. */
export function createPaceStore(cursors: Cursors, system: string): PaceStore {
  const names = {
    contactAt: `last request to ${system}`,
    restFrom: `rest of ${system} from`,
    restUntil: `rest of ${system} until`,
  };
  const set = async (name: string, value: number): Promise<void> => {
    if ((await cursors.cursor(name)) !== value) await cursors.setCursor(name, value);
  };
  return {
    read: async () => ({
      contactAt: await cursors.cursor(names.contactAt),
      restFrom: await cursors.cursor(names.restFrom),
      restUntil: await cursors.cursor(names.restUntil),
    }),
    async write({ contactAt, restFrom, restUntil }) {
      await set(names.contactAt, contactAt);
      await set(names.restFrom, restFrom);
      await set(names.restUntil, restUntil);
    },
  };
}
