import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { SecondStep } from '#src/outbox/post.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import type { KnownChannel, Servers } from '#src/pipeline/postman.ts';
import { takeStep } from '#src/pipeline/take-step.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { markdown, phrase, words as text } from '#src/wording/phrase.ts';
import { DAY, MINUTE } from '#test/archive/some-papers.ts';
import { NOON, openCounter } from './some-deliveries.ts';
import { aGateway, textChannel } from './some-servers.ts';

const refused: Receipt = { kind: 'refused', code: 'permission-missing', reason: phrase('hold.threadLocked') };
const news = textChannel('c', { type: ChannelType.GuildAnnouncement });
const staff = textChannel('staff');

type Given = { channels?: KnownChannel[]; known?: Partial<Servers>; steps?: SecondStep[]; papers?: string[] };

/** A post that has arrived, with what is to be done to it. */
async function open({ channels = [news, staff], known, steps = ['thread'], papers = ['a'] }: Given = {}) {
  const counter = await openCounter({ servers: aGateway(channels, known) });
  const { id } = await counter.packed(papers.length > 1 ? 'digest' : 'card', papers, steps);
  await counter.outbox.attempt(id, NOON);
  await counter.outbox.settle(id, { kind: 'delivered', messageId: 'm', channelId: 'c' }, NOON);
  const take = async (receipt?: Receipt) => {
    if (receipt) counter.answer.step = () => receipt;
    const [step] = await counter.outbox.steps(counter.clock.now(), 9);
    if (step) await takeStep(counter, step);
    return counter.did;
  };
  const words = async () =>
    (await counter.outbox.ready(counter.clock.now(), 9)).map(({ place, note }) => ({
      where: place.destination,
      text: inEnglish(note ?? ''),
    }));
  const left = async () => (await counter.outbox.post(id))?.steps;
  return { ...counter, id, take, words, left };
}

describe('what is done to a post that is there', () => {
  it('is a thread called like its paper, then its publication; nobody is told of what works', async () => {
    const names: unknown[] = [];
    const stage = await open({ steps: ['thread', 'publish'] });
    const openThread: typeof stage.postman.openThread = async (place, message, name) => {
      names.push(name);
      return stage.postman.openThread(place, message, name);
    };
    const [step] = await stage.outbox.steps(NOON, 9);
    await takeStep({ ...stage, postman: { ...stage.postman, openThread } }, step);
    expect(await stage.take()).toEqual(['thread m', 'publish c m']);
    expect(names).toEqual([text('Ocean a')]);
    expect([await stage.left(), await stage.words(), stage.log.lines]).toEqual([[], [], []]);
  });

  it.each<[string, Given]>([
    [
      'published in a channel that is none of announcements',
      { steps: ['publish'], channels: [textChannel('c'), staff] },
    ],
    ['opened in a channel that was deleted', { channels: [staff] }],
  ])('is not %s, and then over', async (_, given) => {
    const stage = await open(given);
    expect(await stage.take()).toEqual([]);
    expect([await stage.left(), await stage.words()]).toEqual([[], []]);
  });

  it.each<[string, Given]>([
    ['published where the channel’s kind is not known', { steps: ['publish'], channels: [] }],
    ['opened where nothing is known of the server', { channels: [] }],
    [
      'opened where Discord cannot reach the server',
      { channels: [staff], known: { presence: () => 'away' } },
    ],
  ])('is %s', async (_, given) => {
    expect(await (await open(given)).take()).toHaveLength(1);
  });
});

describe('what could not be done to a post', () => {
  it('is told to the moderators, with the channel and the reason, and tried again', async () => {
    const stage = await open();
    await stage.take(refused);
    expect(await stage.words()).toEqual([
      {
        where: 'channel:staff',
        text: expect.stringMatching(
          /^In <#c> I posted a paper, but cannot open its thread: .*locked.* I try again for a week\./,
        ),
      },
    ]);
    expect(await stage.left()).toEqual(['thread']);
  });

  it('is told to the operator, with what Discord said and what comes next', async () => {
    const stage = await open();
    await stage.take(refused);
    expect(stage.log.lines).toEqual([
      {
        level: 'info',
        message: expect.any(String),
        fields: {
          ...{ post: stage.id, step: 'thread', next: 'again' },
          receipt: { kind: 'refused', code: 'permission-missing', reason: 'the thread is locked' },
        },
      },
    ]);
  });

  it('is told once for a channel', async () => {
    const stage = await open();
    await stage.take(refused);
    await stage.clock.advance(DAY);
    await stage.take(refused);
    expect(await stage.words()).toHaveLength(1);
  });

  it('gives Discord’s own words, with nothing in them that formats', async () => {
    const stage = await open({ steps: ['publish'] });
    await stage.take({ kind: 'refused', code: 'malformed', reason: 'Too **many**' });
    const [{ note }] = await stage.outbox.ready(NOON, 9);
    expect(note).toMatchObject({ key: 'step.publish', values: { reason: markdown('Too **many**', 300) } });
  });

  it.each<[string, Receipt]>([
    ['Discord did not answer', { kind: 'unknown', reason: 'time-out' }],
    ['Discord asks to wait', { kind: 'later', at: NOON + MINUTE, reason: 'busy' }],
    [
      'Discord says that the channel is gone',
      { kind: 'refused', code: 'channel-gone', reason: 'Unknown Channel' },
    ],
  ])('is tried again without a word where %s', async (_, receipt) => {
    const stage = await open();
    await stage.take(receipt);
    expect([await stage.words(), await stage.left()]).toEqual([[], ['thread']]);
    expect(stage.log.lines).toHaveLength(1);
  });

  it('for a week is given up, and that is said', async () => {
    const stage = await open();
    await stage.clock.advance(7 * DAY + 1);
    await stage.take({ kind: 'unknown', reason: 'time-out' });
    const [{ text }] = await stage.words();
    expect(text).toContain('cannot open its thread: time-out. I tried for a week, and stop now.');
    expect(await stage.left()).toEqual([]);
  });

  it('is told later where there is no place for it now', async () => {
    const shut = { code: 'permission-missing', reason: 'x' } as const;
    const open1 = await open({ known: { obstacle: () => shut } });
    await open1.take(refused);
    expect(await open1.words()).toEqual([]);
  });
});
