import { systemClock } from '#src/foundation/clock.ts';
import type { Sight } from '#src/page/show/sight.ts';
import { createPlaces } from '#src/sandbox/driver/places.ts';
import { createDriverServers } from '#src/sandbox/driver/servers.ts';
import { createWorld } from '#src/sandbox/world/world.ts';
import { BOT_PERMISSIONS } from '../../sandbox/some-server.ts';

/**
 * A local Discord without its lines: a lab with a channel, one that only its owner sees, and two members, of whom alice holds a
 * role; and elsewhere a stranger.
 */
export function someWorld() {
  const world = createWorld(systemClock, 'token', {
    nonceWindowMs: 180_000,
    showNonce: false,
    firstAnswerMs: 3000,
  });
  const driver = { ...createDriverServers(world), ...createPlaces(world) };
  const lab = driver.createServer({ name: 'Lab' });
  const role = driver.createRole(lab.id, { name: 'reviewers', mentionable: true }).id;
  const papers = driver.createChannel(lab.id, { name: 'papers', topic: 'New **papers**' }).id;
  const secret = driver.createChannel(lab.id, {
    name: 'secret',
    overwrites: [{ id: lab.id, deny: ['ViewChannel'] }],
  }).id;
  const alice = driver.addMember(lab.id, { name: 'alice', roles: [role] }).id;
  const bob = driver.addMember(lab.id, { name: 'bob' }).id;
  const elsewhere = driver.createServer({ name: 'Elsewhere' });
  const stranger = driver.addMember(elsewhere.id, { name: 'stranger' }).id;
  const foreignRole = driver.createRole(elsewhere.id, { name: 'hidden role' }).id;
  driver.inviteBot(lab.id, BOT_PERMISSIONS);
  const sightOf = (viewerId: string): Sight => ({
    world,
    viewerId,
    guild: world.guilds.get(lab.id) ?? null,
    calls: null,
  });
  return {
    world,
    driver,
    lab: lab.id,
    owner: lab.ownerId,
    role,
    papers,
    secret,
    alice,
    bob,
    stranger,
    foreignRole,
    sightOf,
  };
}
