import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { type Answer, buttonsOf, choicesOf, type Harness, linesOf, openHarness } from './harness.ts';
import { textOf } from './stage.ts';

const NAME = '#papers';
const TERMS =
  'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
});
/** The list holds `word1`, `word2` and so on, in that order. */
const hold = async (count: number): Promise<string[]> => {
  for (const { id } of harness.stored()) {
    const list = await harness.ask('subscriptions');
    await harness.choose(list.id, 'unsubscribe', id);
  }
  for (let n = 1; n <= count; n++) {
    harness.clock.leap(1000);
    await harness.subscribe({ keywords: `word${n}`, what: 'all' });
  }
  return harness.stored().map(({ id }) => id);
};
afterAll(() => harness.close());

const numbered = (message: Answer): string[] =>
  linesOf(message).flatMap((line) => /^\*\*(\d+\.)\*\* <#\d+> (`.*`)$/.exec(line)?.slice(1).join(' ') ?? []);
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${from + n}. \`word${from + n}\``);

describe('the list of subscriptions', () => {
  it('shows each with its channel, filter and terms, and offers each to be paused and removed', async () => {
    const [one, two] = await hold(2);
    const list = await harness.ask('subscriptions');
    expect(list.ephemeral).toBe(true);
    expect(list.embeds[0].title).toBe('2 subscriptions');
    expect(linesOf(list)).toEqual([
      `**1.** <#${harness.channel}> \`word1\``,
      TERMS,
      `**2.** <#${harness.channel}> \`word2\``,
      TERMS,
    ]);
    for (const select of ['pause', 'unsubscribe'])
      expect(choicesOf(list, select)).toEqual([
        { label: `1. ${NAME} · word1`, value: one, description: TERMS },
        { label: `2. ${NAME} · word2`, value: two, description: TERMS },
      ]);
    expect(buttonsOf(list)).not.toContain('Next');
  });

  it('turns its pages to the end and back, with the numbers going on', async () => {
    const ids = await hold(21);
    const first = await harness.ask('subscriptions');
    expect([numbered(first), buttonsOf(first)]).toEqual([
      range(1, 10),
      ['History', 'Server settings', 'Next'],
    ]);
    const second = await harness.click(first.id, 'Next');
    expect([numbered(second), buttonsOf(second)]).toEqual([
      range(11, 20),
      ['History', 'Server settings', 'Previous', 'Next'],
    ]);
    expect(choicesOf(second, 'unsubscribe')[0]).toEqual({
      label: `11. ${NAME} · word11`,
      value: ids[10],
      description: TERMS,
    });
    const third = await harness.click(second.id, 'Next');
    expect([numbered(third), buttonsOf(third)]).toEqual([
      range(21, 21),
      ['History', 'Server settings', 'Previous'],
    ]);
    expect(third.id).toBe(first.id);
    expect(numbered(await harness.click(third.id, 'Previous'))).toEqual(range(11, 20));
  });

  it('shows its last page where the one that was asked for is gone', async () => {
    const ids = await hold(11);
    const [list, other] = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    await harness.choose(other.id, 'unsubscribe', ids[0]);
    const turned = await harness.click(list.id, 'Next');
    expect(turned.embeds[0].title).toBe('10 subscriptions');
    expect(numbered(turned)).toHaveLength(10);
    expect(buttonsOf(turned)).not.toContain('Previous');
  });

  it('says how to begin where there is none', async () => {
    await hold(0);
    const list = await harness.ask('subscriptions');
    expect(textOf(list)).toContain(
      'No channel of this server is subscribed. Begin with `/subscribe keywords:diffusion`, or `/subscribe topic:llm when:daily at:09:00`.',
    );
  });
});

describe('pausing, resuming and removing', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = await hold(2);
  });
  const paused = () => harness.stored().map(({ paused }) => paused && inEnglish(paused.reason));
  const since = (id: string) => harness.stored().find((one) => one.id === id)?.since;

  it('concerns the one that was chosen, and the list says so at once', async () => {
    const list = await harness.ask('subscriptions');
    const after = await harness.choose(list.id, 'pause', ids[1]);
    expect(linesOf(after)).toEqual([
      `**1.** <#${harness.channel}> \`word1\``,
      TERMS,
      `**2.** <#${harness.channel}> \`word2\``,
      TERMS,
      '⏸ paused: a moderator paused it',
    ]);
    expect(choicesOf(after, 'pause')).toEqual([
      { label: `1. ${NAME} · word1`, value: ids[0], description: TERMS },
      {
        label: `2. ${NAME} · word2`,
        value: `resume:${ids[1]}`,
        description: 'paused: a moderator paused it',
      },
    ]);
    expect(choicesOf(after, 'unsubscribe')[1].value).toBe(ids[1]);
    expect(paused()).toEqual([null, 'a moderator paused it']);
    expect(harness.history().at(-1)).toBe('paused');
  });

  it('ends with what was chosen, however often it is chosen', async () => {
    const before = since(ids[0]);
    const [list, old] = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    const paper = await harness.choose(list.id, 'pause', ids[0]);
    const same = await harness.choose(old.id, 'pause', ids[0]);
    expect(linesOf(same)).toEqual(linesOf(paper));
    expect(paused()).toEqual(['a moderator paused it', null]);
    harness.clock.leap(60_000);
    const [fresh, late] = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    await harness.choose(fresh.id, 'pause', `resume:${ids[0]}`);
    const resumed = since(ids[0]);
    expect(resumed).toBeGreaterThan((before ?? 0) + 59_000);
    harness.clock.leap(60_000);
    await harness.choose(late.id, 'pause', `resume:${ids[0]}`);
    expect(paused()).toEqual([null, null]);
    expect(since(ids[0])).toBe(resumed);
    expect(harness.history().slice(-2)).toEqual(['paused', 'resumed']);
  });

  it('removes the one that was chosen; who chooses it second is told that it is gone', async () => {
    const list = await harness.ask('subscriptions');
    const olds = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    const after = await harness.choose(list.id, 'unsubscribe', ids[0]);
    expect(numbered(after)).toEqual(['1. `word2`']);
    expect(harness.stored().map(({ id }) => id)).toEqual([ids[1]]);
    for (const [index, old] of olds.entries()) {
      const select = ['unsubscribe', 'pause'][index];
      const fresh = await harness.choose(old.id, select, ids[0]);
      expect(fresh.content).toBe('That subscription is no longer there. This is the current list.');
      expect([fresh.id, numbered(fresh)]).toEqual([old.id, ['1. `word2`']]);
      expect(buttonsOf(fresh)).toEqual(
        select === 'pause' ? ['History', 'Server settings'] : ['History', 'Server settings', 'Undo'],
      );
    }
    expect(harness.history().at(-1)).toBe('removed');
  });
});

describe('the history', () => {
  it('turns its pages, tells who did what, and leads back to the list', async () => {
    await hold(11);
    const list = await harness.ask('subscriptions');
    const history = await harness.click(list.id, 'History');
    const [newest] = linesOf(history);
    expect(newest).toMatch(
      new RegExp(`^<t:\\d+:f> <@${harness.moderator}> subscribed <#${harness.channel}> to \`word11\`$`),
    );
    expect(linesOf(history)).toHaveLength(10);
    expect(buttonsOf(history)).toEqual(['All subscriptions', 'Next']);
    const next = await harness.click(history.id, 'Next');
    expect(linesOf(next)[0]).toMatch(/ to `word1`$/);
    expect(buttonsOf(next).slice(0, 2)).toEqual(['All subscriptions', 'Previous']);
    expect(numbered(await harness.click(next.id, 'All subscriptions'))).toEqual(range(1, 10));
  });
});
