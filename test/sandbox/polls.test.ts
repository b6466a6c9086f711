import { Client, GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { type Caller, callerOf, faultsOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let clock: FakeClock;
let call: Caller;

beforeEach(async () => {
  clock = createFakeClock();
  place = await someServer({ clock, limits: { global: 'off', routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

const HOUR = 3_600_000;
const text = (length: number) => 'a'.repeat(length);
const answers = (...texts: string[]) => texts.map((one) => ({ poll_media: { text: one } }));
const poll = (more: object = {}) => ({
  question: { text: 'Next?' },
  answers: answers('A', 'B', 'C'),
  ...more,
});
const post = (more: object = {}) => call('POST', `/channels/${place.channel}/messages`, { poll: poll(more) });

async function posted(more: object = {}): Promise<string> {
  return String((await post(more)).body.id);
}

const seenBy = (user: string) => place.driver.read(user, place.channel)[0].poll;
const vote = (user: string, message: string, ...chosen: number[]) =>
  place.driver.vote({ user, channel: place.channel, message, answers: chosen });

describe('a poll', () => {
  test('is shown with its answers and when it ends: a day, or as it says', async () => {
    expect((await post()).body).toMatchObject({
      content: '',
      poll: {
        question: { text: 'Next?' },
        answers: [
          { answer_id: 1, poll_media: { text: 'A' } },
          { answer_id: 2, poll_media: { text: 'B' } },
          { answer_id: 3, poll_media: { text: 'C' } },
        ],
        expiry: new Date(clock.now() + 24 * HOUR).toISOString(),
        allow_multiselect: false,
        layout_type: 1,
        results: { is_finalized: false },
      },
    });
    const longest = await post({ duration: 768 });
    expect(longest.body).toMatchObject({
      poll: { expiry: new Date(clock.now() + 768 * HOUR).toISOString() },
    });
  });

  test.each([
    [
      { question: { text: text(300) } },
      { question: { text: text(301) } },
      'poll.question.text BASE_TYPE_BAD_LENGTH',
    ],
    [{ question: { text: 'a' } }, { question: {} }, 'poll.question.text BASE_TYPE_REQUIRED'],
    [{ answers: answers('a') }, { answers: [] }, 'poll.answers BASE_TYPE_BAD_LENGTH'],
    [
      { answers: answers(...Array(10).fill('a')) },
      { answers: answers(...Array(11).fill('a')) },
      'poll.answers BASE_TYPE_BAD_LENGTH',
    ],
    [
      { answers: answers(text(55)) },
      { answers: answers(text(56)) },
      'poll.answers.0.poll_media.text BASE_TYPE_BAD_LENGTH',
    ],
    [{ duration: 1 }, { duration: 0 }, 'poll.duration NUMBER_TYPE_MIN'],
    [{ duration: 768 }, { duration: 769 }, 'poll.duration NUMBER_TYPE_MAX'],
  ])('keeps to %j', async (within, beyond, refusal) => {
    expect(await post(within)).toMatchObject({ status: 200 });
    const refused = await post(beyond);
    expect(refused).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(faultsOf(refused.body.errors)).toContain(refusal);
  });

  test('takes Send Polls, and is not edited', async () => {
    const id = await posted();
    const path = `/channels/${place.channel}/messages/${id}`;
    expect(await call('PATCH', path, { content: 'a' })).toMatchObject({ body: { code: 520003 } });
    place.driver.setOverwrite(place.channel, { id: place.server, deny: ['SendPolls'] });
    expect(await post()).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  test('may be what a deferred answer becomes', async () => {
    const { driver, sandbox, alice, channel } = place;
    await call('PUT', `/applications/${sandbox.applicationId}/commands`, [{ name: 'a', description: 'd' }]);
    const life = driver.slash({ user: alice, channel, name: 'a' });
    const token = driver.tokenOf(life.id);
    await call('POST', `/interactions/${life.id}/${token}/callback`, { type: 5 });
    const path = `/webhooks/${sandbox.applicationId}/${token}/messages/@original`;
    expect(await call('PATCH', path, { poll: poll() })).toMatchObject({ status: 200 });
    expect(seenBy(alice)).toMatchObject({ question: { text: 'Next?' } });
    expect(await call('PATCH', path, { content: 'a' })).toMatchObject({ body: { code: 520003 } });
  });

  test('of somebody else is not for the bot to read or to end', async () => {
    const { driver, alice, channel } = place;
    const { id } = driver.write({ user: alice, channel, content: '', body: { poll: poll() } });
    expect((await call('GET', `/channels/${channel}/messages/${id}`)).body).not.toHaveProperty('poll');
    const expired = await call('POST', `/channels/${channel}/polls/${id}/expire`);
    expect(expired).toMatchObject({ status: 403, body: { code: 50005 } });
  });
});

describe('a vote', () => {
  test('counts once for a person, moves with them, and is marked as theirs for them alone', async () => {
    const { alice, bob } = place;
    const id = await posted();
    vote(alice, id, 1);
    vote(alice, id, 2);
    vote(bob, id, 2);
    const counts = (mine: boolean) => [
      { id: 1, count: 0, me_voted: false },
      { id: 2, count: 2, me_voted: mine },
      { id: 3, count: 0, me_voted: false },
    ];
    expect(seenBy(alice)?.results?.answer_counts).toEqual(counts(true));
    expect(place.driver.allMessages(place.channel)[0].poll?.results?.answer_counts).toEqual(counts(false));
    const voters = await call('GET', `/channels/${place.channel}/polls/${id}/answers/2`);
    expect(voters.body).toMatchObject({ users: [{ id: alice }, { id: bob }] });
    vote(alice, id);
    expect(seenBy(alice)?.results?.answer_counts[1]).toEqual({ id: 2, count: 1, me_voted: false });
  });

  test('goes to several answers where the poll takes several', async () => {
    const one = await posted();
    expect(() => vote(place.alice, one, 1, 2)).toThrow('single answer');
    const several = await posted({ allow_multiselect: true });
    vote(place.alice, several, 1, 3);
    const [, seen] = place.driver.read(place.alice, place.channel);
    expect(seen.poll?.results?.answer_counts.map(({ count }) => count)).toEqual([1, 0, 1]);
  });

  test('is taken until the poll ends, by the world’s clock or because the bot ends it', async () => {
    const { alice, channel } = place;
    const first = await posted({ duration: 1 });
    await clock.advance(HOUR - 1);
    vote(alice, first, 1);
    expect(seenBy(alice)?.results?.is_finalized).toBe(false);
    await clock.advance(1);
    expect(seenBy(alice)?.results?.is_finalized).toBe(true);
    expect(() => vote(alice, first, 2)).toThrow('over');
    const second = await posted();
    const ended = await call('POST', `/channels/${channel}/polls/${second}/expire`);
    const expiry = new Date(clock.now()).toISOString();
    expect(ended.body).toMatchObject({ poll: { expiry, results: { is_finalized: true } } });
    expect(() => vote(alice, second, 1)).toThrow('over');
  });

  test('needs a poll, one of its answers, and eyes to see it', async () => {
    const { driver, server, channel, alice } = place;
    const id = await posted();
    expect(() => vote(alice, id, 4)).toThrow('no answer 4');
    const plain = driver.write({ user: alice, channel, content: 'a' }).id;
    expect(() => vote(alice, plain, 1)).toThrow('no poll');
    const path = `/channels/${channel}/polls/${plain}/expire`;
    expect(await call('POST', path)).toMatchObject({ body: { code: 520006 } });
    driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
    expect(() => vote(alice, id, 1)).toThrow('cannot see');
  });

  test('is told to a bot that asked for votes, and to no other', async () => {
    const told = { with: [] as unknown[], without: [] as unknown[] };
    const listen = async (intents: number[], into: unknown[]) => {
      const client = new Client({ intents, rest: { api: place.sandbox.url } });
      client.on('raw', ({ t, d }: { t: string; d: { answer_id?: number } }) => {
        if (t.startsWith('MESSAGE_POLL') || t === 'CHANNEL_UPDATE') into.push([t, d.answer_id]);
      });
      await client.login(place.sandbox.token);
      return client;
    };
    const { Guilds, GuildMessagePolls } = GatewayIntentBits;
    const clients = [
      await listen([Guilds, GuildMessagePolls], told.with),
      await listen([Guilds], told.without),
    ];
    const id = await posted();
    vote(place.alice, id, 1);
    vote(place.alice, id, 2);
    place.driver.renameChannel(place.channel, 'renamed');
    await expect.poll(() => told.without).toEqual([['CHANNEL_UPDATE', undefined]]);
    await expect
      .poll(() => told.with)
      .toEqual([
        ['MESSAGE_POLL_VOTE_ADD', 1],
        ['MESSAGE_POLL_VOTE_REMOVE', 1],
        ['MESSAGE_POLL_VOTE_ADD', 2],
        ['CHANNEL_UPDATE', undefined],
      ]);
    for (const client of clients) await client.destroy();
  });
});
