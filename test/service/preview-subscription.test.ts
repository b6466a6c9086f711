import { describe, expect, it } from 'vitest';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { aDesk, anOrder, MODERATOR } from './a-desk.ts';
import { idOf, NOON } from './a-library.ts';

type Desk = Awaited<ReturnType<typeof aDesk>>;
const preview = async (desk: Desk, keywords: string, more: Parameters<typeof anOrder>[0] = {}) => {
  const view = await desk.previewSubscription(anOrder({ keywords, ...more }));
  if (view === null) throw new Error('it is there');
  return { ...view, hints: view.backTest.hints.map(inEnglish) };
};

describe('a preview', () => {
  it('is to be looked at where a word of the filter stands in most papers', async () => {
    const desk = await aDesk([
      { title: 'Ocean waves' },
      ...Array.from({ length: 110 }, (_, n) => ({ title: `Forest ${n}` })),
    ]);
    expect(await preview(desk, 'ocean OR forest')).toMatchObject({ isAmber: true });
    expect(await preview(desk, 'ocean')).toMatchObject({ isAmber: false });
  });

  it('is to be looked at where something of the order was left out, or nothing would have come', async () => {
    const desk = await aDesk([{ title: 'Ocean waves' }]);
    const amber = async (more: Parameters<typeof anOrder>[0]) => {
      const { isAmber, matched } = await preview(desk, 'ocean', more);
      return [isAmber, matched];
    };
    expect(await amber({})).toEqual([false, null]);
    expect(await amber({ zone: 'Berlin' })).toEqual([true, null]);
    expect(await amber({ what: 'newly trending' })).toEqual([true, 1]);
    expect((await preview(desk, 'desert', { what: 'newly trending' })).matched).toBeNull();
    expect((await preview(desk, 'desert')).isAmber).toBe(false);
  });

  it('names what nearly matched only where few papers would have come', async () => {
    const desk = await aDesk([
      { title: 'Desert ice' },
      ...Array.from({ length: 3 }, (_, n) => ({ title: `Ocean ice ${n}`, daysAgo: n })),
    ]);
    const { trend, archive } = desk;
    const score = trend.thresholdFor('balanced');
    const reason = { kind: 'rank', rank: 1 } as const;
    await archive.keepTrendEvents([{ paper: idOf(1), at: NOON - 1, from: 0, score, reason }]);
    const nearest = 'Nearest: “Desert ice” lacks `ocean`.';
    expect((await preview(desk, 'ocean ice')).hints).not.toContain(nearest);
    expect((await preview(desk, 'ocean ice -2')).hints).toContain(nearest);
  });
});

describe('an edit, of what somebody changes just before it is written', () => {
  /** Tries to save `ice` in the place of `ocean`; what `first` does comes in between. */
  const saveAfter = async (first: (desk: Desk, id: string) => Promise<unknown>) => {
    const desk = await aDesk([{ title: 'Ocean ice' }]);
    const { subscriptionStore } = desk;
    await desk.subscribeChannel(anOrder({ keywords: 'ocean' }));
    const [{ id }] = subscriptionStore.inChannel('5');
    const { base } = await desk.openSubscription({ ...MODERATOR, id, mentionedBy: null });
    if (!base) throw new Error('no base');
    const { change } = subscriptionStore;
    const afterOthers: typeof change = async (...asked) => {
      subscriptionStore.change = change;
      await first(desk, id);
      return change(...asked);
    };
    subscriptionStore.change = afterOthers;
    const saving = desk.saveEdit({ ...anOrder({ keywords: 'ice' }), base });
    await expect(saving).rejects.toThrow(UserError);
    return subscriptionStore.inChannel('5').map(({ filter }) => filter);
  };

  it('makes no twin of what they subscribed to', async () => {
    const filters = await saveAfter((desk) => desk.subscribeChannel(anOrder({ keywords: 'ice' })));
    expect(filters.toSorted()).toEqual(['ice', 'ocean']);
  });

  it('does not overwrite what they saved', async () => {
    const filters = await saveAfter(({ subscriptionStore }, id) =>
      subscriptionStore.change(id, { filter: 'waves' }, 'another'),
    );
    expect(filters).toEqual(['waves']);
  });
});

describe('a saved subscription that is opened', () => {
  it('may mention whom the asker may mention in its own channel, and in no other', async () => {
    const desk = await aDesk([{ title: 'Ocean ice' }]);
    await desk.subscribeChannel(anOrder({ keywords: 'ocean' }));
    const [{ id }] = desk.subscriptionStore.inChannel('5');
    const openedFrom = async (channelId: string) =>
      (await desk.openSubscription({ ...MODERATOR, id, mentionedBy: { userId: 'mod', channelId } })).channel;
    expect(await openedFrom('5')).toMatchObject({ mentionedBy: 'mod' });
    expect(await openedFrom('6')).toMatchObject({ mentionedBy: null });
  });
});
