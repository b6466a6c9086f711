import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BOT_PERMISSIONS } from '#test/sandbox/some-server.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const PATIENCE = { timeout: 12_000, interval: 100 };
const HIDDEN = 'a channel that not everybody here can see';

let stage: Stage;
let stand: Newsstand;
beforeEach(async () => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
});
afterEach(() => stage.close());

const subscribe = (channel: string, more = {}) =>
  stage.subscribe({ keywords: 'ocean', what: 'all', channel, ...more });
/** Who subscribes a channel must see it. */
const showToModerator = (id: string) =>
  stage.driver.setOverwrite(id, { id: stage.moderator, kind: 'member', allow: ['ViewChannel'] });
const round = async (...titles: string[]) => {
  stand.print(...titles);
  stage.clock.leap(HOUR / 4);
  await stage.round();
};
const hide = (channel: string, ...roles: string[]) => {
  stage.driver.setOverwrite(channel, { id: stage.server, deny: ['ViewChannel'] });
  for (const id of [stage.role, ...roles]) stage.driver.setOverwrite(channel, { id, allow: ['ViewChannel'] });
};
const hiddenChannel = (name: string, ...roles: string[]) => {
  const channel = stage.channelNamed(name);
  hide(channel, ...roles);
  return channel;
};
/** The bot may look, and not write. */
const silence = (channel: string) =>
  stage.driver.setOverwrite(channel, { id: stage.role, allow: ['ViewChannel'], deny: ['SendMessages'] });
/** The names of the channels that have notices, and those. */
const everyNotice = () =>
  [...stage.sandbox.world.channels.values()].flatMap(({ id, name }) =>
    noticesIn(stage, id).map((text) => ({ name, text })),
  );
const oneNotice = async () => {
  await vi.waitFor(() => expect(everyNotice()).toHaveLength(1), PATIENCE);
  return everyNotice()[0];
};
const seenByMembers = () =>
  JSON.stringify(
    [...stage.sandbox.world.channels.keys()].flatMap((channel) => {
      try {
        return stage.driver.read(stage.alice, channel);
      } catch {
        return [];
      }
    }),
  );

describe('words to the moderators', () => {
  it('go where not everybody reads, and never by a piece of a name', async () => {
    const papers = stage.channelNamed('ocean-papers');
    for (const name of ['multimodal-models', 'admin-law', 'staff-picks', 'mod-loaders'])
      stage.channelNamed(name);
    hiddenChannel('team-lounge');
    await subscribe(papers);
    stage.driver.deleteChannel(papers);
    expect((await oneNotice()).name).toBe('team-lounge');
  });

  it('go to the channel that Discord calls the moderators’, though others are hidden too', async () => {
    const papers = stage.channelNamed('ocean-papers');
    hiddenChannel('team-lounge');
    const updates = hiddenChannel('from-discord');
    stage.driver.setOwnRooms(stage.server, { publicUpdatesChannelId: updates });
    await subscribe(papers);
    silence(papers);
    await round('Ocean one');
    expect(await oneNotice()).toMatchObject({ name: 'from-discord' });
    expect(everyNotice()[0].text).toContain(`<#${papers}>`);
  });

  it('go rather where moderators are among themselves than where others read too', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const members = stage.driver.createRole(stage.server, { name: 'Members' }).id;
    const team = stage.driver.createRole(stage.server, { name: 'Team', permissions: ['ManageGuild'] }).id;
    hiddenChannel('paid-lounge', members);
    hiddenChannel('everybody-with-a-role', members, team);
    hiddenChannel('round-table', team);
    await subscribe(papers);
    silence(papers);
    await round('Ocean one');
    expect((await oneNotice()).name).toBe('round-table');
  });

  it('go to the system channel where nothing is hidden, however other channels are called', async () => {
    const papers = stage.channelNamed('ocean-papers');
    stage.channelNamed('multimodal-models');
    stage.channelNamed('bot-logs-of-the-arena');
    await subscribe(papers);
    silence(papers);
    await round('Ocean one');
    expect(await oneNotice()).toEqual({
      name: 'papers',
      text: expect.stringContaining(`<#${papers}>`),
    });
  });

  it('tell nobody the name of a hidden channel, nor mention it, where everybody reads', async () => {
    const secret = hiddenChannel('layoffs-2027');
    showToModerator(secret);
    await subscribe(secret);
    silence(secret);
    await round('Ocean one');
    const { name, text } = await oneNotice();
    expect(name).toBe('papers');
    expect(text).toContain(`I cannot post in ${HIDDEN} any more: Send Messages is missing.`);
    expect(seenByMembers()).not.toContain('layoffs-2027');
    expect(seenByMembers()).not.toContain(secret);
  });

  it('mention a hidden channel where not everybody reads', async () => {
    const secret = hiddenChannel('layoffs-2027');
    hiddenChannel('team-lounge');
    showToModerator(secret);
    await subscribe(secret);
    silence(secret);
    await round('Ocean one');
    const { name, text } = await oneNotice();
    expect(name).toBe('team-lounge');
    expect(text).toContain(`<#${secret}>`);
    expect(text).not.toContain('layoffs-2027');
  });

  it('need no Embed Links: that it is gone is told, also in the channel itself where that is the system channel', async () => {
    await subscribe(stage.channel);
    const rest = BOT_PERMISSIONS.filter((name) => name !== 'EmbedLinks');
    stage.driver.setRolePermissions(stage.server, stage.role, rest);
    stage.driver.setOverwrite(stage.channel, { id: stage.server, deny: ['EmbedLinks'] });
    await round('Ocean one');
    expect(await oneNotice()).toMatchObject({ name: 'papers' });
    expect(everyNotice()[0].text).toContain('Embed Links is missing');
    expect(headsIn(stage, stage.channel)).toEqual([]);
    stage.driver.setRolePermissions(stage.server, stage.role, BOT_PERMISSIONS);
    stage.driver.setOverwrite(stage.channel, { id: stage.server });
    await vi.waitFor(() => expect(headsIn(stage, stage.channel)).toEqual(['card: Ocean one']), PATIENCE);
  });

  it('do not give a hidden channel away in /status, /subscriptions or a press on resume', async () => {
    const secret = hiddenChannel('layoffs-2027');
    showToModerator(secret);
    await subscribe(secret);
    silence(secret);
    await round('Ocean one');
    await oneNotice();
    const shown = textOf(await stage.ask('subscriptions'));
    expect(shown).toContain(': Send Messages is missing.');
    expect(shown).not.toContain('layoffs-2027');
  });
});
