import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { Viewer } from './protocol.ts';

/** The server of the scene. */
export type ReadingGroup = {
  serverId: string;
  /** The first is who the page is looked at as, until the viewer chooses. */
  people: readonly [Viewer, ...Viewer[]];
  /** By name, in the order of the list. */
  channels: ReadonlyMap<string, string>;
};

const BOT_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
] as const;
const MODERATOR_PERMISSIONS = ['ManageChannels', 'ManageMessages', 'ManageThreads'] as const;

const CHANNELS = [
  { name: 'vision', topic: 'What computer vision brings' },
  { name: 'language-models', topic: 'What language models bring' },
  { name: 'general', topic: 'Try commands here: type / below' },
  {
    name: 'news',
    type: 'announcement',
    topic: 'An announcement channel: what is posted here can be published',
  },
  {
    name: 'reading-list',
    type: 'forum',
    topic: 'A forum: a post for each paper',
    tags: ['vision', 'language', 'agents'],
  },
  { name: 'moderators', topic: 'Only moderators see this; Paperboy tells them here when something is wrong' },
] as const;

/** Makes a server with a few channels of every kind, a moderator, a member and an owner; it took the bot in at `now`, UTC ms. */
export function openReadingGroup(driver: Driver, now: number): ReadingGroup {
  const owner = driver.createUser('Owner');
  const server = driver.createServer({ name: 'Reading group', owner: owner.id });
  const moderators = driver.createRole(server.id, {
    name: 'Moderators',
    permissions: MODERATOR_PERMISSIONS,
  });
  const readers = driver.createRole(server.id, { name: 'Readers', mentionable: true });
  const moderator = driver.addMember(server.id, { name: 'Moderator', roles: [moderators.id] });
  const member = driver.addMember(server.id, { name: 'Member', roles: [readers.id] });
  const channels = new Map<string, string>(
    CHANNELS.map((channel) => [channel.name, driver.createChannel(server.id, channel).id]),
  );
  const botRole = driver.inviteBot(server.id, BOT_PERMISSIONS, now);
  const apart = channels.get('moderators') ?? '';
  driver.setOverwrite(apart, { id: server.id, deny: ['ViewChannel'] });
  for (const role of [moderators.id, botRole])
    driver.setOverwrite(apart, { id: role, allow: ['ViewChannel'] });
  driver.setOwnRooms(server.id, { publicUpdatesChannelId: apart });
  return {
    serverId: server.id,
    people: [
      { ...moderator, isBot: false, role: 'moderator' },
      { ...member, isBot: false, role: 'member' },
      { ...owner, isBot: false, role: 'owner' },
    ],
    channels,
  };
}
