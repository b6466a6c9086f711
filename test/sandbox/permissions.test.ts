import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { createChannel } from '#src/sandbox/changes/channels.ts';
import { createGuild, createRole, createUser, joinGuild } from '#src/sandbox/changes/guilds.ts';
import { createThread } from '#src/sandbox/changes/threads.ts';
import { ALL_PERMISSIONS, type PermissionName, toBits } from '#src/sandbox/permissions/permission-bits.ts';
import { may, permissionsInChannel } from '#src/sandbox/permissions/permissions.ts';
import { createWorld } from '#src/sandbox/world/world.ts';
import { createFakeClock } from '../fakes/fake-clock.ts';

type Case = {
  rule: string;
  everyone?: readonly PermissionName[];
  roles?: readonly (readonly PermissionName[])[];
  /** On the channel: for everyone, for the n-th role, for the member. */
  overwrites?: readonly {
    on: 'everyone' | 'member' | number;
    allow?: PermissionName[];
    deny?: PermissionName[];
  }[];
  isOwner?: boolean;
  isStranger?: boolean;
  inThread?: boolean;
  asks: PermissionName;
  answer: boolean;
};

// https://discord.com/developers/docs/topics/permissions
const CASES: readonly Case[] = [
  {
    rule: 'a role of everyone counts for a member',
    everyone: ['ViewChannel'],
    asks: 'ViewChannel',
    answer: true,
  },
  { rule: 'what no role gives is denied', everyone: ['ViewChannel'], asks: 'SendMessages', answer: false },
  {
    rule: 'roles add up',
    everyone: ['ViewChannel'],
    roles: [['SendMessages'], ['EmbedLinks']],
    asks: 'EmbedLinks',
    answer: true,
  },
  { rule: 'the owner may everything', everyone: [], isOwner: true, asks: 'ManageGuild', answer: true },
  {
    rule: 'an administrator is not stopped by overwrites',
    everyone: [],
    roles: [['Administrator']],
    overwrites: [{ on: 'member', deny: ['ViewChannel'] }],
    asks: 'ViewChannel',
    answer: true,
  },
  {
    rule: 'who is not in the server may nothing',
    everyone: ['ViewChannel'],
    isStranger: true,
    asks: 'ViewChannel',
    answer: false,
  },
  {
    rule: 'an overwrite for everyone denies',
    everyone: ['ViewChannel', 'SendMessages'],
    overwrites: [{ on: 'everyone', deny: ['SendMessages'] }],
    asks: 'SendMessages',
    answer: false,
  },
  {
    rule: 'an overwrite for everyone allows',
    everyone: ['ViewChannel'],
    overwrites: [{ on: 'everyone', allow: ['SendMessages'] }],
    asks: 'SendMessages',
    answer: true,
  },
  {
    rule: 'a role allows what everyone is denied',
    everyone: ['ViewChannel', 'SendMessages'],
    roles: [[]],
    overwrites: [
      { on: 'everyone', deny: ['SendMessages'] },
      { on: 0, allow: ['SendMessages'] },
    ],
    asks: 'SendMessages',
    answer: true,
  },
  {
    rule: 'one role allows what another denies',
    everyone: ['ViewChannel'],
    roles: [[], []],
    overwrites: [
      { on: 0, allow: ['SendMessages'] },
      { on: 1, deny: ['SendMessages'] },
    ],
    asks: 'SendMessages',
    answer: true,
  },
  {
    rule: 'the member is denied what a role allows',
    everyone: ['ViewChannel'],
    roles: [[]],
    overwrites: [
      { on: 0, allow: ['SendMessages'] },
      { on: 'member', deny: ['SendMessages'] },
    ],
    asks: 'SendMessages',
    answer: false,
  },
  {
    rule: 'the member is allowed what a role denies',
    everyone: ['ViewChannel'],
    roles: [[]],
    overwrites: [
      { on: 0, deny: ['SendMessages'] },
      { on: 'member', allow: ['SendMessages'] },
    ],
    asks: 'SendMessages',
    answer: true,
  },
  {
    rule: 'who does not see a channel may nothing there',
    everyone: ['ViewChannel', 'SendMessages'],
    overwrites: [{ on: 'everyone', deny: ['ViewChannel'] }],
    asks: 'SendMessages',
    answer: false,
  },
  {
    rule: 'who may not send may not embed',
    everyone: ['ViewChannel', 'EmbedLinks'],
    asks: 'EmbedLinks',
    answer: false,
  },
  {
    rule: 'who may not send may not attach',
    everyone: ['ViewChannel', 'AttachFiles'],
    asks: 'AttachFiles',
    answer: false,
  },
  {
    rule: 'who may not send may still read',
    everyone: ['ViewChannel', 'ReadMessageHistory'],
    asks: 'ReadMessageHistory',
    answer: true,
  },
  {
    rule: 'a thread has the overwrites of its channel',
    everyone: ['ViewChannel', 'SendMessagesInThreads'],
    overwrites: [{ on: 'everyone', deny: ['SendMessagesInThreads'] }],
    inThread: true,
    asks: 'SendMessagesInThreads',
    answer: false,
  },
  {
    rule: 'in a thread, embedding hangs on sending in threads',
    everyone: ['ViewChannel', 'SendMessagesInThreads', 'EmbedLinks'],
    inThread: true,
    asks: 'EmbedLinks',
    answer: true,
  },
  {
    rule: 'in a thread, sending in channels does not help',
    everyone: ['ViewChannel', 'SendMessages', 'EmbedLinks'],
    inThread: true,
    asks: 'EmbedLinks',
    answer: false,
  },
];

test.each(CASES)('$rule', (one) => {
  const settings = { nonceWindowMs: 1000, showNonce: false, firstAnswerMs: 3000 };
  const world = createWorld(createFakeClock(), 'token', settings);
  const owner = createUser(world, 'owner');
  const user = one.isOwner ? owner : createUser(world, 'member');
  const guild = createGuild(world, 'Lab', owner);
  for (const role of guild.roles.values()) role.permissions = toBits(one.everyone ?? []);
  const roles = (one.roles ?? []).map((permissions) => createRole(world, guild, 'role', permissions).id);
  if (!one.isStranger) joinGuild(world, guild, user, roles);
  const overwrites = (one.overwrites ?? []).map(({ on, allow, deny }) => ({
    id: on === 'everyone' ? guild.id : on === 'member' ? user.id : roles[on],
    type: on === 'member' ? (1 as const) : (0 as const),
    allow: toBits(allow ?? []),
    deny: toBits(deny ?? []),
  }));
  const channel = createChannel(world, guild, { name: 'papers', type: ChannelType.GuildText, overwrites });
  const place = one.inThread
    ? createThread(world, guild, channel, { name: 'thread', ownerId: owner.id })
    : channel;

  expect(may(permissionsInChannel(guild, place, channel, user.id), PermissionFlagsBits[one.asks])).toBe(
    one.answer,
  );
});

test('an administrator has every permission there is', () => {
  const world = createWorld(createFakeClock(), 'token', {
    nonceWindowMs: 1000,
    showNonce: false,
    firstAnswerMs: 3000,
  });
  const guild = createGuild(world, 'Lab', createUser(world, 'owner'));
  const admin = createUser(world, 'admin');
  joinGuild(world, guild, admin, [createRole(world, guild, 'admins', ['Administrator']).id]);
  const channel = createChannel(world, guild, { name: 'papers' });
  expect(permissionsInChannel(guild, channel, channel, admin.id)).toBe(ALL_PERMISSIONS);
});
