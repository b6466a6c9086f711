import type { Cursors } from '#src/foundation/cursors.ts';
import type { HostRateStore } from '#src/foundation/http/host-rate.ts';

/** Keeps with the cursors when `system` was asked last, and until when it rests: a restart is no reason to press it. */
export function createHostRateStore(cursors: Cursors, system: string): HostRateStore {
  const names = [`last request to ${system}`, `rest of ${system} from`, `rest of ${system} until`];
  return {
    async read() {
      const [contactAt, restFrom, restUntil] = await cursors.getAll(names);
      return { contactAt, restFrom, restUntil };
    },
    write: ({ contactAt, restFrom, restUntil }) =>
      cursors.asOne(async () => {
        const before = await cursors.getAll(names);
        for (const [index, value] of [contactAt, restFrom, restUntil].entries())
          if (before[index] !== value) await cursors.set(names[index], value);
      }),
  };
}
