import { beforeEach, describe, expect, it } from 'vitest';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { createMutes } from '#src/subscription/mutes.ts';
import { paper } from '#test/match/document.ts';
import { parse } from '#test/pipeline/some-subscriptions.ts';
import { draft, NOON, place, stageStore } from '#test/subscription/store-stage.ts';

const survey = paper({ title: 'A survey of oceans' });
const plain = paper({ title: 'Ocean waves' });

let { db, keyv, time, restarted, reopened, subscriptionStore } = await stageStore();
beforeEach(async () => {
  ({ db, keyv, time, restarted, reopened, subscriptionStore } = await stageStore());
});
const mutes = () => createMutes({ subscriptionStore, parse });
const texts = (serverId = '1') => subscriptionStore.mutes(serverId).map(({ text }) => text);

describe('what a server mutes', () => {
  it('is durable, with who muted it and when, and is there after a restart', async () => {
    expect(await subscriptionStore.mute('1', 'survey', 'ada')).toBe(true);
    const muted = [{ text: 'survey', who: 'ada', at: NOON }];
    expect(subscriptionStore.mutes('1')).toEqual(muted);
    const next = await restarted();
    const asked = createMutes({ subscriptionStore: next, parse });
    await next.load();
    expect(next.mutes('1')).toEqual(muted);
    expect([...asked.mutedIn(survey, NOON)]).toEqual(['1']);
  });

  it('is muted once, and may be removed and muted again', async () => {
    await subscriptionStore.mute('1', 'survey', 'ada');
    expect(await subscriptionStore.mute('1', 'survey', 'bob')).toBe(false);
    expect(texts()).toEqual(['survey']);
    expect(await subscriptionStore.unmute('1', 'survey', 'bob')).toBe(true);
    expect(await subscriptionStore.unmute('1', 'survey', 'bob')).toBe(false);
    expect(await subscriptionStore.mute('1', 'survey', 'bob')).toBe(true);
    expect(await subscriptionStore.history('1')).toMatchObject(
      [
        ['muted', 'ada'],
        ['unmuted', 'bob'],
        ['muted', 'bob'],
      ].map(([what, who]) => ({
        ...{ what, who, about: 'survey', at: NOON },
        ...{ channelId: null, before: null, after: null },
      })),
    );
  });

  it('has an instant of its own each, also where two come in one millisecond', async () => {
    await subscriptionStore.mute('1', 'survey', 'ada');
    await subscriptionStore.mute('1', 'review', 'ada');
    expect(subscriptionStore.mutes('1').map(({ at }) => at)).toEqual([NOON, NOON + 1]);
    time.now = NOON + 1000;
    await subscriptionStore.mute('1', 'thesis', 'ada');
    expect(subscriptionStore.mutes('1')[2].at).toBe(NOON + 1000);
  });

  it('is a hundred things at most', async () => {
    for (let n = 0; n < 100; n++) await subscriptionStore.mute('1', `word${n}`, 'ada');
    await expect(subscriptionStore.mute('1', 'survey', 'ada')).rejects.toThrow(
      'A server can mute 100 things at most. Remove others with `/subscriptions` → Server settings first.',
    );
    expect(await subscriptionStore.mute('1', 'word7', 'ada')).toBe(false);
    expect(mutes().mutedBy('1', paper({ title: 'On word99' }), NOON)?.text).toBe('word99');
  });

  it('is forgotten with the server, and the others’ is not', async () => {
    const asked = mutes();
    await subscriptionStore.mute('1', 'survey', 'ada');
    await subscriptionStore.mute('2', 'survey', 'ada');
    await subscriptionStore.forgetServer('1');
    expect([...asked.mutedIn(survey, NOON)]).toEqual(['2']);
    expect((await reopened()).mutes('1')).toEqual([]);
    expect(texts('2')).toEqual(['survey']);
  });

  it('outlives the pruning of channels without subscriptions', async () => {
    const { id } = await subscriptionStore.add(place, draft('ocean'), 'ada');
    await subscriptionStore.mute('1', 'survey', 'ada');
    await subscriptionStore.remove(id, 'ada');
    await subscriptionStore.prune();
    expect(subscriptionStore.inServer('1')).toEqual([]);
    expect((await reopened()).mutes('1')).toHaveLength(1);
  });

  it('is kept where it cannot be read, takes no changes, and mutes nothing', async () => {
    await keyv.set('1:mutes', { version: 7 });
    const next = await reopened();
    expect(next.mutes('1')).toEqual([]);
    expect(next.unreadIn('1')).toHaveLength(1);
    await expect(next.mute('1', 'survey', 'ada')).rejects.toThrow();
    expect(await keyv.get('1:mutes')).toEqual({ version: 7 });
    expect(db).toBeDefined();
  });
});

describe('a paper that a server mutes', () => {
  it('is muted there from the change on, and nowhere else', async () => {
    const asked = mutes();
    expect(asked.mutedIn(survey, NOON).size).toBe(0);
    await subscriptionStore.mute('1', 'survey', 'ada');
    expect([...asked.mutedIn(survey, NOON)]).toEqual(['1']);
    expect([...asked.mutedIn(plain, NOON)]).toEqual([]);
    expect(asked.mutedBy('1', survey, NOON)?.who).toBe('ada');
    expect(asked.mutedBy('1', plain, NOON)).toBeNull();
    expect(asked.mutedBy('2', survey, NOON)).toBeNull();
    await subscriptionStore.unmute('1', 'survey', 'ada');
    expect(asked.mutedIn(survey, NOON).size).toBe(0);
    expect(asked.mutedBy('1', survey, NOON)).toBeNull();
  });

  it.each(['survey', '-survey'])('is muted by %s alike', async (text) => {
    const asked = mutes();
    await subscriptionStore.mute('1', text, 'ada');
    expect([...asked.mutedIn(survey, NOON)]).toEqual(['1']);
    expect(asked.mutedIn(plain, NOON).size).toBe(0);
    expect(asked.mutedBy('1', survey, NOON)?.text).toBe(text);
  });

  it('is named by the oldest mute that it meets; one that cannot be read any more mutes nothing', async () => {
    const asked = mutes();
    for (const text of ['"never closed', 'waves', 'survey', 'oceans'])
      await subscriptionStore.mute('1', text, 'ada');
    expect(asked.mutedBy('1', survey, NOON)?.text).toBe('survey');
    expect([...asked.mutedIn(survey, NOON)]).toEqual(['1']);
  });

  it('is not what a filter finds in previews there', async () => {
    const asked = mutes();
    const parsed = parse('ocean OR bay');
    if (!parsed.ok) throw new Error('a filter');
    expect(asked.unmuted('1', parsed.filter)).toBe(parsed.filter);
    await subscriptionStore.mute('1', 'survey', 'ada');
    await subscriptionStore.mute('1', 'review', 'ada');
    const finds = (serverId: string, one = survey) =>
      matchFilter(asked.unmuted(serverId, parsed.filter), one, NOON);
    expect([finds('1'), finds('1', plain), finds('2')]).toEqual([false, true, true]);
    expect(finds('1', paper({ title: 'Ocean review' }))).toBe(false);
  });
});
