import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { LastKnown } from '#src/outbox/last-known.ts';
import { type Outbox, openOutbox } from '#src/outbox/outbox.ts';

const ADA = '900000000000000001';
const BOB = '900000000000000002';
const NOON = Date.UTC(2026, 2, 10, 12);

let outbox: Outbox;
beforeEach(async () => {
  outbox = await openOutbox(await openDatabase(':memory:'), NOON);
});
const deleted = (last: LastKnown) =>
  outbox.episodes.keepLast('1', toChannel('5'), 'The channel was deleted.', last, NOON);
const last = () => outbox.episodes.lastKnown(toChannel('5'));

describe('whom the settings of a deleted channel named', () => {
  it('is told to them, and forgotten: others see what they saw', async () => {
    const seers = [
      { id: ADA, manages: false },
      { id: BOB, manages: false },
    ];
    await deleted({ name: 'papers', audience: seers, named: { [ADA]: true, [BOB]: true } });
    expect(await outbox.members.of(ADA)).toEqual([
      { kind: 'channel', serverId: '1', at: NOON, stored: { wasShown: true, name: 'papers' } },
    ]);
    expect(await outbox.members.ids()).toEqual(new Set([ADA, BOB]));
    await outbox.members.forget(ADA);
    expect(await outbox.members.of(ADA)).toEqual([]);
    expect(await last()).toEqual({
      ...{ name: 'papers', audience: [{ id: 'former', manages: false }, seers[1]] },
      named: { [BOB]: true },
    });
  });

  it('and who was hidden from it does not see it by being forgotten: administrators alone do', async () => {
    await deleted({ name: 'papers', audience: 'everybody', named: { [ADA]: false, [BOB]: true } });
    expect((await outbox.members.of(ADA)).map(({ stored }) => stored)).toEqual([{ wasShown: false }]);
    await outbox.members.forget(ADA);
    expect(await last()).toEqual({ name: 'papers', audience: [], named: {} });
  });
});
