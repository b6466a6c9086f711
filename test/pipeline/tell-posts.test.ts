import { describe, expect, it } from 'vitest';
import type { Due } from '#src/outbox/due-entries.ts';
import { createAskAgain } from '#src/pipeline/ask-again.ts';
import { packDue } from '#src/pipeline/pack-due.ts';
import { send } from '#src/pipeline/send-post.ts';
import { phrase } from '#src/wording/phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { HOUR } from '#test/outbox/some-posts.ts';
import { inC, NOON, openCounter } from './some-deliveries.ts';

type Counter = Awaited<ReturnType<typeof openCounter>>;
const go = { mayGo: () => true };
const timeOf = (at: number) => `<t:${at / 1000}:t>`;

/** Packs what is due in channel `c`. */
async function pack({ outbox, clock, rooms }: Counter): Promise<void> {
  const [due] = await outbox.due(clock.now(), 9);
  await packDue(rooms, due as Due);
}

describe('a post that arrived', () => {
  it.each([
    ['card', ['a'], 'posted: Posted in <#c>: “Ocean a”.'],
    ['digest', ['a', 'b'], 'posted: Posted a digest of 2 papers in <#c>.'],
    ['catch-up', ['a', 'b'], 'posted: Posted what <#c> missed: 2 papers.'],
  ] as const)('as a %s is told, with the message that it is', async (kind, papers, told) => {
    const counter = await openCounter();
    await send(counter, (await counter.packed(kind, papers)).id, go);
    expect(counter.happenings.told()).toEqual([told]);
    expect(counter.happenings.kept[0].link).toEqual({ channelId: 'c', messageId: 'm' });
  });

  it('as words to moderators is told as that', async () => {
    const counter = await openCounter();
    const { place } = await counter.packed('card', ['a']);
    const notice = await counter.outbox.packNotice(place, 'key', phrase('hold.deleted'), NOON);
    await send(counter, notice?.id ?? 0, go);
    expect(counter.happenings.told()).toEqual(['posted: Wrote to the moderators in <#c>.']);
  });

  it('of a paper that is known no more is told by its id', async () => {
    const counter = await openCounter();
    await send(counter, (await counter.packed('card', ['2603.00001'])).id, go);
    expect(counter.happenings.told()).toEqual(['posted: Posted in <#c>: “2603.00001”.']);
  });

  it('is told only then', async () => {
    const counter = await openCounter();
    counter.answer.post = () => ({ kind: 'later', at: NOON + HOUR, reason: phrase('discord.limits') });
    await send(counter, (await counter.packed('card', ['a'])).id, go);
    expect(counter.happenings.kept).toEqual([]);
  });
});

describe('what was due and waits once more', () => {
  it('is told with the end of the quiet hours that it waits for', async () => {
    const quiet = { from: '11:30', to: '13:00', zone: 'UTC' };
    const counter = await openCounter({ subscriptions: [inC('s1', { quiet })] });
    await counter.queue('a');
    await pack(counter);
    expect(counter.happenings.told()).toEqual([
      `waits: “Ocean a” waits until ${timeOf(NOON + HOUR)}: <#c> has quiet hours.`,
    ]);
  });

  it('is told where the channel had its cards for today', async () => {
    const counter = await openCounter({ subscriptions: [inC('s1', { cap: 1 })] });
    await counter.queue('a');
    await counter.run();
    await counter.queue('b');
    await pack(counter);
    expect(counter.happenings.told().slice(1)).toEqual([
      `waits: “Ocean b” waits until ${timeOf(MONDAY + DAY + 9 * HOUR)}: <#c> had all its cards for today.`,
    ]);
  });

  it('is not told where it waits through a fault of ours, or goes', async () => {
    const counter = await openCounter();
    await counter.queue('a');
    const stillWanted = {
      ...counter.stillWanted,
      wanting: async () => {
        throw new Error('odd');
      },
    };
    const askAgain = createAskAgain({ ...counter, stillWanted });
    const [due] = await counter.outbox.due(NOON, 9);
    await packDue({ ...counter.rooms, askAgain }, due);
    await counter.queue('b');
    await pack(counter);
    expect(await counter.states()).toEqual(['a waiting', 'b packed']);
    expect(counter.happenings.kept).toEqual([]);
  });

  it('is told to be dropped where nobody wants it any more', async () => {
    const counter = await openCounter({ subscriptions: [] });
    await counter.queue('a');
    await pack(counter);
    expect(counter.happenings.told()).toEqual(['wanted: No subscription of <#c> wants “Ocean a” any more.']);
  });
});
