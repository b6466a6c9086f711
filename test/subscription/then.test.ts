import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mute } from '#src/subscription/mute.ts';
import type { ServerSettings } from '#src/subscription/server-settings.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { mutesThen, subscriptionsThen } from '#src/subscription/then.ts';
import { phrase } from '#src/wording/phrase.ts';
import { draft, NOON, place, stageStore } from '#test/subscription/store-stage.ts';

type Stage = Awaited<ReturnType<typeof stageStore>>;
type Stood = { at: number; subscriptions: readonly Subscription[]; mutes: readonly Mute[] } & {
  settings: ServerSettings;
};

const REASON = phrase('subscriptions.pausedByModerator');
const DEEDS = [
  ...(['add', 'change', 'remove', 'pause', 'resume', 'mute', 'unmute', 'bring back', 'set'] as const),
];
const deed = fc.record({
  what: fc.constantFrom(...DEEDS),
  which: fc.nat(4),
  word: fc.constantFrom('ocean', 'desert', 'ice', 'survey'),
  later: fc.integer({ min: 1, max: 1000 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

async function doDeed(
  { subscriptionStore: store }: Stage,
  { what, which, word }: Deed,
  gone: Subscription[],
) {
  const all = store.inServer('1');
  const id = all[which % Math.max(1, all.length)]?.id ?? '';
  if (what === 'add') await store.add(place, draft(word), 'ada');
  if (what === 'change') await store.change(id, { filter: word, cap: which + 1 }, 'bob');
  if (what === 'pause') await store.setPaused(id, { reason: REASON }, 'bob');
  if (what === 'resume') await store.setPaused(id, null, 'ada');
  if (what === 'set')
    await store.changeSettings('1', (was) => ({ ...was, samePaper: which > 2 ? 'none' : 'full' }), 'ada');
  if (what === 'mute') await store.mute('1', word, 'ada');
  if (what === 'unmute') await store.unmute('1', word, 'bob');
  if (what === 'remove') {
    const removed = await store.remove(id, 'ada');
    if (removed) gone.push(removed);
  }
  const wanted = what === 'bring back' ? gone.pop() : undefined;
  if (wanted) await store.putBack('1', 'bob', () => ({ subscriptions: [{ present: null, wanted }] }));
}

const byId = (all: readonly Subscription[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
const texts = (all: readonly { text: string }[]) => all.map(({ text }) => text).sort();

describe('what stood in a server at an instant', () => {
  it('is told from what stands there now and from its history, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
        const stage = await stageStore();
        const { subscriptionStore, time } = stage;
        const gone: Subscription[] = [];
        // A first subscription gives a server settings of which its history does not know.
        await subscriptionStore.changeSettings('1', (was) => ({ ...was, zone: 'UTC' }), 'ada');
        const settings = subscriptionStore.settings('1');
        time.now += 1;
        const standings: Stood[] = [{ at: NOON, subscriptions: [], mutes: [], settings }];
        for (const one of deeds) {
          time.now += one.later;
          await doDeed(stage, one, gone);
          const subscriptions = [...subscriptionStore.inServer('1')];
          const [mutes, set] = [subscriptionStore.mutes('1'), subscriptionStore.settings('1')];
          standings.push({ at: time.now, subscriptions, mutes, settings: set });
        }
        const history = await subscriptionStore.history('1');
        for (const { at, subscriptions, mutes } of standings) {
          const then = subscriptionsThen(subscriptionStore.inServer('1'), history, at);
          expect(byId(then)).toEqual(byId(subscriptions));
          expect(texts(mutesThen(subscriptionStore.mutes('1'), history, at))).toEqual(texts(mutes));
        }
        const standingAt = await subscriptionStore.standings(
          place,
          standings.map(({ at }) => at),
        );
        for (const { at, subscriptions, mutes, settings: set } of standings) {
          const then = standingAt(at);
          expect(byId(then.subscriptions)).toEqual(byId(subscriptions));
          expect(texts(then.mutes)).toEqual(texts(mutes));
          expect(then.settings).toEqual(set);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('knows a pause that ended by itself, and who muted what', async () => {
    const { subscriptionStore, time } = await stageStore();
    const { id } = await subscriptionStore.add(place, draft('ocean'), 'ada');
    time.now += 1000;
    await subscriptionStore.setPaused(id, { reason: REASON, until: NOON + 5000 }, 'bob');
    await subscriptionStore.mute('1', 'survey', 'ada');
    time.now += 9000;
    await subscriptionStore.endPauses();
    await subscriptionStore.unmute('1', 'survey', 'bob');
    const history = await subscriptionStore.history('1');
    const at = (instant: number) => subscriptionsThen(subscriptionStore.inServer('1'), history, instant);
    expect(subscriptionStore.byId(id)?.paused).toBeNull();
    expect(at(NOON + 2000)[0].paused).toMatchObject({ until: NOON + 5000 });
    expect(at(NOON + 500)[0].paused).toBeNull();
    expect(at(NOON - 1)).toEqual([]);
    expect(mutesThen([], history, NOON + 2000)).toEqual([{ text: 'survey', who: 'ada', at: NOON + 1000 }]);
    expect(mutesThen([], history, NOON + 20_000)).toEqual([]);
  });

  it('that is older than the history is taken as the history’s first change found it', async () => {
    const { subscriptionStore, time } = await stageStore();
    const { id } = await subscriptionStore.add(place, draft('ocean'), 'ada');
    await subscriptionStore.mute('1', 'survey', 'ada');
    time.now += 1000;
    await subscriptionStore.change(id, { filter: 'desert' }, 'bob');
    await subscriptionStore.unmute('1', 'survey', 'bob');
    const history = (await subscriptionStore.history('1')).filter(({ at }) => at > NOON);
    const then = subscriptionsThen(subscriptionStore.inServer('1'), history, NOON + 1);
    expect(then.map(({ filter }) => filter)).toEqual(['ocean']);
    expect(mutesThen([], history, NOON + 1)).toEqual([{ text: 'survey', who: null, at: null }]);
    expect(subscriptionsThen(subscriptionStore.inServer('1'), history, NOON - 1)).toEqual([]);
  });
});
