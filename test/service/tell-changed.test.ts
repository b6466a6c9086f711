import { describe, expect, it } from 'vitest';
import { sayPhrase } from '#src/render/say.ts';
import { tellChanged, tellSettings } from '#src/service/tell-changed.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const daily = { kind: 'daily', at: '09:00', zone: 'Europe/Berlin' } as const;
const weekly = { kind: 'weekly', weekday: 1, at: '09:00', zone: 'Europe/Berlin' } as const;
const reason = phrase('subscriptions.pausedByModerator');
const told = (before: Partial<Subscription>, after: Partial<Subscription>) =>
  tellChanged(aSubscription('a', before), aSubscription('a', after)).map(sayPhrase);

describe('a change in the history', () => {
  it.each<[string, Partial<Subscription>, Partial<Subscription>]>([
    ['daily 09:00 Berlin → Monday 09:00 Berlin', { when: daily }, { when: weekly }],
    ['as it happens → daily 09:00 Berlin', { when: { kind: 'now' } }, { when: daily }],
    ['at most 10 cards a day → at most 1 card a day', { cap: 10 }, { cap: 1 }],
    ['no quiet hours → quiet 22:00 to 07:00 UTC', {}, { quiet: { from: '22:00', to: '07:00', zone: 'UTC' } }],
    ['no mention → mentions <@&7> with digests', { roleId: null }, { roleId: '7', mention: 'digests' }],
    ['messages → threads', { place: 'message' }, { place: 'thread' }],
    ['with a sound → silent', { silent: false }, { silent: true }],
    ['digests published → not published', { publish: true }, { publish: false }],
    [
      'without an end → until the end of 2026-03-11 (UTC)',
      {},
      { until: { day: '2026-03-11', zone: 'UTC', at: 9 } },
    ],
    ['running → paused', { paused: null }, { paused: { reason, at: 1 } }],
    ['running → paused until <t:9:f>', { paused: null }, { paused: { reason, at: 1, until: 9000 } }],
    [
      'balanced → early',
      { what: { kind: 'trending', sensitivity: 'balanced' } },
      { what: { kind: 'trending', sensitivity: 'early' } },
    ],
  ])('says what was and what is: %s', (sentence, before, after) => {
    expect(told(before, after)).toEqual([sentence]);
  });

  it('says all that is another, and nothing of what is the same or of instants', () => {
    expect(
      told({ cap: 3, silent: true, since: 1 }, { cap: 4, silent: true, since: 2, filter: 'other' }),
    ).toEqual(['at most 3 cards a day → at most 4 cards a day']);
    expect(told({ cap: 3, place: 'thread' }, { cap: 4, place: 'forum' })).toHaveLength(2);
  });

  it('names each setting of the server', () => {
    const [before, after] = [
      { samePaper: 'full', zone: null, notices: null },
      { samePaper: 'none', zone: 'Asia/Tokyo', notices: '77' },
    ] as const;
    const names = (...seen: string[]) => tellSettings(before, after, new Set(seen)).map(sayPhrase);
    expect(names('77')).toEqual([
      'the same paper in several channels, In full in each channel → Not at all',
      'the zone of hours without a city, none → Asia/Tokyo',
      'the channel for notices, where Paperboy picks → <#77>',
    ]);
    expect(names('78')[2]).toBe(
      'the channel for notices, where Paperboy picks → a channel that you cannot see',
    );
    expect(tellSettings(after, after, new Set())).toEqual([]);
  });
});
