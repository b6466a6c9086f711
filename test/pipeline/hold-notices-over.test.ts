import { beforeEach, describe, expect, it } from 'vitest';
import type { Receipt } from '#src/outbox/receipt.ts';
import { DAY, MONDAY } from '#test/archive/some-papers.ts';
import { aPlace, HOUR, packPaper } from '#test/outbox/some-posts.ts';
import { all, openNotices, UNTAGGED } from './some-hold-notices.ts';
import { aGateway, textChannel } from './some-servers.ts';

let room: Awaited<ReturnType<typeof openNotices>>;
beforeEach(async () => {
  room = await openNotices();
});

describe('when it is over', () => {
  const told = async (...channels: string[]) => {
    for (const channel of channels) await room.note(channel);
    await room.notices.tell();
    const id = await room.send();
    room.known.now += HOUR;
    return id;
  };

  it('the very notice says so, once', async () => {
    await told('c');
    await room.recover('c');
    await room.notices.goOn('channel:c');
    await room.notices.goOn();
    expect(room.edits).toEqual([
      `staff m I could not post in <#c>: the thread is locked. It works again since <t:${(MONDAY + HOUR) / 1000}:f>.`,
    ]);
    expect(await room.pending()).toEqual([]);
  });

  it('it says that what was held is posted where something was', async () => {
    await told('c');
    await room.recover('c');
    const place = aPlace('channel:c');
    await packPaper(room.outbox, 'one', { place: { ...place, serverId: 's' }, at: room.known.now });
    await room.send();
    await room.notices.goOn();
    expect(room.edits).toEqual([expect.stringMatching(/ again since <t:\d+:f>; what was held is posted\.$/)]);
  });

  it('of some of its channels it says nothing until all of them work, and then since when', async () => {
    await told('c', 'd');
    await room.recover('c');
    room.known.now += HOUR;
    await room.notices.goOn();
    expect(room.edits).toEqual([]);
    await room.recover('d');
    await room.notices.goOn();
    expect(room.edits).toEqual([
      expect.stringContaining(`They work again since <t:${(MONDAY + 2 * HOUR) / 1000}:f>`),
    ]);
  });

  it('of a channel that is in trouble anew it says nothing', async () => {
    await told('c', 'd');
    await room.recover('c');
    await room.recover('d');
    await room.note('d', UNTAGGED);
    await room.notices.goOn('channel:c');
    expect(room.edits).toEqual([
      expect.stringContaining('I could not post in <#c>: the thread is locked. It works'),
    ]);
  });

  it('it is said later where Discord cannot be reached, and never where it refuses', async () => {
    await told('c');
    await room.recover('c');
    for (const receipt of [
      { kind: 'unknown', reason: 'time-out' },
      { kind: 'later', at: 0, reason: 'busy' },
      { kind: 'refused', code: 'message-gone', reason: 'Unknown Message' },
    ] as const) {
      expect(await room.pending()).toHaveLength(1);
      room.setEditing(receipt);
      await room.notices.goOn();
    }
    expect([room.edits.length, await room.pending()]).toEqual([3, []]);
    await room.notices.goOn();
    expect(room.edits).toHaveLength(3);
  });

  it('it is written once, though two ask at the same time', async () => {
    await told('c');
    await room.recover('c');
    await Promise.all([room.notices.goOn('channel:c'), room.notices.goOn()]);
    expect(room.edits).toHaveLength(1);
  });

  it('nothing is said where nobody had been told', async () => {
    await room.note('c');
    await room.recover('c');
    await room.notices.goOn();
    expect([room.edits, await room.words(), await room.pending()]).toEqual([[], [], []]);
  });

  it('nothing is written while the notice is still on its way', async () => {
    await room.note('c');
    await room.notices.tell();
    await room.recover('c');
    await room.notices.goOn();
    expect([room.edits, await room.pending()]).toEqual([[], [1]]);
    await room.send();
    await room.notices.goOn();
    expect(room.edits).toHaveLength(1);
  });
});

describe('a notice that Discord refused', () => {
  const no: Receipt = { kind: 'refused', code: 'permission-missing', reason: 'Missing Permissions' };
  const refused = async (receipt = no) => {
    await room.note('c');
    await room.notices.tell();
    await room.send(receipt);
    await room.notices.goOn();
  };

  it('is written again an hour later, where the gateway sees nothing that hinders', async () => {
    await refused();
    room.known.now += HOUR - 1;
    await room.notices.goOn();
    expect(await room.words()).toEqual([]);
    room.known.now += 1;
    await room.notices.goOn();
    expect(await room.words()).toHaveLength(1);
  });

  it('is written elsewhere at once where the gateway knows why', async () => {
    await room.note('c');
    await room.notices.tell();
    await room.send(no);
    room.known.servers = aGateway([...all, textChannel('mods')], {
      obstacle: ({ destination }, carries) =>
        destination === 'channel:staff' && carries === 'words'
          ? { code: 'permission-missing', reason: 'x' }
          : null,
    });
    await room.notices.goOn();
    await room.notices.goOn();
    expect(await room.words()).toEqual([expect.stringMatching(/^channel:mods I cannot post in <#c>/)]);
  });

  it('is not written any more once the trouble is over', async () => {
    await refused();
    await room.recover('c');
    room.known.now += DAY;
    await room.notices.goOn();
    expect([await room.words(), room.edits, await room.pending()]).toEqual([[], [], []]);
  });

  it('and is not kept any more is not written again', async () => {
    await room.note('c');
    await room.notices.tell();
    await room.db.run('DELETE FROM post');
    await room.notices.goOn();
    expect([await room.words(), await room.pending()]).toEqual([[], []]);
  });

  it('though it may have arrived is not written a second time', async () => {
    await room.note('c');
    await room.notices.tell();
    const [post] = await room.outbox.ready(MONDAY, 9);
    await room.send({ kind: 'unknown', reason: 'time-out' });
    await room.outbox.settleReadBack(
      post.id,
      { kind: 'refused', asked: true, code: 'permission-missing', reason: 'x' },
      MONDAY,
    );
    expect(await room.outbox.post(post.id)).toMatchObject({ state: 'refused' });
    await room.notices.goOn();
    expect(await room.pending()).toEqual([]);
  });
});
