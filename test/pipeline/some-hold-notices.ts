import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import type { ChannelHold } from '#src/outbox/post-states.ts';
import type { Receipt } from '#src/outbox/receipt.ts';
import { createHoldNotices } from '#src/pipeline/hold-notices.ts';
import type { Servers } from '#src/pipeline/postman.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { MONDAY } from '#test/archive/some-papers.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';
import { aGateway, textChannel } from './some-servers.ts';

export const LOCKED: ChannelHold = { code: 'thread-locked', reason: phrase('hold.threadLocked') };
export const UNTAGGED: ChannelHold = { code: 'tag-required', reason: 'A tag is required' };
export const GONE: ChannelHold = { code: 'channel-gone', reason: phrase('hold.deleted') };
export const all = ['c', 'd', 'e', 'staff'].map((id) => textChannel(id));

/** A room of moderators in which notices of held channels are written, at midnight. */
export async function openNotices() {
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  const outbox = await openOutbox(db, MONDAY);
  const cursors = openCursors(db);
  const edits: string[] = [];
  const known = { servers: aGateway(all), now: MONDAY, isUnseen: false, triggered: 0 };
  let editing: Receipt = { kind: 'delivered', messageId: 'm', channelId: 'staff' };
  const notices = createHoldNotices({
    ...{ db, outbox, cursors },
    servers: new Proxy({} as Servers, { get: (_, name: keyof Servers) => known.servers[name] }),
    postman: {
      edit: async (channel, message, letter) => {
        edits.push(`${channel} ${message} ${letter.kind === 'notice' ? inEnglish(letter.text) : ''}`);
        return editing;
      },
    },
    isUnseen: () => known.isUnseen,
    clock: plainClock({ now: () => known.now, elapsed: () => 0 }),
    trigger: () => known.triggered++,
  });
  const note = async (channelId: string, hold = LOCKED, serverId = 's', more: object = {}) => {
    const destination = toChannel(channelId);
    await outbox.hold({ serverId, destination }, hold, known.now);
    const held = await outbox.holdOf(destination);
    return notices.note(async () => held && { held: { ...held, ...hold }, isGone: false, ...more });
  };
  const words = async () =>
    (await outbox.ready(known.now, 9)).map(
      ({ place, note }) => `${place.destination} ${inEnglish(note ?? '')}`,
    );
  /** The notice that waits goes, with that outcome. */
  const send = async (receipt: Receipt = { kind: 'delivered', messageId: 'm', channelId: 'staff' }) => {
    const [post] = await outbox.ready(known.now, 9);
    await outbox.attempt(post.id, known.now);
    await outbox.settle(post.id, receipt, known.now);
    return post.id;
  };
  /** Papers arrive there again. */
  const recover = async (channelId: string) => {
    await outbox.release(toChannel(channelId), known.now);
    await outbox.episodes.end(toChannel(channelId), known.now);
  };
  const pending = async () =>
    (await db.all<{ id: number }>('SELECT id FROM episode WHERE pending = 1')).map(({ id }) => id);
  return {
    ...{ db, outbox, cursors, notices, known, edits, note, words, send, recover, pending },
    setEditing: (receipt: Receipt) => {
      editing = receipt;
    },
  };
}
