import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';

/** A member of a local Discord without limits, in a channel that the bot may write in. */
export type MemberHarness = { discord: Sandbox; user: string; channel: string };

export async function openMemberHarness(more: readonly PermissionName[] = []): Promise<MemberHarness> {
  const discord = await startSandbox({ limits: { global: 'off', routes: false } });
  const { driver } = discord;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' }).id;
  const user = driver.addMember(server.id, {
    name: 'Mia',
    permissions: ['ViewChannel', 'SendMessages', 'UseApplicationCommands', ...more],
  }).id;
  driver.inviteBot(server.id, ['ViewChannel', 'SendMessages', 'EmbedLinks']);
  return { discord, user, channel };
}
