import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { interactionShape } from '#src/gateway/answers/interaction.ts';
import { createRights } from '#src/gateway/answers/rights.ts';
import { couldSee } from '#src/gateway/connection/audience.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const [VIEW, SEND, MANAGE, ADMINISTRATOR, SEND_IN_THREADS] = [10n, 11n, 4n, 3n, 38n].map((bit) => 1n << bit);

/** Nothing is known but what comes with the interaction. */
const rightsOf = createRights({
  applicationId: '1',
  servers: { channel: () => null, permissionsOf: () => null, basePermissionsOf: () => 0n },
  commandSettings: { of: async () => null, idOf: () => null },
  lastKnown: async () => null,
});

const asked = (held: bigint, more: object = {}, memberMore: object = {}) =>
  rightsOf(
    interactionShape.parse({
      ...{ id: '5', application_id: '1', token: 't', type: 3, guild_id: '9', channel_id: '7' },
      channel: { id: '7', type: ChannelType.GuildText },
      member: { user: { id: '3' }, permissions: String(held), ...memberMore },
      ...more,
    }),
    NOW,
  );
const until = (instant: string) => ({ communication_disabled_until: instant });

describe('what Discord tells with an interaction', () => {
  it('is enough where it was asked, and for channels that it is about', async () => {
    const data = {
      resolved: { channels: { 8: { id: '8', type: ChannelType.GuildText, permissions: String(VIEW) } } },
    };
    const rights = asked(VIEW | SEND | MANAGE, { data });
    const authority = await rights.through('subscriptions');
    expect(await Promise.all(['7', '8', '10'].map(async (id) => await authority?.lacks(id)))).toEqual([
      null,
      'sendMessages',
      'viewChannel',
    ]);
    expect(await Promise.all(['7', '8', '10'].map(rights.sees))).toEqual([true, true, false]);
  });

  it('holds for the channel of a thread too', async () => {
    const thread = {
      channel_id: '71',
      channel: { id: '71', type: ChannelType.PublicThread, parent_id: '7' },
    };
    const authority = await asked(VIEW | SEND | MANAGE | SEND_IN_THREADS, thread).through('subscriptions');
    expect(await authority?.lacks('7')).toBeNull();
  });

  it('does not hold while somebody is timed out, but for administrators', async () => {
    const [past, future] = [until('2026-03-10T11:00:00Z'), until('2026-03-10T13:00:00Z')];
    const through = (held: bigint, more: object) => asked(held, {}, more).through('subscriptions');
    expect(await through(VIEW | SEND | MANAGE, future)).toBeNull();
    expect(await through(VIEW | SEND | MANAGE, past)).not.toBeNull();
    expect(await (await through(ADMINISTRATOR, future))?.lacks('7')).toBeNull();
    expect(await asked(VIEW, {}, future).sees('7')).toBe(true);
  });

  it('gives nothing in direct messages', async () => {
    const inDm = { guild_id: undefined, member: undefined, user: { id: '3' } };
    expect(await asked(0n, inDm).through('subscriptions')).toBeNull();
    expect(await asked(0n, inDm).sees('7')).toBe(false);
  });
});

describe('who could see a channel that is no more', () => {
  const bea = { userId: '3', roleIds: ['r1', 'r2'] };
  const seer = (id: string) => ({ id, manages: false });
  it.each([
    [{ audience: 'everybody' }, true],
    [{ audience: [] }, false],
    [{ audience: [seer('r2')] }, true],
    [{ audience: [seer('3')] }, true],
    [{ audience: [seer('r9')] }, false],
    [{ audience: 'everybody', named: { r1: false } }, false],
    [{ audience: 'everybody', named: { r1: false, r2: true } }, true],
    [{ audience: 'everybody', named: { r2: true, 3: false } }, false],
    [{ audience: [seer('r1')], named: { r2: false } }, false],
    [{ audience: [seer('3')], named: { r1: false, 3: true } }, true],
  ] as const)('%j: %s', (last, could) => {
    expect(couldSee({ name: 'gone', ...last }, bea)).toBe(could);
  });
});
