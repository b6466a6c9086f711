import { zoneOfDays } from '#src/decision/day.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import type { FoundView } from '#src/render/find-page.ts';
import type { WhyView } from '#src/render/why-view.ts';
import { nextDigestAt, previousDigestAt } from '#src/subscription/schedule.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { code, quoted } from '#src/wording/phrase.ts';
import { DeniedError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import type { FindPaper } from './find-paper.ts';
import type { HeavyWork } from './heavy-work.ts';
import { readOneDay } from './read-since.ts';
import { type TryDeps, triesFor } from './try-wider.ts';
import { type AskedDay, type WhyDeps, whyThere } from './why-there.ts';

type Deps = WhyDeps & TryDeps & { findPaper: FindPaper['findPaper']; zones: Zones; heavy: HeavyWork };

export type ExplainPaper = {
  /**
   * Why a paper came to a channel on a day (as it was typed; '' for when it was news), or did not; or that the words name no
   * paper for certain. Throws UserError for a channel that the asker does not see, whether it is there or not.
   */
  explainPaper(asker: Asker & { query: string; channelId: string; date: string }): Promise<
    | { kind: 'why'; view: WhyView }
    /** `day`: which was asked of, as it is read again whenever that is; '' for none. */
    | { kind: 'uncertain'; found: Exclude<FoundView, { kind: 'paper' }>; day: string }
  >;
};

/** What /why answers. */
export function createExplainPaper(deps: Deps): ExplainPaper {
  return {
    async explainPaper({ query, channelId, date, ...asker }) {
      const { serverId, rights, userId, now } = asker;
      if (serverId === null) throw new DeniedError('rights.serverOnly');
      if (!(await rights.sees(channelId))) throw new DeniedError('why.hiddenChannel');
      const day = await readDay(deps, { typed: date, serverId, channelId, now });
      const found = await deps.findPaper(query, userId);
      if (found.kind !== 'paper') return { kind: 'uncertain', found, day: day?.day ?? '' };
      const [paper] = await deps.archive.papers([found.view.paper.id]);
      const authority = await rights.through('subscriptions');
      const mayChange = authority !== null && (await authority.lacks(channelId)) === null;
      return deps.heavy.run(userId, async () => {
        const isModerator = authority !== null;
        const there = { paper, serverId, channelId, day, now, isModerator, sees: rights.sees };
        const { view, judged, past } = await whyThere(deps, there);
        const tries = mayChange ? await triesFor(deps, { view, judged, past, now }) : [];
        return { kind: 'why', view: { ...view, tries } };
      });
    },
  };
}

type Typed = { typed: string; serverId: string; channelId: string; now: number };

/** A day by the zone that the server had then; null for none. Throws UserError with what to write. */
async function readDay(deps: Deps, { typed, serverId, channelId, now }: Typed): Promise<AskedDay> {
  const { archive, subscriptionStore, zones } = deps;
  if (typedText(typed) === '') return null;
  const zoneNow =
    subscriptionStore.settings(serverId).zone ?? zoneOfDays(subscriptionStore.inServer(serverId));
  const shownIn = (zone: string, at: number): number => at + zones(zone).offsetAt(at);
  const today = dayOf(shownIn(zoneNow, now));
  const read = readOneDay(typed, shownIn(zoneNow, now));
  if (read === null) throw new UserError('why.dateNotOne', { text: quoted(typed, 60), example: code(today) });
  const day = dayOf(read);
  if (day > today) throw new UserError('why.dateAhead', { day: code(day), example: code(today) });
  // Some hours into that day, whatever its clock does at night.
  const wall = Date.parse(`${day}T04:00:00Z`);
  const standingAt = await subscriptionStore.standings({ serverId, channelId }, [wall]);
  const zone = standingAt(wall).settings.zone ?? zoneNow;
  const midnight: { kind: 'daily'; at: string; zone: string } = { kind: 'daily', at: '00:00', zone };
  const within = wall - zones(zone).offsetAt(wall);
  const until = nextDigestAt(midnight, within, zones) - 1;
  const beganAt = await archive.beganAt(now);
  if (until < beganAt)
    throw new UserError('why.dateTooEarly', {
      first: code(dayOf(shownIn(zoneNow, beganAt))),
      day: code(day),
    });
  return { day, zone, from: previousDigestAt(midnight, within, zones), until };
}

const dayOf = (shown: number): string => new Date(shown).toISOString().slice(0, 10);
