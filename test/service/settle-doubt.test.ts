import { describe, expect, it } from 'vitest';
import { doubt } from '#commands/doubt.ts';
import { systemClock } from '#src/foundation/clock.ts';
import type { Rights } from '#src/service/rights.ts';
import { createSettleDoubt } from '#src/service/settle-doubt.ts';
import { allRights } from '#test/fakes/all-rights.ts';
import { anEntry, anOutbox, aPlace, NOON } from '#test/outbox/some-posts.ts';

const { outbox } = await anOutbox();
/** A post of which nobody knows whether it arrived. */
const inDoubt = async (paper: string) => {
  await outbox.add(anEntry(paper));
  const packed = await outbox.pack(aPlace(), 'card', [paper], NOON);
  await outbox.attempt(packed?.id ?? 0, NOON);
  await outbox.settle(packed?.id ?? 0, { kind: 'unknown', reason: 'time-out' }, NOON);
  return packed;
};
const post = await inDoubt('a');
const services = createSettleDoubt({ outbox, clock: systemClock, firstToGo: async () => 'now' });
const nobodysRights: Rights = {
  through: async () => null,
  managesServer: () => false,
  administers: () => false,
  mentionsAll: () => false,
  sees: async () => true,
};
const press = (serverId: string | null, rights = allRights, nonce = post?.nonce, choice = 'again') => {
  const arg = (index: number) => [nonce, choice][index];
  return doubt.answer({ arg, serverId, rights, userId: 'u1', now: NOON } as never, services as never);
};

describe('the button “Send again” under a post in doubt', () => {
  it('does nothing for a moderator of another server, nor in a direct message, nor for a post nobody knows', async () => {
    await expect(press('s2')).rejects.toThrow('I no longer know anything about this message');
    await expect(press(null)).rejects.toThrow('This works in a server only');
    await expect(press('s1', allRights, 'x')).rejects.toThrow('I no longer know anything about this message');
    await expect(press('s1', nobodysRights)).rejects.toThrow(
      'Only members with the Manage Channels permission',
    );
    expect((await outbox.backlog()).unknown).toBe(1);
  });

  it('sends it again for a moderator of its own; of two who press at the same moment one hears that it is on its way', async () => {
    const both = await Promise.all([press('s1'), press('s1')]);
    expect(both[0]).toEqual({ content: 'It is sent to <#c1> again now.' });
    expect(both[1]).toEqual({ content: 'It is on its way to <#c1> already; nothing was changed.' });
    expect(await outbox.backlog()).toMatchObject({ unknown: 0, packed: 1 });
  });
});

describe('the button “Leave it” under a post in doubt', () => {
  it('sends nothing, also when somebody presses “Send again” after it', async () => {
    const left = await inDoubt('b');
    expect(await press('s1', allRights, left?.nonce, 'leave')).toEqual({
      content: 'Left as it is: I do not send it to <#c1> again.',
    });
    expect(await press('s1', allRights, left?.nonce)).toEqual({
      content: 'This was settled already: it is not sent to <#c1> any more. Nothing was changed.',
    });
    expect(await outbox.backlog()).toMatchObject({ unknown: 0, packed: 1 });
  });
});
