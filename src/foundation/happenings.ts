import type { Phrase } from '#src/wording/values.ts';
import type { Clock } from './clock.ts';
import { isolate, isolateAsync } from './isolate.ts';
import type { Log } from './log.ts';

/** Something that Paperboy just did or decided, and why. */
export type Happening = {
  /** UTC ms. */
  at: number;
  kind: 'read' | 'trend' | 'wanted' | 'waits' | 'posted' | 'held' | 'over';
  what: Phrase;
  /** The message in which it is to be seen. */
  link: { channelId: string; messageId: string } | null;
};

/** What happened, without when: it is told at once. */
type Happened = Omit<Happening, 'at' | 'link'> & Partial<Pick<Happening, 'link'>>;

/** For whoever looks on while Paperboy works. Nothing of the work depends on it. */
export type Happenings = {
  /**
   * Tells what `happened` returns, in that order. It is called only while somebody listens: looking on costs whoever looks on.
   * What goes wrong in it is logged; a FatalError is thrown on.
   */
  tell(happened: () => readonly Happened[] | Promise<readonly Happened[]>): Promise<void>;
  /** The listener hears what is told from now on, until what is returned is called. One that throws harms nobody. */
  listen(listener: (happening: Happening) => void): () => void;
};

export function createHappenings({ clock, log }: { clock: Clock; log: Log }): Happenings {
  const listeners = new Set<(happening: Happening) => void>();

  const hear = (happening: Happening): void => {
    for (const listener of [...listeners])
      isolate(
        () => listener(happening),
        (error) => log.error({ kind: happening.kind, err: error }, 'a listener could not hear what happened'),
      );
  };

  return {
    async tell(happened) {
      if (listeners.size === 0) return;
      const all = await isolateAsync(
        async () => happened(),
        (error) => log.error({ err: error }, 'what happened could not be told'),
      );
      for (const { link = null, ...one } of all ?? []) hear({ at: clock.now(), ...one, link });
    },
    listen(listener) {
      // The same function may listen twice.
      const own = (happening: Happening): void => listener(happening);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
