import type { ZoneChoice } from '#src/render/zone-question.ts';
import { likelyZones } from '#src/subscription/likely-zones.ts';
import { modernZone } from '#src/subscription/modern-zone.ts';
import type { SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { cityOf } from '#src/subscription/zone-table.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';

export type AskZone = {
  /** Three zones that the asker may mean: those that the server's subscriptions have, then by the asker's locale. */
  proposeLikelyZones(asker: Pick<Asker, 'serverId' | 'now'> & { locale: string }): ZoneChoice[];
};

export function createAskZone({
  subscriptionStore,
  zones,
}: {
  subscriptionStore: Pick<SubscriptionStore, 'inServer'>;
  zones: Zones;
}): AskZone {
  return {
    proposeLikelyZones({ serverId, locale, now }) {
      const inUse = subscriptionStore.inServer(serverId ?? '').flatMap(zonesOf);
      return likelyZones(locale, mostUsedFirst(inUse)).map((zone) => ({
        zone,
        city: cityOf(zone),
        localTime: new Date(now + zones(zone).offsetAt(now)).toISOString().slice(11, 16),
      }));
    },
  };
}

/** The zone of a subscription is its server's from now on where the server has none. Tells so; null: nothing changed. */
export async function keepZone(
  subscriptionStore: Pick<SubscriptionStore, 'settings' | 'changeSettings'>,
  { serverId, who }: { serverId: string; who: string },
  draft: SubscriptionDraft,
): Promise<Phrase | null> {
  const [zone] = zonesOf(draft);
  if (zone === undefined || subscriptionStore.settings(serverId).zone !== null) return null;
  try {
    const before = await subscriptionStore.changeSettings(
      serverId,
      (present) => ({ ...present, zone: present.zone ?? zone }),
      who,
    );
    return before.zone === null ? phrase('zone.kept', { zone: words(zone) }) : null;
  } catch (error) {
    // Settings that cannot be read take no changes: the subscription is saved all the same.
    if (error instanceof UserError) return null;
    throw error;
  }
}

function zonesOf({ when, quiet }: Pick<SubscriptionDraft, 'when' | 'quiet'>): string[] {
  const named = [...(when.kind === 'now' ? [] : [when.zone]), ...(quiet ? [quiet.zone] : [])];
  return [...new Set(named.map(modernZone))];
}

function mostUsedFirst(zones: readonly string[]): string[] {
  const byZone = [...Map.groupBy(zones, (zone) => zone).entries()];
  return byZone.sort(([, a], [, b]) => b.length - a.length).map(([zone]) => zone);
}
