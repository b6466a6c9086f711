import { describe, expect, it } from 'vitest';
import { createAskZone, keepZone } from '#src/service/ask-zone.ts';
import { SETTINGS_OF_NEW, type ServerSettings } from '#src/subscription/server-settings.ts';
import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';
import { openZones } from '#src/subscription/zone.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';
import { NOON } from './a-library.ts';

const daily = (zone: string) => ({ when: { kind: 'daily', at: '09:00', zone } as const });
const quiet = (zone: string) => ({ quiet: { from: '22:00', to: '07:00', zone } });

describe('the zones that are proposed', () => {
  const proposed = (serverId: string | null, locale: string, there: Partial<Subscription>[] = []) =>
    createAskZone({
      subscriptionStore: {
        inServer: (id) => (id === '1' ? there.map((terms, at) => aSubscription(`${at}`, terms)) : []),
      },
      zones: openZones(),
    }).proposeLikelyZones({ serverId, locale, now: NOON });

  it('are those of the language, each with its city and what time it is there', () => {
    expect(proposed('1', 'de')).toEqual([
      { zone: 'Europe/Berlin', city: 'Berlin', localTime: '13:00' },
      { zone: 'Europe/Vienna', city: 'Vienna', localTime: '13:00' },
      { zone: 'Europe/Zurich', city: 'Zurich', localTime: '13:00' },
    ]);
  });

  it('are before them those of the server’s subscriptions, the most used first, by their names of today', () => {
    const there = [
      daily('America/Lima'),
      daily('Asia/Calcutta'),
      { ...daily('Asia/Kolkata'), ...quiet('Asia/Kolkata') },
      { when: { kind: 'now' } as const },
    ];
    expect(proposed('1', 'de', there).map(({ zone }) => zone)).toEqual([
      ...['Asia/Kolkata', 'America/Lima', 'Europe/Berlin'],
    ]);
    const twiceInOne = [
      { ...daily('Asia/Tokyo'), ...quiet('Asia/Tokyo') },
      quiet('America/Lima'),
      quiet('America/Lima'),
    ];
    expect(proposed('1', 'de', twiceInOne)[0].zone).toBe('America/Lima');
    expect(proposed(null, 'de', there)[0].zone).toBe('Europe/Berlin');
  });
});

describe('the zone of a subscription', () => {
  const keep = async (
    terms: object,
    { there = null, meanwhile = there }: { there?: string | null; meanwhile?: string | null } = {},
    failure?: Error,
  ) => {
    const set: [string, ServerSettings, string | null][] = [];
    const store: Parameters<typeof keepZone>[0] = {
      settings: () => ({ ...SETTINGS_OF_NEW, zone: there }),
      changeSettings: async (serverId, change, who) => {
        if (failure) throw failure;
        const present = { ...SETTINGS_OF_NEW, zone: meanwhile };
        set.push([serverId, change(present), who]);
        return present;
      },
    };
    const draft = { ...DEFAULTS, filter: 'ocean', ...terms };
    const told = await keepZone(store, { serverId: '1', who: 'ada' }, draft);
    return { told: told && inEnglish(told), set };
  };
  const NEW = (zone: string) => ({ ...SETTINGS_OF_NEW, zone });

  it('is its server’s from then on where that has none, and is told', async () => {
    const kept = await keep(daily('Asia/Calcutta'));
    expect(kept.set).toEqual([['1', NEW('Asia/Kolkata'), 'ada']]);
    expect(kept.told).toContain('Asia/Kolkata is this server’s zone from now on');
    expect((await keep(quiet('Asia/Tokyo'))).set).toEqual([['1', NEW('Asia/Tokyo'), 'ada']]);
  });

  it('changes nothing where the server has one, nor where nothing has an hour', async () => {
    expect(await keep(daily('Asia/Tokyo'), { there: 'UTC' })).toEqual({ told: null, set: [] });
    expect(await keep({})).toEqual({ told: null, set: [] });
  });

  it('gives way to one that somebody set at that very moment', async () => {
    const kept = await keep(daily('Asia/Tokyo'), { meanwhile: 'Europe/Paris' });
    expect(kept).toEqual({ told: null, set: [['1', NEW('Europe/Paris'), 'ada']] });
  });

  it('is let go where the settings take no changes; what else goes wrong is told', async () => {
    expect((await keep(daily('Asia/Tokyo'), {}, new UserError('undo.forgotten'))).told).toBeNull();
    await expect(keep(daily('Asia/Tokyo'), {}, new Error('full disk'))).rejects.toThrow('full disk');
  });
});
