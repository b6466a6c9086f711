import { ChannelType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '#src/page/protocol.ts';
import { showDirects, showServers } from '#src/page/show/scene.ts';
import { addMessage } from '#src/sandbox/changes/messages.ts';
import { createThread } from '#src/sandbox/changes/threads.ts';
import { someWorld } from './some-world.ts';

let some: ReturnType<typeof someWorld>;

beforeEach(() => {
  some = someWorld();
});

const placesOf = (viewer = some.alice): readonly Place[] =>
  showServers(some.world, viewer).find(({ id }) => id === some.lab)?.places ?? [];
const namesFor = (viewer?: string) => placesOf(viewer).map(({ name }) => name);
const placeNamed = (name: string, viewer?: string) => placesOf(viewer).find((one) => one.name === name);

describe('servers', () => {
  it('are those that the viewer is in, with roles and members by name', () => {
    const servers = showServers(some.world, some.alice);

    expect(servers).toMatchObject([{ id: some.lab, name: 'Lab' }]);
    expect(servers[0].members.map(({ name }) => name)).toEqual(['alice', 'bob', 'owner of Lab', 'Paperboy']);
    expect(servers[0].roles.map(({ name }) => name)).toContain('reviewers');
    expect(servers[0].roles.map(({ name }) => name)).not.toContain('@everyone');
  });

  it('that are down are not there', () => {
    some.driver.setServerAvailable(some.lab, false);

    expect(showServers(some.world, some.alice)).toEqual([]);
  });
});

describe('places', () => {
  it('stand in Discord’s order: without a category first, voice below text, threads behind their channel', () => {
    const { driver, lab, papers, alice } = some;
    driver.createChannel(lab, { name: 'Lounge', type: 'voice' });
    const group = driver.createChannel(lab, { name: 'Reading', type: 'category' }).id;
    driver.createChannel(lab, { name: 'vision', parent: group });
    driver.createChannel(lab, { name: 'news', type: 'announcement' });
    driver.createThread(papers, { name: 'old talk', user: alice, content: 'a' });
    driver.createThread(papers, { name: 'new talk', user: alice, content: 'b' });

    expect(namesFor()).toEqual(['papers', 'new talk', 'old talk', 'news', 'Lounge', 'Reading', 'vision']);
    expect(placeNamed('vision')).toMatchObject({ kind: 'text', parentId: group, serverId: lab });
    expect(placeNamed('new talk')).toMatchObject({ kind: 'thread', parentId: papers, isArchived: false });
    expect(placeNamed('papers')).toMatchObject({ topic: 'New **papers**', tags: [] });
  });

  it('that the viewer does not see are not there, nor are their threads, nor a category of nothing else', () => {
    const { driver, lab, secret, owner } = some;
    const group = driver.createChannel(lab, { name: 'Staff', type: 'category' }).id;
    driver.createChannel(lab, {
      name: 'plans',
      parent: group,
      overwrites: [{ id: lab, deny: ['ViewChannel'] }],
    });
    driver.createThread(secret, { name: 'secret talk', user: owner });

    expect(namesFor()).toEqual(['papers']);
    expect(namesFor(owner)).toEqual(['papers', 'secret', 'secret talk', 'Staff', 'plans']);
  });

  it('a private thread is for its members and those who manage threads', () => {
    const { world, lab, papers, alice, bob, owner } = some;
    const [guild, parent] = [world.guilds.get(lab), world.channels.get(papers)];
    if (!guild || !parent) throw new Error('There is no lab.');
    createThread(world, guild, parent, { name: 'two of us', ownerId: alice, isPrivate: true });

    expect([alice, bob, owner].map((viewer) => namesFor(viewer).includes('two of us'))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('of a forum are its posts, the newest first, with the forum’s tags', () => {
    const { driver, lab, alice } = some;
    const forum = driver.createChannel(lab, { name: 'cards', type: 'forum', tags: ['vision', 'text'] });
    const first = driver.createThread(forum.id, {
      name: 'first',
      user: alice,
      tags: [forum.tags[1].id],
      content: 'a',
    });
    driver.createThread(forum.id, { name: 'second', user: alice, content: 'b' });
    driver.setThread(first.id, { archived: true });

    expect(namesFor().slice(1)).toEqual(['cards', 'second', 'first']);
    expect(placeNamed('cards')).toMatchObject({
      kind: 'forum',
      tags: [
        { name: 'vision', isSet: false },
        { name: 'text', isSet: false },
      ],
    });
    expect(placeNamed('first')).toMatchObject({
      isArchived: true,
      tags: [
        { name: 'vision', isSet: false },
        { name: 'text', isSet: true },
      ],
    });
  });

  it('tell the newest message that the viewer sees', () => {
    const { world, driver, papers, alice, bob } = some;
    expect(placeNamed('papers')?.lastMessageId).toBeNull();
    const written = driver.write({ user: bob, channel: papers, content: 'hello' });
    const channel = world.channels.get(papers);
    if (!channel) throw new Error('There is no channel.');
    const whispered = addMessage(world, channel, { authorId: world.bot.id, body: {}, onlyFor: bob });

    expect(placeNamed('papers', alice)?.lastMessageId).toBe(written.id);
    expect(placeNamed('papers', bob)?.lastMessageId).toBe(whispered.id);
  });
});

describe('writing', () => {
  it('is for those who may send there', () => {
    const { driver, lab, papers, alice, owner } = some;
    driver.createChannel(lab, { name: 'Group', type: 'category' });
    driver.setOverwrite(papers, { id: alice, deny: ['SendMessages'] });

    expect(placeNamed('papers', alice)?.mayWrite).toBe(false);
    expect(placeNamed('papers', some.bob)?.mayWrite).toBe(true);
    expect(placeNamed('Group', owner)?.mayWrite).toBe(false);
  });

  it('ends in a locked thread, but for those who manage threads', () => {
    const { driver, papers, alice, owner } = some;
    const thread = driver.createThread(papers, { name: 'talk', user: alice });
    driver.setThread(thread.id, { locked: true });

    expect(placeNamed('talk', alice)?.mayWrite).toBe(false);
    expect(placeNamed('talk', owner)?.mayWrite).toBe(true);
  });
});

describe('what the bot lacks', () => {
  const lacks = (name = 'papers') => placeNamed(name)?.botLacks;

  it('is nothing where it may all that it needs', () => {
    const { driver, lab } = some;
    driver.createChannel(lab, { name: 'cards', type: 'forum' });
    driver.createChannel(lab, { name: 'Lounge', type: 'voice' });

    expect(placesOf().map(({ botLacks }) => botLacks)).toEqual([[], [], []]);
  });

  it('are the rights that were taken, by Discord’s names, and not those that depend on them', () => {
    const { world, driver, papers } = some;
    const take = (deny: Parameters<typeof driver.setOverwrite>[1]['deny']) =>
      driver.setOverwrite(papers, { id: world.bot.id, kind: 'member', deny });

    take(['ViewChannel']);
    expect(lacks()).toEqual(['View Channel']);
    take(['SendMessages', 'ReadMessageHistory']);
    expect(lacks()).toEqual(['Send Messages', 'Read Message History']);
    take(['EmbedLinks']);
    expect(lacks()).toEqual(['Embed Links']);
    take([]);
    expect(lacks()).toEqual([]);
  });

  it('counts in threads and posts what is needed there', () => {
    const { driver, lab, papers, world, alice } = some;
    const forum = driver.createChannel(lab, { name: 'cards', type: 'forum' }).id;
    driver.createThread(papers, { name: 'talk', user: alice });
    for (const channel of [forum, papers])
      driver.setOverwrite(channel, { id: world.bot.id, kind: 'member', deny: ['SendMessagesInThreads'] });

    expect(lacks('cards')).toEqual(['Send Messages in Threads']);
    expect(lacks('talk')).toEqual(['Send Messages in Threads']);
    expect(lacks('papers')).toEqual([]);
  });
});

describe('direct messages', () => {
  it('are the viewer’s own, called by who is on the other side', () => {
    const { driver, world, alice, bob } = some;
    const direct = driver.openDm(alice);

    expect(showDirects(world, alice)).toMatchObject([
      { id: direct, name: 'Paperboy', kind: 'direct', serverId: null, mayWrite: true, botLacks: [] },
    ]);
    expect(showDirects(world, bob)).toEqual([]);
  });
});

it('nothing hidden is told, whatever is denied to whom', () => {
  const right = fc.constantFrom('ViewChannel', 'SendMessages', 'ManageThreads', 'ManageChannels');
  const made = fc.record({
    inCategory: fc.boolean(),
    deniedToAll: fc.array(right),
    allowedToAlice: fc.array(right),
    hasThread: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(made, { maxLength: 5 }), (channels) => {
      const { world, driver, lab, alice, owner } = someWorld();
      const group = driver.createChannel(lab, { name: 'Group', type: 'category' }).id;
      for (const [index, one] of channels.entries()) {
        const { id } = driver.createChannel(lab, {
          name: `c${index}`,
          ...(one.inCategory && { parent: group }),
          overwrites: [
            { id: lab, deny: one.deniedToAll as ['ViewChannel'] },
            { id: alice, kind: 'member', allow: one.allowedToAlice as ['ViewChannel'] },
          ],
        });
        if (one.hasThread) driver.createThread(id, { name: `t${index}`, user: owner });
      }
      const isSeen = channels.map(
        (one) => !one.deniedToAll.includes('ViewChannel') || one.allowedToAlice.includes('ViewChannel'),
      );

      const names = showServers(world, alice).flatMap(({ places }) => places.map(({ name }) => name));

      for (const [index, one] of channels.entries()) {
        expect(names.includes(`c${index}`)).toBe(isSeen[index]);
        expect(names.includes(`t${index}`)).toBe(isSeen[index] && one.hasThread);
      }
    }),
    { numRuns: 50 },
  );
});

it('a type of channels that the page does not know is left out', () => {
  const channel = some.world.channels.get(some.papers);
  if (channel) channel.type = ChannelType.GuildStageVoice;

  expect(namesFor()).toEqual([]);
});
