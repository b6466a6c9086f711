import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGatewayServers, type GatewayServers } from '#src/gateway/connection/servers.ts';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import { permissionsOf } from '#src/sandbox/permissions/permissions.ts';
import { createRandom } from '#test/bench/filter-generator.ts';
import { connect, someServer } from '#test/sandbox/some-server.ts';

const NAMES: readonly PermissionName[] = [
  ...['ViewChannel', 'SendMessages', 'ManageChannels', 'ReadMessageHistory', 'SendMessagesInThreads'],
] as never;
const ASKED = NAMES.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);

describe('what a member may in a channel', () => {
  let servers: GatewayServers;
  let scene: Awaited<ReturnType<typeof someServer>>;
  let close: () => Promise<unknown>;
  const people: string[] = [];
  const places: string[] = [];

  beforeAll(async () => {
    scene = await someServer();
    const { driver, server } = scene;
    const random = createRandom(7);
    const some = (): PermissionName[] => NAMES.filter(() => random() < 0.4);
    const roles = Array.from(
      { length: 5 },
      (_, n) => driver.createRole(server, { name: `role ${n}`, permissions: some() }).id,
    );
    roles.push(driver.createRole(server, { name: 'admin', permissions: ['Administrator'] }).id);
    driver.setRolePermissions(server, server, ['ViewChannel', 'SendMessages']);
    // Discord tells of the threads that the bot sees.
    driver.setRolePermissions(server, scene.role, ['Administrator']);
    for (let n = 0; n < 15; n++) {
      const held = roles.filter((_, at) => random() < (at === 5 ? 0.1 : 0.3));
      people.push(driver.addMember(server, { name: `member ${n}`, roles: held }).id);
    }
    const owner = scene.sandbox.world.guilds.get(server)?.ownerId ?? '';
    people.push(owner);
    for (let n = 0; n < 15; n++) {
      const { id } = driver.createChannel(server, { name: `channel ${n}`, type: n % 4 ? 'text' : 'forum' });
      places.push(id, driver.createThread(id, { name: `thread ${n}`, user: owner }).id);
      for (const subject of [server, ...roles, ...people]) {
        if (random() < 0.3) driver.setOverwrite(id, { id: subject, allow: some(), deny: some() });
      }
    }
    driver.timeOut(server, people[3], Date.now() + 3_600_000);
    driver.timeOut(server, owner, Date.now() + 3_600_000);
    const client = await connect(scene.sandbox);
    servers = createGatewayServers(client, Date.now);
    close = () => client.destroy();
  });
  afterAll(async () => {
    await close();
    await scene.sandbox.close();
  });

  const memberOf = (userId: string) => {
    const member = scene.sandbox.world.guilds.get(scene.server)?.members.get(userId);
    return { userId, roleIds: member?.roleIds ?? [], isTimedOut: member?.timedOutUntil != null };
  };

  it('is what Discord works out from roles and overwrites, in threads and for who is timed out too', () => {
    const { world } = scene.sandbox;
    for (const id of places) {
      const channel = world.channels.get(id);
      if (!channel) throw new Error('no such channel');
      const told = people.map((user) => permissionsOf(world, channel, user) & ASKED);
      const known = people.map((user) => servers.permissionsOf(memberOf(user), scene.server, id) ?? -1n);
      expect(known.map((bits) => bits & ASKED)).toEqual(told);
    }
  });

  it('is unknown of a channel that the server does not have, or has no more', () => {
    const { driver, server } = scene;
    const [, , gone] = places;
    const elsewhere = driver.createServer({ name: 'Elsewhere' }).id;
    expect(servers.permissionsOf(memberOf(people[0]), elsewhere, gone)).toBeNull();
    expect(servers.permissionsOf(memberOf(people[0]), server, '42')).toBeNull();
    expect(servers.basePermissionsOf(memberOf(people[0]), elsewhere)).toBe(0n);
  });

  it('is nothing in a private thread, unless they manage threads: who is in it is not known', async () => {
    const { driver, server } = scene;
    const { id } = driver.createChannel(server, { name: 'talk' });
    const keeper = driver.addMember(server, { name: 'keeper', permissions: ['ManageThreads'] }).id;
    const thread = driver.createThread(id, { name: 'private', user: keeper }).id;
    const state = scene.sandbox.world.channels.get(thread);
    if (state) state.type = 12;
    driver.renameChannel(thread, 'private too');
    const seen = (user: string) =>
      (servers.permissionsOf(memberOf(user), server, thread) ?? 0n) & PermissionFlagsBits.ViewChannel;
    await expect.poll(() => servers.channel(thread)?.type).toBe(12);
    expect([seen(people[1]), seen(keeper), seen(people[15])]).toEqual([0n, 1024n, 1024n]);
  });
});
