import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentOf } from '#test/read-message.ts';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import { buttonsOf, choicesOf } from './harness.ts';
import { idIn } from './lab.ts';
import { createNewsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const PATIENCE = { timeout: 12_000, interval: 50 };
const FIRST_WORDS = [
  '**Paperboy is here. It posts newly trending papers to the channels you choose; nothing is posted yet.**',
  'Anyone can try `/paper` and `/trending`. I read commands, not messages.',
].join('\n');

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: createNewsstand().sources });
});
afterEach(() => stage.close());

/** A server of somebody else's, with a channel for everybody; `isPrivate`: and one for whoever manages it. */
const newServer = (isPrivate: boolean) => {
  const { driver, clock } = stage;
  const server = driver.createServer({ name: 'A new lab' }).id;
  const general = driver.createChannel(server, { name: 'general' }).id;
  const mods = driver.createChannel(server, { name: 'the-staff' }).id;
  const papers = driver.createChannel(server, { name: 'papers' }).id;
  const mod = driver.addMember(server, { name: 'Mo', permissions: ['ManageChannels'] });
  const member = driver.addMember(server, { name: 'Al' }).id;
  if (isPrivate) {
    driver.setOverwrite(mods, { id: server, deny: ['ViewChannel'] });
    driver.setOverwrite(mods, { id: mod.id, kind: 'member', allow: ['ViewChannel'] });
  }
  const join = () => {
    const role = driver.inviteBot(server, [...BOT_PERMISSIONS], clock.now());
    if (isPrivate) driver.setOverwrite(mods, { id: role, allow: ['ViewChannel'] });
  };
  const every = () => [general, mods, papers].flatMap((channel) => noticesIn(stage, channel));
  return { general, mods, papers, mod: mod.id, member, join, every };
};
const deliver = () => stage.pipeline().refresh().then(stage.pipeline().deliver);

describe('a server that took the bot in', () => {
  it('has its first words where moderators read, once, over a restart too', async () => {
    const { mods, join, every } = newServer(true);
    join();
    await vi.waitFor(async () => {
      await deliver();
      expect(noticesIn(stage, mods)).toEqual([FIRST_WORDS]);
    }, PATIENCE);
    await stage.restart();
    await deliver();
    expect(every()).toEqual([FIRST_WORDS]);
  });

  it('begins there: a channel is chosen, a topic, and the preview comes, for whoever may', async () => {
    const { driver } = stage;
    const { mods, papers, mod, member, join } = newServer(true);
    join();
    const words = await vi.waitFor(async () => {
      await deliver();
      const found = driver.read(mod, mods).find((one) => contentOf(one) === FIRST_WORDS);
      if (!found) throw new Error('not there yet');
      return found;
    }, PATIENCE);
    expect(buttonsOf(words)).toContain('Choose a topic');
    const begin = { channel: mods, message: words.id, label: 'Choose a topic' };
    const asked = await driver.click({ user: mod, ...begin }).message();
    expect(textOf(asked)).toContain('Which channel should have papers?');
    const choose = { user: mod, channel: mods, message: asked.id };
    const front = await driver.choose({ ...choose, customId: 'begin-in', values: [papers] }).message();
    expect(textOf(front)).toContain(`<#${papers}>`);
    const topics = idIn(front, 'topic:');
    expect(choicesOf(front, topics).map(({ value }) => value)).toContain('llm');
    const preview = await driver
      .choose({ ...choose, message: front.id, customId: topics, values: ['llm'] })
      .message();
    expect(textOf(preview)).toContain(`<#${papers}>`);
    expect(buttonsOf(preview)).toContain('Subscribe');
    driver.setOverwrite(mods, { id: member, kind: 'member', allow: ['ViewChannel'] });
    const refused = await driver.click({ user: member, ...begin }).message();
    expect(textOf(refused)).toContain('Manage Channels');
    const press = async (user: string, label: string) =>
      textOf(await driver.click({ user, ...begin, label }).message());
    expect(await press(mod, 'Check permissions')).toContain('Notices to moderators go to');
    expect(await press(member, 'Check permissions')).toContain('Manage Channels');
    for (const user of [mod, member])
      expect(await press(user, 'What I store')).toContain('What Paperboy stores about you');
  });

  it('hears nothing in public: its first moderator who types a command hears it alone, once', async () => {
    const { driver } = stage;
    const { general, mod, member, join, every } = newServer(false);
    join();
    await vi.waitFor(async () => {
      await deliver();
      await driver.slash({ user: mod, channel: general, name: 'help' }).message();
      expect(heardBy(mod, general)).toHaveLength(1);
    }, PATIENCE);
    await driver.slash({ user: member, channel: general, name: 'help' }).message();
    await driver.slash({ user: mod, channel: general, name: 'status' }).message();
    expect([heardBy(mod, general).length, heardBy(member, general)]).toEqual([1, []]);
    expect(every()).toEqual([]);
  });

  it('is told nothing where the bot has been for long', async () => {
    await deliver();
    await stage.ask('help');
    expect(heardBy(stage.moderator, stage.channel)).toEqual([]);
  });
});

const heardBy = (user: string, channel: string) =>
  stage.driver.read(user, channel).filter((message) => textOf(message).includes('Paperboy is here.'));
