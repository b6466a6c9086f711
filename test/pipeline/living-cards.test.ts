import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import type { Sighting } from '#src/paper/sighting.ts';
import { refreshCards } from '#src/pipeline/living-cards.ts';
import type { Postman } from '#src/pipeline/postman.ts';
import { aPoll, aSighting, MINUTE, MONDAY } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

const why = { filters: ['x'], news: { kind: 'new', at: MONDAY }, votes: 1, stars: 0, repository: false };

type Card = {
  channelId: string;
  figures: Partial<Sighting>;
  shown?: string;
  why?: object;
  repository?: string;
};

/** Posted cards of papers with these figures; `shown`: what was noted when they last were written. */
async function open(cards: readonly Card[]) {
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  await archive.keep(
    aPoll(
      MONDAY,
      cards.map(({ channelId, figures, repository = null }, index) =>
        aSighting(aPaper(channelId, { repository }), index + 1, figures),
      ),
    ),
  );
  const log = createKeptLog();
  const clock = createFakeClock(MONDAY + MINUTE);
  const pack = async ({ channelId, ...facts }: Card) => {
    const paper = channelId;
    const place = { serverId: 's', destination: toChannel(channelId), kind: 'message' } as const;
    await outbox.add({
      ...{
        serverId: 's',
        destination: place.destination,
        paper,
        subscriptions: ['x'],
        why: facts.why ?? why,
      },
      ...{ score: 0, mode: 'card', decidedAt: MONDAY, dueAt: MONDAY },
    });
    const post = await outbox.pack(place, 'card', [paper], MONDAY);
    if (!post) throw new Error('nothing to pack');
    return post.id;
  };
  for (const card of cards) {
    const id = await pack(card);
    await outbox.attempt(id, MONDAY);
    await outbox.settle(id, { kind: 'delivered', messageId: '1', channelId: card.channelId }, MONDAY);
    if (card.shown) await outbox.noteShown(id, card.shown);
  }
  const edited: string[] = [];
  const answer: { receipt: Receipt } = { receipt: { kind: 'delivered', channelId: 'c', messageId: '1' } };
  const edit = async (channelId: string) => {
    edited.push(channelId);
    return answer.receipt;
  };
  const refresh = (hours = 24) =>
    refreshCards(
      {
        ...{ outbox, archive, clock, log, postman: { edit } as unknown as Postman },
        servers: { channel: (id) => (id === 'odd' ? broken() : null) },
      },
      hours,
    );
  const vote = (votes: number) =>
    archive.keep(
      aPoll(
        clock.now(),
        cards.map(({ channelId }, n) => aSighting(aPaper(channelId), n + 1, { votes })),
      ),
    );
  return { outbox, clock, log, edited, answer, refresh, pack, vote };
}

/** In which channels cards are written anew. */
async function editedCards(cards: readonly Card[]) {
  const { refresh, edited } = await open(cards);
  expect(await refresh()).toBe(edited.length);
  return edited;
}

it('a card that cannot be written anew keeps no other from it, and the operator is told which', async () => {
  const { refresh, edited, log } = await open([
    { channelId: 'odd', figures: { votes: 90 } },
    { channelId: 'good', figures: { votes: 80 } },
  ]);
  expect(await refresh()).toBe(1);
  expect(edited).toEqual(['good']);
  expect(log.lines).toMatchObject([{ level: 'error', fields: { post: 1, err: { name: 'Error' } } }]);
});

it('a card that a moderator deleted is not written anew', async () => {
  const { refresh, edited, outbox, log } = await open([
    { channelId: 'gone', figures: { votes: 90 } },
    { channelId: 'there', figures: { votes: 80 } },
  ]);
  const [gone] = await outbox.living(0, 1);
  expect(await outbox.noteDeleted(gone.id, MONDAY)).toBe(true);
  expect(await outbox.noteDeleted(gone.id, MONDAY)).toBe(false);
  await refresh();
  expect([edited, log.lines]).toEqual([['there'], []]);
  expect((await outbox.post(gone.id))?.state).toBe('sent');
});

it('a figure that was not noted when the card was last written counts as none', async () => {
  const shown = JSON.stringify({ votes: 1, repository: false });
  const edited = await editedCards([
    { channelId: 'many', figures: { votes: 1, stars: 60 }, shown },
    { channelId: 'few', figures: { votes: 1, stars: 40 }, shown },
  ]);
  expect(edited).toEqual(['many']);
});

describe('a card is written anew', () => {
  const noted = (figures: object) => JSON.stringify({ votes: 0, stars: 0, repository: false, ...figures });

  it.each<[string, object, Partial<Sighting>, boolean]>([
    ['for five votes more', { votes: 1 }, { votes: 6 }, true],
    ['not for four', { votes: 1 }, { votes: 5 }, false],
    ['for a quarter more votes', { votes: 40 }, { votes: 50 }, true],
    ['not for less than a quarter', { votes: 40 }, { votes: 49 }, false],
    ['not for fewer votes', { votes: 40 }, { votes: 1 }, false],
    ['for fifty stars more', { stars: 1 }, { stars: 51 }, true],
    ['not for forty-nine', { stars: 1 }, { stars: 50 }, false],
  ])('%s', async (_, shown, figures, isEdited) => {
    expect(await editedCards([{ channelId: 'c', figures, shown: noted(shown) }])).toEqual(
      isEdited ? ['c'] : [],
    );
  });

  it('for code that was not there before, and for no code that is gone', async () => {
    const repository = 'https://github.com/a/b';
    const figures = {};
    const edited = await editedCards([
      { channelId: 'new', figures, shown: noted({}), repository },
      { channelId: 'known', figures, shown: noted({ repository: true }), repository },
      { channelId: 'gone', figures, shown: noted({ repository: true }) },
      { channelId: 'not noted', figures, shown: '{}', repository },
    ]);
    expect(edited).toEqual(['new', 'not noted']);
  });

  it('by what was decided from, where it was never written anew', async () => {
    const edited = await editedCards([
      { channelId: 'more', figures: { votes: 6 } },
      { channelId: 'same', figures: { votes: 5 } },
    ]);
    expect(edited).toEqual(['more']);
  });

  it('not where its reason cannot be read: it would lose it', async () => {
    expect(await editedCards([{ channelId: 'c', figures: { votes: 90 }, why: { filters: 3 } }])).toEqual([]);
  });

  it('for so many hours after it was posted', async () => {
    const { refresh, edited, clock } = await open([{ channelId: 'c', figures: { votes: 90 } }]);
    clock.jump(MONDAY + 2 * 60 * MINUTE + 1);
    expect([await refresh(2), edited]).toEqual([0, []]);
    clock.jump(MONDAY + 2 * 60 * MINUTE - 1);
    expect([await refresh(2), edited]).toEqual([1, ['c']]);
  });

  it('once for the same figures, also where Discord refuses; again where it could not be reached', async () => {
    const { refresh, edited, answer } = await open([{ channelId: 'c', figures: { votes: 90 } }]);
    answer.receipt = { kind: 'unknown', reason: 'time-out' };
    expect(await refresh()).toBe(0);
    answer.receipt = { kind: 'refused', code: 'message-gone', reason: 'Unknown Message' };
    expect(await refresh()).toBe(0);
    answer.receipt = { kind: 'delivered', channelId: 'c', messageId: '1' };
    expect(await refresh()).toBe(0);
    expect(edited).toHaveLength(2);
  });

  it('again for what has grown since it was written last', async () => {
    const { refresh, vote } = await open([{ channelId: 'c', figures: { votes: 90 } }]);
    const times = [await refresh(), await refresh()];
    await vote(111);
    times.push(await refresh());
    await vote(113);
    expect([...times, await refresh()]).toEqual([1, 0, 0, 1]);
  });

  it('never while anything waits to be posted', async () => {
    const { refresh, edited, pack } = await open([{ channelId: 'c', figures: { votes: 90 } }]);
    await pack({ channelId: 'waits', figures: {} });
    expect([await refresh(), edited]).toEqual([0, []]);
  });

  it('thirty in a run, and those behind them in the next, however many have nothing to show', async () => {
    const cards = Array.from({ length: 110 }, (_, n) => ({
      ...{ channelId: `c${n}`, figures: { votes: 90 } },
      ...(n < 60 ? { shown: noted({ votes: 90 }) } : {}),
    }));
    const { refresh } = await open(cards);
    expect([await refresh(), await refresh(), await refresh()]).toEqual([30, 20, 0]);
  });
});

function broken(): never {
  throw new Error('a mistake of ours');
}
