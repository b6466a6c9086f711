import { describe, expect, it } from 'vitest';
import { entryMessage, type SubscriptionsView, subscriptionsMessage } from '#src/render/subscription-list.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import { phrase } from '#src/wording/phrase.ts';

const LONG = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' OR ');
const entry = (at: number, paused = phrase('subscriptions.pausedByModerator')): SubscriptionView => ({
  ...{ id: `s${at}`, channelId: String(at), channelName: 'vision', filter: `${at} ${LONG}` },
  ...{ terms: phrase('terms.everyPaper'), lost: [], paused },
  differences: [
    phrase('differs.quiet', { from: '22:00', to: '07:00', city: 'Buenos Aires '.repeat(8).trim() }),
  ],
});
const figures = { lastPostAt: 0, usual: 40, matched: 1000, posted: 1000, waiting: 1000 };
const listOf = (items: readonly SubscriptionView[]): SubscriptionsView => ({
  ...{ items, total: items.length, page: 0, hidden: 3, unreadable: 2, read: 1000 },
  channels: new Map(items.map(({ channelId }) => [channelId, figures])),
});
const textOf = (view: SubscriptionsView) => subscriptionsMessage(view).embeds[0].description ?? '';

describe('a list of subscriptions with long filters', () => {
  it('shows less of each rather than not all of them', () => {
    const text = textOf(listOf(Array.from({ length: 10 }, (_, at) => entry(at))));
    expect(text.match(/^\*\*\d+\.\*\*/gm)).toHaveLength(10);
    expect(text.match(/^-# 7 days: /gm)).toHaveLength(10);
    expect(text).toContain('3 more in channels you cannot see.');
    expect(text.length).toBeLessThanOrEqual(3500);
  });

  it('shows as much of one as ever where there is room', () => {
    expect(textOf(listOf([entry(0)]))).toMatch(/`0 word0 OR .{120,140}…`/);
  });

  it('shows the whole of the one that was picked', () => {
    expect(entryMessage(entry(7), 0).embeds[0].description).toContain(`\`7 ${LONG}\``);
  });
});
