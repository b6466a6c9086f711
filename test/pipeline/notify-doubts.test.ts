import { beforeEach, describe, expect, it } from 'vitest';
import { toChannel } from '#src/outbox/destination.ts';
import type { ChannelHold } from '#src/outbox/post-states.ts';
import { forgetGone, notifyDoubts } from '#src/pipeline/notify-doubts.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { NOON, openCounter } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';

type Counter = Awaited<ReturnType<typeof openCounter>>;

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});

/** A post at noon of which nobody knows whether it was sent. */
async function doubt(papers: string[]) {
  const { id } = await counter.packed(papers.length > 1 ? 'digest' : 'card', papers);
  await counter.outbox.attempt(id, NOON, { from: NOON - 1000, until: NOON });
  await counter.outbox.settle(id, { kind: 'unknown', reason: 'time-out' }, NOON);
  const post = await counter.outbox.post(id);
  if (!post) throw new Error('it is gone');
  return post;
}
const words = async () =>
  (await counter.outbox.ready(counter.clock.now(), 99)).filter(({ kind }) => kind === 'notice');

describe('a post that has been in doubt for a day', () => {
  it('is told to the moderators, with its titles, a link to about then, and what they may choose', async () => {
    const post = await doubt(['a', 'gone']);
    await counter.clock.advance(DAY);
    await notifyDoubts(counter);
    expect(await words()).toEqual([]);
    await counter.clock.advance(1);
    await notifyDoubts(counter);
    const [word] = await words();
    expect(word).toMatchObject({ about: post.nonce, place: { destination: 'channel:staff' } });
    const text = inEnglish(word.note ?? '');
    expect(text).toContain(`reached <#c> (tried <t:${NOON / 1000}:R>)`);
    expect(text.split('\n')).toEqual(expect.arrayContaining(['- Ocean a', '- arXiv:gone']));
    const near = BigInt(NOON - 1000 - Date.UTC(2015, 0, 1)) << 22n;
    expect(text).toContain(`https://discord.com/channels/s/c/${near}`);
  });

  it.each([
    ['when it was tried first, where nothing more is known', NOON, NOON],
    ['no earlier than Discord is', 0, Date.UTC(2015, 0, 1)],
  ])('leads to %s', async (_, tried, expected) => {
    const post = await doubt(['a']);
    await counter.db.run(
      'UPDATE post SET seek_from = NULL, seek_until = NULL, doubt_since = ? WHERE id = ?',
      ...[tried, post.id],
    );
    await counter.clock.advance(2 * DAY);
    await notifyDoubts(counter);
    const near = BigInt(expected - Date.UTC(2015, 0, 1)) << 22n;
    expect(inEnglish((await words())[0].note ?? '')).toMatch(new RegExp(`/s/c/${near}$`, 'm'));
  });

  it('is told once', async () => {
    await doubt(['a']);
    await counter.clock.advance(2 * DAY);
    await notifyDoubts(counter);
    await counter.clock.advance(2 * DAY);
    await notifyDoubts(counter);
    expect(await words()).toHaveLength(1);
  });

  it('in a channel that some who read it do not see is told without titles or a link', async () => {
    const audience = (id: string) => (id === 'c' ? [] : ('everybody' as const));
    counter = await openCounter({ servers: aGateway(undefined, { audience }) });
    await doubt(['a']);
    await counter.clock.advance(2 * DAY);
    await notifyDoubts(counter);
    const text = inEnglish((await words())[0].note ?? '');
    expect(text).toContain('whether 1 paper reached a channel that not everybody here can see');
    expect(text).not.toMatch(/Ocean|discord\.com|<#c>/);
  });

  it('is told later where there is no place for it now', async () => {
    const shut = { code: 'permission-missing', reason: 'x' } as const;
    const known = aGateway(undefined, { obstacle: () => shut });
    await doubt(['a']);
    await counter.clock.advance(2 * DAY);
    await notifyDoubts({ ...counter, servers: known });
    expect(await words()).toEqual([]);
    await notifyDoubts(counter);
    expect(await words()).toHaveLength(1);
  });

  it('is not asked about where it was settled meanwhile', async () => {
    const post = await doubt(['a']);
    await counter.clock.advance(2 * DAY);
    const paper: typeof counter.archive.paper = async (id) => {
      await counter.outbox.settleReadBack(post.id, { kind: 'found', messageId: 'm', channelId: 'c' }, NOON);
      return counter.archive.paper(id);
    };
    await notifyDoubts({ ...counter, archive: { ...counter.archive, paper } });
    expect(await words()).toEqual([]);
  });

  it('is told of though very many are', async () => {
    for (let n = 0; n < 51; n++) await doubt([`p${n}`]);
    await counter.clock.advance(2 * DAY);
    await notifyDoubts(counter);
    expect(await counter.db.all("SELECT 1 FROM post WHERE kind = 'notice'")).toHaveLength(51);
  });
});

describe('what is owed to a channel that is gone', () => {
  const GONE: ChannelHold = { code: 'channel-gone', reason: 'Unknown Channel' };
  const LEFT: ChannelHold = { code: 'server-left', reason: 'left' };
  const place = { serverId: 's', destination: toChannel('c') };
  const elsewhere = aGateway([textChannel('staff')]);
  const held = async (hold: ChannelHold, at: number) => {
    await counter.queue('a');
    await counter.outbox.hold(place, hold, at);
  };
  const states = async (servers = elsewhere, leftDays = 30) => {
    await forgetGone({ ...counter, servers }, leftDays);
    return counter.states();
  };

  it('ends after a day', async () => {
    await held(GONE, NOON - DAY);
    expect(await states()).toEqual(['a held']);
    await counter.clock.advance(1);
    expect(await states()).toEqual(['a refused']);
  });

  it('ends where the server was left, only when it is forgotten', async () => {
    await held(LEFT, NOON - 30 * DAY);
    expect(await states()).toEqual(['a held']);
    await counter.clock.advance(1);
    expect(await states()).toEqual(['a refused']);
  });

  it('stays where the channel is back, or refuses for another reason by now', async () => {
    await held(GONE, MONDAY - 9 * DAY);
    expect(await states(aGateway())).toEqual(['a held']);
    const changing = { ...counter.outbox, holdOf: async () => ({ code: 'permission-missing' }) } as never;
    await forgetGone({ ...counter, outbox: changing, servers: elsewhere }, 30);
    expect(await counter.states()).toEqual(['a held']);
    const released = { ...counter.outbox, holdOf: async () => null } as never;
    await forgetGone({ ...counter, outbox: released, servers: elsewhere }, 30);
    expect(await counter.states()).toEqual(['a held']);
  });
});
