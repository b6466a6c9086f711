import { ApplicationCommandPermissionType, ChannelType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandPermission, readCommandRule } from '#src/gateway/answers/command-rule.ts';
import { createChannel } from '#src/sandbox/changes/channels.ts';
import { createGuild, createRole, createUser, joinGuild } from '#src/sandbox/changes/guilds.ts';
import { createThread } from '#src/sandbox/changes/threads.ts';
import { mayUseCommand } from '#src/sandbox/permissions/command-permissions.ts';
import { createWorld } from '#src/sandbox/world/world.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const SERVER = '1000';
const EVERYONE = SERVER;
const ALL_CHANNELS = '999';
const role = (id: string, permission: boolean): CommandPermission => ({
  id,
  type: ApplicationCommandPermissionType.Role,
  permission,
});
const member = (id: string, permission: boolean): CommandPermission => ({
  id,
  type: ApplicationCommandPermissionType.User,
  permission,
});
const channel = (id: string, permission: boolean): CommandPermission => ({
  id,
  type: ApplicationCommandPermissionType.Channel,
  permission,
});

const ruleOf = (ofCommand: readonly CommandPermission[], ofApplication: readonly CommandPermission[] = []) =>
  readCommandRule(
    new Map([
      ['command', ofCommand],
      ['application', ofApplication],
      ['another command', [member('ada', false)]],
    ]),
    {
      ...{ applicationId: 'application', commandId: 'command', serverId: SERVER, channelId: 'papers' },
      ...{ userId: 'ada', roleIds: ['readers', 'writers'] },
    },
  );

describe('whom a server’s settings let use a command', () => {
  it.each([
    ['nothing is set', [], [], 'default'],
    ['a role of theirs is let in', [role('readers', true)], [], 'allowed'],
    ['another role is let in', [role('others', true)], [], 'default'],
    ['one role is let in, another shut out', [role('readers', false), role('writers', true)], [], 'allowed'],
    ['everyone is shut out', [role(EVERYONE, false)], [], 'denied'],
    ['everyone but a role is shut out', [role(EVERYONE, false), role('readers', true)], [], 'allowed'],
    ['a role is let in, they are shut out', [role('readers', true), member('ada', false)], [], 'denied'],
    ['a role is shut out, they are let in', [role('readers', false), member('ada', true)], [], 'allowed'],
    ['they are let in, but not here', [member('ada', true), channel('papers', false)], [], 'denied'],
    ['it is open in another channel only', [channel(ALL_CHANNELS, false), channel('x', true)], [], 'denied'],
    [
      'it is open in this channel only',
      [channel(ALL_CHANNELS, false), channel('papers', true)],
      [],
      'default',
    ],
    ['the application is open to their role', [], [role('readers', true)], 'default'],
    ['the application is shut to their role', [], [role('readers', false)], 'denied'],
    ['the application is shut here', [], [channel('papers', false)], 'denied'],
    ['only the application is shut here', [channel('papers', true)], [channel('papers', false)], 'default'],
    ['only the application is shut', [role('readers', true)], [role(EVERYONE, false)], 'allowed'],
    ['the application is shut, another role let in', [role('x', true)], [role(EVERYONE, false)], 'denied'],
  ] as const)('where %s', (_, ofCommand, ofApplication, rule) => {
    expect(ruleOf(ofCommand, ofApplication)).toBe(rule);
  });

  it('is what the local Discord thinks too, whatever is set', () => {
    const settings = { nonceWindowMs: 1000, showNonce: false, firstAnswerMs: 3000 };
    const world = createWorld(createFakeClock(), 'token', settings);
    const guild = createGuild(world, 'Lab', createUser(world, 'owner'));
    const user = createUser(world, 'ada');
    const [readers, managers, others] = (['readers', 'managers', 'others'] as const).map((name) =>
      createRole(world, guild, name, name === 'managers' ? ['ManageChannels'] : 0n),
    );
    const papers = createChannel(world, guild, { name: 'papers', type: ChannelType.GuildText });
    const talk = createThread(world, guild, papers, { name: 'talk', ownerId: user.id });
    const other = createChannel(world, guild, { name: 'other', type: ChannelType.GuildText });
    const command = { id: '5', guildId: null, version: '1', body: { default_member_permissions: '16' } };
    const subjects = [
      ...[readers.id, managers.id, others.id, guild.id].map((id) => ({
        id,
        type: ApplicationCommandPermissionType.Role,
      })),
      ...[user.id, '77'].map((id) => ({ id, type: ApplicationCommandPermissionType.User })),
      ...[papers.id, other.id, String(BigInt(guild.id) - 1n)].map((id) => ({
        id,
        type: ApplicationCommandPermissionType.Channel,
      })),
    ];
    const list = fc
      .uniqueArray(fc.nat(subjects.length - 1), { maxLength: 5 })
      .chain((chosen) =>
        fc.tuple(...chosen.map((at) => fc.boolean().map((permission) => ({ ...subjects[at], permission })))),
      );
    const roles = fc.subarray([readers.id, managers.id]);
    fc.assert(
      fc.property(list, list, roles, fc.boolean(), (ofCommand, ofApplication, roleIds, inThread) => {
        joinGuild(world, guild, user, roleIds);
        guild.commandPermissions.set(command.id, ofCommand).set(world.applicationId, ofApplication);
        const rule = readCommandRule(guild.commandPermissions, {
          ...{ applicationId: world.applicationId, commandId: command.id, serverId: guild.id },
          ...{ channelId: papers.id, userId: user.id, roleIds },
        });
        const isLetIn = rule === 'allowed' || (rule === 'default' && roleIds.includes(managers.id));
        expect(isLetIn).toBe(mayUseCommand(world, guild, inThread ? talk : papers, user, command));
      }),
      { numRuns: 500 },
    );
  });
});
