import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { type Answer, buttonsOf, choicesOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { postsIn } from './newsstand.ts';
import { saidOf, textOf } from './stage.ts';

const DAY = 86_400_000;

const NAME = '#papers';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
});
/** The list holds `word1`, `word2` and so on, in that order. */
const hold = async (count: number): Promise<string[]> => {
  for (const { id } of harness.stored()) {
    const list = await harness.ask('subscriptions');
    await harness.click((await harness.pick(list, id)).id, 'Remove');
  }
  for (let n = 1; n <= count; n++) {
    harness.clock.leap(1000);
    await harness.subscribe({ keywords: `word${n}`, what: 'all' });
  }
  return harness.stored().map(({ id }) => id);
};
afterAll(() => harness.close());

const numbered = (message: Answer): string[] =>
  linesOf(message).flatMap((line) => /^\*\*(\d+\.)\*\* (`.*`)/.exec(line)?.slice(1).join(' ') ?? []);
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `${from + n}. \`word${from + n}\``);

/** The list, the entry that is picked in it, and the button that is pressed there. */
const press = async (id: string, label: string, list?: Answer): Promise<Answer> =>
  harness.click((await harness.pick(list ?? (await harness.ask('subscriptions')), id)).id, label);

/** Pauses one for so long, by its select. */
const pauseFor = async (id: string, value: string, list?: Answer): Promise<Answer> => {
  const asked = await press(id, 'Pause', list);
  return harness.choose(asked.id, `pause-for:${id}:0`, value);
};

describe('the list of subscriptions', () => {
  it('shows each by its channel with what is not usual of it, and the week of the channel', async () => {
    await hold(0);
    await harness.subscribe({ keywords: 'word1' });
    harness.clock.leap(1000);
    await harness.subscribe({ keywords: 'word2', what: 'all', when: 'daily', zone: 'Berlin', quiet: '22-7' });
    const list = await harness.ask('subscriptions');
    expect(list.ephemeral).toBe(true);
    expect(titleOf(list)).toBe('2 subscriptions');
    expect(linesOf(list)).toEqual([
      `### <#${harness.channel}> · no post yet`,
      '**1.** `word1`',
      '**2.** `word2` · all new, daily 09:00 Berlin, quiet 22:00 to 07:00 Berlin',
      '-# 7 days: 0 read, 0 matched, 0 posted, 0 waiting',
    ]);
    const [one, two] = harness.stored().map(({ id }) => id);
    expect(choicesOf(list, 'pick:0')).toEqual([
      { label: `1. ${NAME} · word1`, value: one },
      {
        label: `2. ${NAME} · word2`,
        value: two,
        description: 'all new, daily 09:00 Berlin, quiet 22:00 to 07:00 Berlin',
      },
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
    expect(choicesOf(second, 'pick:1')[0]).toEqual({
      label: `11. ${NAME} · word11`,
      value: ids[10],
      description: 'all new',
    });
    const third = await harness.click(second.id, 'Next');
    expect([numbered(third), buttonsOf(third)]).toEqual([
      range(21, 21),
      ['History', 'Server settings', 'Previous'],
    ]);
    expect(third.id).toBe(first.id);
    expect(numbered(await harness.click(third.id, 'Previous'))).toEqual(range(11, 20));
  });

  it('stays on the page that somebody came from, whatever they do there', async () => {
    const ids = await hold(12);
    const first = await harness.ask('subscriptions');
    const second = await harness.click(first.id, 'Next');
    const entry = await harness.pick(second, ids[10]);
    expect(numbered(await harness.click(entry.id, 'All subscriptions'))).toEqual(range(11, 12));
    const removed = await press(ids[10], 'Remove', second);
    expect(numbered(removed)).toEqual(['11. `word12`']);
    expect(numbered(await harness.click(removed.id, 'Undo'))).toEqual(range(11, 12));
  });

  it('shows its last page where the one that was asked for is gone', async () => {
    const ids = await hold(11);
    const [list, other] = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    await press(ids[0], 'Remove', other);
    const turned = await harness.click(list.id, 'Next');
    expect(titleOf(turned)).toBe('10 subscriptions');
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

describe('one that is picked', () => {
  it('stands alone with all its terms, and with what can be done about it', async () => {
    const [one] = await hold(1);
    const entry = await harness.pick(await harness.ask('subscriptions'), one);
    expect(linesOf(entry)).toEqual([
      `<#${harness.channel}> \`word1\``,
      'every new paper, as they happen, at most 10 cards a day (strict papers to 20), the rest in a digest',
    ]);
    expect(buttonsOf(entry)).toEqual(['Edit', 'Pause', 'Copy', 'History', 'Remove', 'All subscriptions']);
    const history = await harness.click(entry.id, 'History');
    expect(linesOf(history).join('\n')).toMatch(/ subscribed <#\d+> to `word1`/);
  });

  it('is opened by Edit as it is saved, beside the list', async () => {
    const [one] = await hold(1);
    const entry = await harness.pick(await harness.ask('subscriptions'), one);
    const shown = await harness.click(entry.id, 'Edit');
    expect([shown.id === entry.id, titleOf(shown)]).toEqual([false, `<#${harness.channel}>, as it is saved`]);
  });
});

describe('pausing and resuming', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = await hold(2);
  });
  const paused = () => harness.stored().map(({ paused }) => paused && inEnglish(paused.reason));
  const of = (id: string) => harness.stored().find((one) => one.id === id);

  it('concerns the one that was picked, and the list says so at once', async () => {
    const asked = await press(ids[1], 'Pause');
    expect(linesOf(asked)).toEqual([`How long is \`word2\` in <#${harness.channel}> to be paused?`]);
    expect(choicesOf(asked, `pause-for:${ids[1]}:0`).map(({ label }) => label)).toEqual([
      '1 day',
      'a week',
      '4 weeks',
      'until a day ...',
      'until it is resumed',
    ]);
    const after = await harness.choose(asked.id, `pause-for:${ids[1]}:0`, 'open');
    expect(saidOf(after)).toContain(
      `Paused. \`word2\` posts nothing in <#${harness.channel}> until it is resumed.`,
    );
    expect(linesOf(after).slice(1, 4)).toEqual([
      '**1.** `word1` · all new',
      '**2.** `word2` · all new',
      '⏸ paused by a moderator',
    ]);
    expect(choicesOf(after, 'pick:0').map(({ description }) => description)).toEqual([
      'all new',
      'paused by a moderator',
    ]);
    expect(paused()).toEqual([null, 'paused by a moderator']);
    expect(harness.history().at(-1)).toBe('paused');
    expect(buttonsOf(await harness.pick(after, ids[1]))).toContain('Resume');
  });

  it('ends with what was chosen, however often it is chosen', async () => {
    const before = of(ids[0])?.since ?? 0;
    const asked = [await press(ids[0], 'Pause'), await press(ids[0], 'Pause')];
    const select = `pause-for:${ids[0]}:0`;
    const [first, second] = [
      await harness.choose(asked[0].id, select, 'open'),
      await harness.choose(asked[1].id, select, 'open'),
    ];
    expect(linesOf(second)).toEqual(linesOf(first));
    harness.clock.leap(60_000);
    await press(ids[0], 'Resume');
    const resumed = of(ids[0])?.since;
    expect(resumed).toBeGreaterThan(before + 59_000);
    expect(paused()).toEqual([null, null]);
    expect(harness.history().slice(-2)).toEqual(['paused', 'resumed']);
  });

  it('ends by itself where an end was chosen, and is told with it', async () => {
    const list = await pauseFor(ids[0], 'day');
    const until = of(ids[0])?.paused?.until ?? 0;
    const told = `<t:${until / 1000}:f>`;
    expect(saidOf(list)).toContain(
      `posts nothing in <#${harness.channel}> until ${told}; then it goes on by`,
    );
    expect(linesOf(list)).toContain(`⏸ paused by a moderator until ${told}`);
    harness.clock.leap(DAY - 60_000);
    await harness.pipeline().deliver();
    expect(of(ids[0])?.paused).not.toBeNull();
    harness.clock.leap(2 * 60_000);
    await harness.pipeline().deliver();
    expect([of(ids[0])?.paused, of(ids[0])?.since]).toEqual([null, until]);
    expect(linesOf(await harness.ask('subscriptions')).join()).not.toContain('paused');
  });

  it('lasts to the end of a day that is written into a form; what is none is told, and asked for again', async () => {
    const at = { user: harness.moderator, channel: harness.channel };
    const asked = await press(ids[0], 'Pause');
    const customId = `pause-for:${ids[0]}:0`;
    const write = async (message: string, until: string) => {
      const life = harness.driver.choose({ ...at, message, customId, values: ['date'] });
      expect((await life.modal()).title).toBe('Pause until a day');
      return (await harness.driver.submitModal({ ...at, life, fields: { until } })).message();
    };
    const refused = await write(asked.id, 'christmas');
    expect(saidOf(refused)).toContain(
      '“christmas” is no day that I can read. Write the last day, like `2026-12-31`',
    );
    expect(of(ids[0])?.paused).toBeNull();
    const day = new Date(harness.clock.now() + 3 * DAY).toISOString().slice(0, 10);
    await write(refused.id, day);
    expect(of(ids[0])?.paused?.until).toBe(Date.parse(`${day}T00:00:00Z`) + DAY);
  });

  it('ends by itself also where Paperboy was down then, and loses nothing that came since', async () => {
    await pauseFor(ids[0], 'day');
    harness.clock.leap(DAY / 2);
    const [while_] = await harness.print({ title: 'word1 while it was paused' });
    await harness.restart(() => harness.clock.leap(DAY));
    const [after] = await harness.print({ title: 'word1 afterwards' });
    const posts = postsIn(harness, harness.channel).map(({ message }) => JSON.stringify(message));
    expect(posts.join()).toContain(after);
    expect(posts.join()).not.toContain(while_);
  });
});

describe('copying', () => {
  it('subscribes another channel just so, and is taken back by Undo', async () => {
    const [one] = await hold(1);
    const channel = harness.channelNamed('copied');
    const asked = await press(one, 'Copy');
    expect(linesOf(asked)).toEqual([
      `Where is \`word1\` of <#${harness.channel}> to be copied to? It posts there what comes from then on.`,
    ]);
    const done = await harness.choose(asked.id, `copy-to:${one}:0`, channel);
    expect(saidOf(done)).toContain(`Copied. \`word1\` posts in <#${channel}> what comes from now on.`);
    expect(harness.stored().map(({ channelId, filter }) => [channelId, filter])).toEqual([
      [harness.channel, 'word1'],
      [channel, 'word1'],
    ]);
    const again = await press(one, 'Copy');
    await harness.choose(again.id, `copy-to:${one}:0`, channel);
    expect(harness.stored()).toHaveLength(2);
    await harness.click(done.id, 'Undo');
    expect(harness.stored().map(({ channelId }) => channelId)).toEqual([harness.channel]);
  });

  it('is refused where the filter is there on other terms', async () => {
    const [one] = await hold(1);
    const channel = harness.channelNamed('other terms');
    await harness.subscribe({ keywords: 'word1', what: 'early' }, channel);
    const asked = await press(one, 'Copy');
    const refused = await harness.choose(asked.id, `copy-to:${one}:0`, channel);
    expect(saidOf(refused)).toContain(`<#${channel}> is subscribed to \`word1\` already: newly trending`);
    await hold(0);
  });
});

describe('removing', () => {
  it('removes the one that was picked; who does it second is told that it is gone, and has the same way back', async () => {
    const ids = await hold(2);
    const olds = [await harness.ask('subscriptions'), await harness.ask('subscriptions')];
    const entry = await harness.pick(olds[0], ids[0]);
    const after = await press(ids[0], 'Remove', olds[1]);
    expect(saidOf(after)).toContain(`Removed. \`word1\` posts nothing in <#${harness.channel}> any more.`);
    expect(numbered(after)).toEqual(['1. `word2`']);
    const fresh = await harness.click(entry.id, 'Remove');
    expect(saidOf(fresh)).toContain('That subscription is no longer there. This is the current list.');
    expect(buttonsOf(fresh)).toEqual(['History', 'Server settings', 'Undo']);
    expect(harness.history().at(-1)).toBe('removed');
    expect(numbered(await harness.click(fresh.id, 'Undo'))).toEqual(['1. `word1`', '2. `word2`']);
  });
});

describe('the history', () => {
  it('turns its pages, tells who did what, and leads back to the list', async () => {
    await hold(11);
    const list = await harness.ask('subscriptions');
    const history = await harness.click(list.id, 'History');
    const [newest] = linesOf(history);
    expect(newest).toMatch(
      new RegExp(
        `^\\*\\*1\\.\\*\\* <t:\\d+:f> <@${harness.moderator}> subscribed <#${harness.channel}> to \`word11\`$`,
      ),
    );
    expect(linesOf(history)).toHaveLength(10);
    expect(buttonsOf(history)).toEqual(['All subscriptions', 'Next']);
    const next = await harness.click(history.id, 'Next');
    expect(linesOf(next)[0]).toMatch(/ to `word1`$/);
    expect(buttonsOf(next).slice(0, 2)).toEqual(['All subscriptions', 'Previous']);
    expect(numbered(await harness.click(next.id, 'All subscriptions'))).toEqual(range(1, 10));
  });
});
