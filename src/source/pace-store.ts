import type { PaceStore } from '#src/foundation/http/http-pace.ts';
import type { Cursors } from './source.ts';

/** Keeps with the cursors when `system` was asked last, and until when it rests: a restart is no reason to press it. */
export function createPaceStore(cursors: Cursors, system: string): PaceStore {
  const names = {
    contactAt: `last request to ${system}`,
    restFrom: `rest of ${system} from`,
    restUntil: `rest of ${system} until`,
  };
  const set = (name: string, value: number): void => {
    if (cursors.cursor(name) !== value) cursors.setCursor(name, value);
  };
  return {
    read: () => ({
      contactAt: cursors.cursor(names.contactAt),
      restFrom: cursors.cursor(names.restFrom),
      restUntil: cursors.cursor(names.restUntil),
    }),
    write({ contactAt, restFrom, restUntil }) {
      set(names.contactAt, contactAt);
      set(names.restFrom, restFrom);
      set(names.restUntil, restUntil);
    },
  };
}
