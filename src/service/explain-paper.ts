import { isDay } from '#src/archive/storable.ts';
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
import { type TryDeps, triesFor } from './try-wider.ts';
import { type AskedDay, type WhyDeps, whyThere } from './why-there.ts';

type Deps = WhyDeps & TryDeps & { findPaper: FindPaper['findPaper']; zones: Zones; heavy: HeavyWork };

export type ExplainPaper = {
  /**
   * Why a paper came to a channel on a day (as it was typed; '' for when it was news), or did not; or that the words name no
   * paper for certain. Throws UserError for a channel that the asker does not see, whether it is there or not.
   */
  explainPaper(
    asker: Asker & { query: string; channelId: string; date: string },
  ): Promise<{ kind: 'why'; view: WhyView } | Exclude<FoundView, { kind: 'paper' }>>;
};

/** What /why answers. */
export function createExplainPaper(deps: Deps): ExplainPaper {
  return {
    async explainPaper({ query, channelId, date, ...asker }) {
      const { serverId, rights, userId, now } = asker;
      if (serverId === null) throw new DeniedError('rights.serverOnly');
      if (!(await rights.sees(channelId))) throw new DeniedError('why.hiddenChannel');
      const day = await readDay(deps, { typed: date, serverId, now });
      const found = await deps.findPaper(query, userId);
      if (found.kind !== 'paper') return found;
      const [paper] = await deps.archive.papers([found.view.paper.id]);
      const authority = await rights.through('subscriptions');
      const mayChange = authority !== null && (await authority.lacks(channelId)) === null;
      return deps.heavy.run(userId, async () => {
        const isModerator = authority !== null;
        const history = await deps.subscriptionStore.history(serverId);
        const there = { paper, serverId, channelId, day, history, now, isModerator, sees: rights.sees };
        const { view, judged, past } = await whyThere(deps, there);
        const tries = mayChange ? await triesFor(deps, { view, judged, past, now }) : [];
        return { kind: 'why', view: { ...view, tries } };
      });
    },
  };
}

/** A day by the server's zone; null for none. Throws UserError with what to write. */
async function readDay(
  { archive, subscriptionStore, zones }: Deps,
  { typed, serverId, now }: { typed: string; serverId: string; now: number },
): Promise<AskedDay> {
  const text = typedText(typed);
  if (text === '') return null;
  const zone = subscriptionStore.settings(serverId).zone ?? zoneOfDays(subscriptionStore.inServer(serverId));
  const dayAt = (instant: number): string =>
    new Date(instant + zones(zone).offsetAt(instant)).toISOString().slice(0, 10);
  const today = dayAt(now);
  if (!isDay(text)) throw new UserError('why.dateNotOne', { text: quoted(typed, 60), example: code(today) });
  if (text > today) throw new UserError('why.dateAhead', { day: code(text), example: code(today) });
  const midnight: { kind: 'daily'; at: string; zone: string } = { kind: 'daily', at: '00:00', zone };
  // Some hours into that day, whatever its clock does at night.
  const wall = Date.parse(`${text}T04:00:00Z`);
  const within = wall - zones(zone).offsetAt(wall);
  const until = nextDigestAt(midnight, within, zones) - 1;
  const beganAt = await archive.beganAt(now);
  if (until < beganAt)
    throw new UserError('why.dateTooEarly', { first: code(dayAt(beganAt)), day: code(text) });
  return { from: previousDigestAt(midnight, within, zones), until };
}
