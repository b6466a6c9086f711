import type { Archive } from '#src/archive/archive.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import { channelOfDestination, type Destination } from '#src/outbox/destination.ts';
import { channel, instant, phrase } from '#src/wording/phrase.ts';
import type { Mark } from '#src/wording/values.ts';
import { titleById } from './title.ts';

type Deps = { happenings: Happenings; archive: Pick<Archive, 'paper'> };
type Of = { destination: Destination; paper: string };

const DAY = 86_400_000;

/** Within a day its time says enough. */
export const waitsUntil = (until: number, now: number): Mark => instant(until, until - now < DAY ? 't' : 'f');

/** Tells whoever looks on that what was due waits once more, until then (UTC ms), and for what. */
export function tellWait(
  { happenings, archive }: Deps,
  of: Of,
  { until, now, cause }: { until: number; now: number; cause: 'quiet' | 'cap' },
): Promise<void> {
  return happenings.tell(async () => {
    const title = await titleById(archive, of.paper);
    const about = { title, channel: channel(channelOfDestination(of)), at: waitsUntil(until, now) };
    return [{ kind: 'waits', what: phrase(`happening.waits.${cause}`, about) }];
  });
}

/** Its server has it in another channel already. */
export function tellElsewhere({ happenings, archive }: Deps, of: Of, first: string): Promise<void> {
  return happenings.tell(async () => {
    const about = { title: await titleById(archive, of.paper), channel: channel(channelOfDestination(of)) };
    return [{ kind: 'wanted', what: phrase('happening.elsewhere', { ...about, first: channel(first) }) }];
  });
}

/** Nobody there wants it any more. */
export function tellDropped({ happenings, archive }: Deps, of: Of): Promise<void> {
  return happenings.tell(async () => {
    const about = { title: await titleById(archive, of.paper), channel: channel(channelOfDestination(of)) };
    return [{ kind: 'wanted', what: phrase('happening.dropped', about) }];
  });
}
