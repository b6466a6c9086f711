import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EVERYDAY, type Lab, openLab, refusals } from './lab.ts';
import { textOf } from './stage.ts';

const HOUR = 3_600_000;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(() => lab.clearAway());
afterAll(() => lab.close());

describe('subscribing another channel', () => {
  const from = async (user: string, place: string, channel: string) =>
    (await lab.order(user, place, { channel })).text;

  it('is for who may do it there: sees it, writes in it, and manages it where managing let them in', async () => {
    expect(await from(lab.mod, lab.open, lab.secret)).toContain('Subscribed');
    expect(await from(lab.curator, lab.open, lab.corner)).toContain('Subscribed');
    expect(await from(lab.cornerer, lab.corner, lab.corner)).toContain('Subscribed');
    expect(await from(lab.cornerer, lab.corner, lab.open)).toBe(refusals.notManaged(lab.open));
    lab.driver.setOverwrite(lab.open, { id: lab.cornerer, kind: 'member', deny: ['SendMessages'] });
    expect(await from(lab.cornerer, lab.corner, lab.open)).toBe(refusals.notWritten(lab.open));
    lab.driver.setOverwrite(lab.open, { id: lab.cornerer, kind: 'member' });
    expect(await from(lab.blind, lab.open, lab.secret)).toBe(refusals.hidden);
  });
});

describe('a command that the server gave to everybody', () => {
  it('is everybody’s, in the channels that they see and write in', async () => {
    const { driver, server } = lab;
    const command = await driver.untilCommand('subscribe');
    driver.setCommandPermissions(server, command, [
      { id: server, type: ApplicationCommandPermissionType.Role, permission: true },
    ]);
    expect((await lab.order(lab.member, lab.open, {})).text).toContain('Subscribed');
    expect((await lab.order(lab.member, lab.open, { channel: lab.secret })).text).toBe(refusals.hidden);
    driver.setOverwrite(lab.corner, { id: server, deny: ['SendMessages'] });
    expect((await lab.order(lab.member, lab.open, { channel: lab.corner })).text).toBe(
      refusals.notWritten(lab.corner),
    );
    driver.setOverwrite(lab.corner, { id: server });
    lab.letIn(command);
  });
});

describe('the list of subscriptions', () => {
  it('counts those of channels that the asker cannot see, and shows and offers none of them', async () => {
    const hidden = await lab.subscribe(lab.secret, lab.mod, 'layoffs');
    await lab.subscribe(lab.secret);
    const shown = await lab.subscribe(lab.open);
    for (const user of [lab.blind, lab.curator]) {
      const message = await lab.type(user, lab.open, 'subscriptions');
      expect(textOf(message)).toMatch(/\n\n2 more in channels you cannot see\.$/);
      expect(JSON.stringify(message)).toContain(shown);
      expect(JSON.stringify(message)).not.toMatch(new RegExp(`layoffs|${lab.secret}|${hidden}`));
      expect(await lab.listed(user, lab.open)).not.toContain(hidden);
      expect(await lab.proposed(user, lab.open, 'filter test', 'filter')).not.toContain('layoffs');
      expect(await lab.press(user, lab.open, `edit:${hidden}`)).toBe(refusals.hidden);
    }
    expect(textOf(await lab.type(lab.mod, lab.open, 'subscriptions'))).not.toContain('cannot see');
    expect(await lab.listed(lab.mod, lab.open)).toContain(hidden);
    expect(await lab.proposed(lab.mod, lab.open, 'filter test', 'filter')).toContain('layoffs');
  });

  it('of a server whose only subscription is hidden says so', async () => {
    const { driver } = lab;
    const server = driver.createServer({ name: 'Small' });
    const [lobby, staff] = ['lobby', 'staff'].map((name) => driver.createChannel(server.id, { name }).id);
    const role = driver.inviteBot(server.id, [...EVERYDAY, 'EmbedLinks']);
    driver.setOverwrite(staff, { id: server.id, deny: ['ViewChannel'] });
    driver.setOverwrite(staff, { id: role, allow: ['ViewChannel'] });
    const helper = driver.addMember(server.id, { name: 'Hal', permissions: ['ManageChannels'] }).id;
    await lab.subscribe(staff, server.ownerId);
    expect(await lab.said(helper, lobby, 'subscriptions')).toContain(
      'No channel that you can see is subscribed. Begin with `/subscribe keywords:diffusion`, or `/subscribe topic:llm when:daily at:09:00`.\n\n1 more in a channel you cannot see.',
    );
  });

  it('still has those of a deleted channel, for who manages all channels', async () => {
    const doomed = lab.driver.createChannel(lab.server, { name: 'doomed' }).id;
    const id = await lab.subscribe(doomed);
    lab.driver.deleteChannel(doomed);
    await expect
      .poll(() => lab.said(lab.mod, lab.open, 'subscriptions'))
      .toContain('the channel was deleted');
    expect(JSON.stringify(await lab.type(lab.cornerer, lab.corner, 'subscriptions'))).not.toContain(id);
    expect(await lab.press(lab.cornerer, lab.corner, 'unsubscribe', [id])).toBe(refusals.hidden);
    expect(await lab.press(lab.mod, lab.open, 'unsubscribe', [id])).toMatch(/^Removed\. /);
    expect(await lab.said(lab.mod, lab.open, 'subscriptions')).not.toContain(doomed);
  });
});

describe('what is left of a deleted channel', () => {
  const HIDDEN = /\b1 more in a channel you cannot see\./;
  const wasDeleted = (user: string) =>
    expect.poll(() => lab.said(user, lab.open, 'subscriptions')).toContain('the channel was deleted');
  const owner = () => lab.sandbox.world.guilds.get(lab.server)?.ownerId ?? '';
  const hide = (name: string, ...from: string[]) => {
    const id = lab.driver.createChannel(lab.server, { name }).id;
    lab.driver.setOverwrite(id, { id: lab.server, deny: ['ViewChannel'] });
    for (const one of from) lab.driver.setOverwrite(id, { id: one, allow: ['ViewChannel', 'SendMessages'] });
    return id;
  };
  const history = (user: string) => lab.press(user, lab.open, 'history:0');

  it('that was hidden is for those who could see it, and counted for the others', async () => {
    const doomed = hide('layoffs', lab.mod, lab.role);
    const id = await lab.subscribe(doomed, lab.mod, 'layoffs');
    const counted = (shown: string) => Number(/(\d+) more in channels you cannot see/.exec(shown)?.[1]);
    const before = counted(await history(lab.blind));
    expect(before).toBeGreaterThan(0);
    lab.driver.deleteChannel(doomed);
    await wasDeleted(lab.mod);
    const told = new RegExp(`layoffs|${doomed}|${id}`);
    for (const user of [lab.blind, lab.curator]) {
      const message = await lab.type(user, lab.open, 'subscriptions');
      expect(textOf(message)).toMatch(HIDDEN);
      expect(JSON.stringify(message)).not.toMatch(told);
      expect(await lab.listed(user, lab.open)).not.toContain(id);
      expect(await lab.proposed(user, lab.open, 'filter test', 'filter')).not.toContain('layoffs');
      expect(await lab.press(user, lab.open, `edit:${id}`)).toBe(refusals.hidden);
      for (const button of ['unsubscribe', 'pause'])
        expect(await lab.press(user, lab.open, button, [id])).toBe(refusals.hidden);
    }
    const shown = await history(lab.blind);
    expect(counted(shown)).toBe(before);
    expect(shown).not.toMatch(told);
    expect(await history(lab.mod)).toMatch(/subscribed <#\d+> to `layoffs`/);
    expect(await lab.listed(lab.mod, lab.open)).toContain(id);
    await lab.press(lab.mod, lab.open, 'unsubscribe', [id]);
    expect(await history(lab.blind)).not.toMatch(told);
    expect(await history(lab.mod)).toContain(`removed \`layoffs\` from <#${doomed}>`);
  });

  it('that was hidden from one role, or one member, is not for these', async () => {
    for (const overwrite of [
      { id: lab.aside, deny: ['ViewChannel'] },
      { id: lab.blind, kind: 'member', deny: ['ViewChannel'] },
    ] as const) {
      const doomed = lab.driver.createChannel(lab.server, { name: 'doomed' }).id;
      lab.driver.setOverwrite(doomed, overwrite);
      const id = await lab.subscribe(doomed, lab.mod, 'layoffs');
      lab.driver.deleteChannel(doomed);
      await wasDeleted(lab.mod);
      expect(await lab.said(lab.blind, lab.open, 'subscriptions')).toMatch(HIDDEN);
      expect(await lab.press(lab.blind, lab.open, 'unsubscribe', [id])).toBe(refusals.hidden);
      await lab.press(lab.mod, lab.open, 'unsubscribe', [id]);
    }
  });

  it('that nobody was subscribed in any more is kept from who could not see it, and shown to who could', async () => {
    const secret = hide('plans', lab.mod, lab.role);
    const open = lab.driver.createChannel(lab.server, { name: 'gone' }).id;
    for (const [channel, filter] of [
      [secret, 'plans'],
      [open, 'tulips'],
    ]) {
      await lab.press(lab.mod, lab.open, 'unsubscribe', [await lab.subscribe(channel, lab.mod, filter)]);
      lab.driver.deleteChannel(channel);
    }
    await expect.poll(() => history(lab.mod)).toContain('plans');
    await expect.poll(() => history(lab.blind)).toContain('tulips');
    expect(await history(lab.blind)).not.toMatch(new RegExp(`plans|${secret}`));
    for (const id of [secret, open]) expect(await history(lab.mod)).not.toContain(`<#${id}> from`);
  });

  it('while nobody listened is for administrators and the owner alone', async () => {
    const { driver, server } = lab;
    const admin = driver.addMember(server, { name: 'Ada', permissions: ['Administrator'] }).id;
    const doomed = driver.createChannel(server, { name: 'doomed' }).id;
    const id = await lab.subscribe(doomed, lab.mod, 'glaciers');
    await lab.restart(() => driver.deleteChannel(doomed));
    for (const user of [owner(), admin]) {
      await wasDeleted(user);
      expect(await history(user)).toContain('glaciers');
    }
    expect(await lab.said(lab.mod, lab.open, 'subscriptions')).toMatch(HIDDEN);
    expect(await history(lab.mod)).not.toContain('glaciers');
    expect(await lab.press(lab.mod, lab.open, 'unsubscribe', [id])).toBe(refusals.hidden);
    await lab.press(owner(), lab.open, 'unsubscribe', [id]);
  });
});

describe('somebody who was timed out', () => {
  it('moderates nothing until that is over', async () => {
    const id = await lab.subscribe(lab.open);
    lab.driver.timeOut(lab.server, lab.mod, lab.clock.now() + HOUR);
    expect(await lab.press(lab.mod, lab.open, 'pause', [id])).toBe(refusals.notFor('subscriptions'));
    lab.clock.leap(2 * HOUR);
    expect(await lab.press(lab.mod, lab.open, 'pause', [id])).toContain('paused');
  });
});

describe('in a thread', () => {
  it('the rules of its channel hold, and nobody changes another channel by them', async () => {
    const { driver, server } = lab;
    const id = await lab.subscribe(lab.open);
    const thread = driver.createThread(lab.open, { name: 'talk', user: lab.mod }).id;
    expect(await lab.press(lab.mod, thread, 'pause', [id])).toContain('paused');
    const command = await driver.untilCommand('subscriptions');
    driver.setCommandPermissions(server, command, [
      { id: lab.open, type: ApplicationCommandPermissionType.Channel, permission: false },
    ]);
    expect(await lab.press(lab.mod, thread, 'pause', [id])).toBe(refusals.notFor('subscriptions'));
    lab.letIn(command);
    const corner = driver.createThread(lab.corner, { name: 'corner talk', user: lab.cornerer }).id;
    expect(await lab.press(lab.cornerer, corner, 'pause', [id])).toBe(refusals.notManaged(lab.open));
  });
});

describe('while Discord does not tell what the Integrations page says', () => {
  const isAsked = (path: string) => path.endsWith('/commands/permissions');
  /** What was known is no longer counted on. */
  const forget = () => {
    lab.driver.setServerAvailable(lab.server, false);
    lab.driver.setServerAvailable(lab.server, true);
  };
  afterEach(() => {
    lab.driver.setFaults(null);
    forget();
  });

  it.each([
    ['answers with an error', { kind: 'status', status: 500 }],
    ['does not answer', { kind: 'hang' }],
  ] as const)(
    'because it %s, buttons are for whoever manages the channel, and answered in time',
    async (_, fault) => {
      const id = await lab.subscribe(lab.open);
      forget();
      lab.driver.setFaults(({ path }) => (isAsked(path) ? fault : null));
      expect(await lab.press(lab.curator, lab.open, 'pause', [id])).toBe(refusals.notFor('subscriptions'));
      expect(await lab.press(lab.mod, lab.open, 'pause', [id])).toContain('paused');
      expect(await lab.said(lab.curator, lab.open, 'subscriptions')).toContain('paused');
      expect(await lab.listed(lab.mod, lab.open)).toEqual([id]);
    },
  );
});
