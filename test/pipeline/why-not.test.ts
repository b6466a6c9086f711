import { expect, it } from 'vitest';
import type { Story } from '#src/decision/news.ts';
import { whyNot } from '#src/pipeline/why-not.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const reason = { kind: 'rank', rank: 1 } as const;
/** First seen on Monday; it reaches 3 on Tuesday. */
const STORY: Story = {
  ...{ paper: 'p', firstSeenAt: MONDAY, newsAt: MONDAY, risesSince: null },
  trendEvents: [{ paper: 'p', at: MONDAY + DAY, from: 1, score: 3, reason }],
};
const HISTORY = { ...STORY, newsAt: null, risesSince: MONDAY + DAY };
const asked = (facts: Partial<Subscription>, story = STORY) =>
  whyNot([aSubscription('s', facts)], new Set(['s']), story, () => 3);

it('a paper that rose before its list was first read came before whoever asks for what trends', () => {
  expect(asked({}, HISTORY)).toBe('since');
});

it('a paper that is history is not new for whoever asks for all, and one that is not came before they asked', () => {
  const all = { what: { kind: 'all' }, since: MONDAY + 1 } as const;
  expect(asked(all, HISTORY)).toBe('new');
  expect(asked(all)).toBe('since');
});

it('a paper that never reached what is asked for does not stand out enough', () => {
  expect(whyNot([aSubscription('s')], new Set(['s']), STORY, () => 3.5)).toBe('sensitivity');
});
