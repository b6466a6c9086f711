import { expect, it } from 'vitest';
import { openReadingGroup } from '#src/page/reading-group.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';

it('the scene’s server took the bot in just now: its moderators read its first words', async () => {
  const { driver, world, close } = await startSandbox();
  const now = world.now();
  const { serverId } = openReadingGroup(driver, now);
  expect(world.guilds.get(serverId)?.members.get(world.bot.id)?.joinedAt).toBe(now);
  await close();
});
