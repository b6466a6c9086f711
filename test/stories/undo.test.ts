import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, choicesOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
import { formInList, inList } from './in-list.ts';
import { textOf } from './stage.ts';

const MINUTE = 60_000;

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z', { SUBSCRIPTIONS_PER_CHANNEL: '3' });
});
afterAll(() => harness.close());

let ids: string[];
beforeEach(async () => {
  for (const { id } of harness.stored()) await harness.remove(id);
  for (const keywords of ['ocean -survey', 'desert']) {
    harness.clock.leap(1000);
    await harness.subscribe({ keywords, what: 'all', cap: 3, silent: true, quiet: '22:00-07:00' });
  }
  ids = harness.stored().map(({ id }) => id);
});

/** What a moderator decided of each, in the order of the list. */
const decided = (): Partial<Subscription>[] =>
  harness
    .stored()
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(({ since: _, was: __, ...rest }) => rest);
const list = () => harness.ask('subscriptions');
const edited = async (id: string, filter: string): Promise<Answer> => {
  const at = { user: harness.moderator, channel: harness.channel };
  const life = await harness.form(id);
  return (await harness.driver.submitModal({ ...at, life, fields: { filter } })).message();
};

describe('what was done can be undone:', () => {
  it('a removed subscription comes back as it was, on its place, and posts what comes from now on', async () => {
    const before = decided();
    const removed = await harness.remove(ids[0]);
    expect(contentOf(removed)).toBe(
      `Removed. \`ocean -survey\` posts nothing in <#${harness.channel}> any more.`,
    );
    expect(buttonsOf(removed)).toEqual(['History', 'Server settings', 'Undo']);
    harness.clock.leap(5 * MINUTE);
    const back = await harness.click(removed.id, 'Undo');
    expect(contentOf(back)).toBe(
      `Undone. <#${harness.channel}> is subscribed to \`ocean -survey\` again: every new paper, as they happen, at most 3 cards a day (strict papers to 6), the rest in a digest, quiet 22:00 to 07:00 (UTC), silent. What came in between is not posted: it goes on with the next paper.`,
    );
    expect(titleOf(back)).toBe('2 subscriptions');
    expect(linesOf(back)[1]).toBe(
      '**1.** `ocean -survey` · all new, at most 3 cards a day, quiet 22:00 to 07:00 UTC, silent',
    );
    expect(decided()).toEqual(before);
    const since = harness.stored().find(({ id }) => id === ids[0])?.since ?? 0;
    expect(harness.clock.now() - since).toBeLessThan(MINUTE);
    expect(harness.history().slice(-2)).toEqual(['removed', 'undone']);
    const history = await harness.click(back.id, 'History');
    expect(linesOf(history)[0]).toMatch(
      /^\*\*1\.\*\* <t:\d+:f> <@\d+> brought `ocean -survey` back in <#\d+>$/,
    );
  });

  it('pausing and resuming, with the reason', async () => {
    const before = decided();
    const paused = await harness.pause(ids[0]);
    expect(contentOf(paused)).toBe(
      `Paused. \`ocean -survey\` posts nothing in <#${harness.channel}> until it is resumed.`,
    );
    const during = decided();
    const resumed = await harness.resume(ids[0]);
    expect(contentOf(resumed)).toBe(
      `Resumed. \`ocean -survey\` posts in <#${harness.channel}> what comes from now on.`,
    );
    const again = await harness.click(resumed.id, 'Undo');
    expect(contentOf(again)).toBe(`Undone. \`ocean -survey\` is paused again in <#${harness.channel}>.`);
    expect(decided()).toEqual(during);
    const runs = await harness.click(paused.id, 'Undo');
    expect(contentOf(runs)).toMatch(/^Undone\. `ocean -survey` runs again in <#\d+>\. What came in between/);
    expect(decided()).toEqual(before);
  });

  it('a changed filter', async () => {
    const before = decided();
    const answer = await edited(ids[0], 'ocean OR ice');
    expect(buttonsOf(answer)).toEqual(['Undo', 'All subscriptions']);
    const undone = await harness.click(answer.id, 'Undo');
    expect([undone.id, titleOf(undone), ...linesOf(undone)]).toEqual([
      answer.id,
      'Undone',
      `<#${harness.channel}> has the filter \`ocean -survey\` again.`,
    ]);
    expect(decided()).toEqual(before);
    expect(buttonsOf(undone)).toEqual(['All subscriptions', 'History']);
  });

  it('a new subscription; who presses twice is told that it is done', async () => {
    const answer = await harness.subscribe({ keywords: 'ice' });
    const copy = await harness.subscribe({ keywords: 'ice' });
    expect(textOf(await harness.click(answer.id, 'Undo'))).toContain('Taken back\n');
    expect(harness.stored()).toHaveLength(2);
    expect(textOf(await harness.click(copy.id, 'Undo'))).toContain('Taken back already\n');
    expect(harness.stored()).toHaveLength(2);
  });
});

describe('an Undo', () => {
  it('works after a restart, for another moderator, and once', async () => {
    const before = decided();
    const removed = await harness.remove(ids[0]);
    const key = /"(undo:[^"]+)"/.exec(JSON.stringify(removed.components))?.[1] ?? '';
    expect(key.length).toBeLessThanOrEqual(100);
    await harness.restart();
    await harness.driver.untilCommand('subscriptions');
    await harness.click(removed.id, 'Undo');
    expect(decided()).toEqual(before);
  });

  it('of a new subscription leaves one that was changed since', async () => {
    const answer = await harness.subscribe({ keywords: 'ice' });
    const id = harness.stored().find(({ filter }) => filter === 'ice')?.id ?? '';
    await edited(id, 'ice OR snow');
    expect(textOf(await harness.click(answer.id, 'Undo'))).toMatch(/^\nThis was changed since\n/);
    expect(harness.stored()).toHaveLength(3);
  });

  it('brings none back beside one of the same meaning, nor more than a channel holds', async () => {
    const removed = await harness.remove(ids[0]);
    await harness.subscribe({ keywords: 'NOT survey AND ocean', what: 'all' });
    expect(textOf(await harness.click(removed.id, 'Undo'))).toMatch(
      /is subscribed to `NOT survey AND ocean` already/,
    );
    await harness.remove(harness.stored()[1].id);
    for (const keywords of ['ice', 'snow']) await harness.subscribe({ keywords });
    expect(textOf(await harness.click(removed.id, 'Undo'))).toMatch(
      /^<#\d+> has no room for it: there can be 3 subscriptions in a channel\. Nothing was undone\./,
    );
    expect(harness.stored()).toHaveLength(3);
  });

  it('is not there for what changed nothing, and takes back nothing else', async () => {
    const same = await edited(ids[0], 'ocean -survey');
    expect([titleOf(same), buttonsOf(same)]).toEqual(['The filter is the same', ['All subscriptions']]);
    const stale = await harness.click((await harness.pick(await list(), ids[1])).id, 'Pause');
    await harness.pause(ids[1]);
    await edited(ids[1], 'desert OR dune');
    const again = await harness.choose(stale.id, `pause-for:${ids[1]}:0`, 'open');
    expect(contentOf(again)).toMatch(/^Paused\. `desert OR dune` posts nothing/);
    expect(buttonsOf(again)).not.toContain('Undo');
  });

  it('is of what one did oneself: who wants what another just subscribed is told that it is there', async () => {
    const other = harness.driver.addMember(harness.server, {
      name: 'Ana',
      permissions: ['ManageChannels'],
    }).id;
    const asked = { user: other, channel: harness.channel };
    await harness.subscribe({ keywords: 'ice OR snow' });
    const hers = await subscribeByHand(harness.driver, { ...asked, options: { keywords: 'snow OR ice' } });
    expect([titleOf(hers), buttonsOf(hers)]).toEqual(['Subscribed already', ['Edit', 'All subscriptions']]);
    await edited(ids[0], 'wind');
    const own = await harness.subscribe({
      ...{ keywords: 'wind', what: 'all', cap: 3, silent: true, quiet: '22:00-07:00' },
    });
    expect([titleOf(own), buttonsOf(own)]).toEqual(['Subscribed already', ['Edit', 'All subscriptions']]);
  });

  it('tells of a channel that was deleted, and of a role', async () => {
    const side = harness.channelNamed('side');
    const role = harness.driver.createRole(harness.server, { name: 'readers', mentionable: true }).id;
    await harness.subscribe({ keywords: 'ice', channel: side });
    await harness.subscribe({ keywords: 'snow', role });
    const [snow, ice] = ['snow', 'ice'].map(
      (filter) => harness.stored().find((one) => one.filter === filter)?.id ?? '',
    );
    const roleless = await harness.remove(snow);
    const homeless = await harness.remove(ice);
    harness.driver.deleteRole(harness.server, role);
    harness.driver.deleteChannel(side);
    await expect
      .poll(async () => textOf(await harness.click(homeless.id, 'Undo')))
      .toBe(
        'The channel of this subscription was deleted, so it cannot be brought back. Nothing was undone. `/subscribe` begins anew in another channel.\n',
      );
    expect(contentOf(await harness.click(roleless.id, 'Undo'))).toContain(
      'Its role was deleted, so its posts mention nobody.',
    );
  });

  it('is forgotten after 30 days', async () => {
    const removed = await harness.remove(ids[0]);
    harness.clock.leap(31 * 24 * 60 * MINUTE);
    expect(textOf(await harness.click(removed.id, 'Undo'))).toMatch(
      /^That cannot be undone any more: changes are kept for 30 days/,
    );
  });
});

describe('an Undo in the History', () => {
  const person = (name: string) =>
    harness.driver.addMember(harness.server, { name, permissions: ['ManageChannels'] }).id;
  const historyOf = async () => harness.click((await list()).id, 'History');
  const options = (history: Answer) => choicesOf(history, 'take-back:0');
  const undoFor = async (user: string, history: Answer, label: string): Promise<Answer> => {
    const values = [options(history).find((one) => one.label === label)?.value ?? ''];
    const at = { user, channel: harness.channel, message: history.id, customId: 'take-back:0' };
    return harness.driver.choose({ ...at, values }).message();
  };

  it('brings back what a member removed who left the server since, for any moderator', async () => {
    const before = decided();
    const ana = person('Ana');
    await inList(harness.driver, { user: ana, channel: harness.channel }, ids[0], 'Remove');
    harness.driver.removeMember(harness.server, ana);
    const history = await historyOf();
    expect(linesOf(history)[0]).toMatch(
      new RegExp(`^\\*\\*1\\.\\*\\* <t:\\d+:f> <@${ana}> removed \`ocean -survey\` from`),
    );
    expect(options(history).slice(0, 3)).toMatchObject([
      { label: '1. Removed: ocean -survey', description: '#papers' },
      { label: '2. Subscribed: desert' },
      { label: '3. Subscribed: ocean -survey' },
    ]);
    const undone = await undoFor(harness.moderator, history, '1. Removed: ocean -survey');
    expect([undone.id, titleOf(undone), linesOf(undone)[0]]).toEqual([
      history.id,
      'Undone',
      expect.stringMatching(/^<#\d+> is subscribed to `ocean -survey` again: every new paper/),
    ]);
    expect(decided()).toEqual(before);
    const again = await historyOf();
    expect(titleOf(await undoFor(harness.moderator, again, '2. Removed: ocean -survey'))).toBe(
      'Undone already',
    );
  });

  it('out of order overwrites nothing: what stands in the way is shown, and put back all the same or left', async () => {
    await edited(ids[0], 'ocean OR ice');
    const bo = person('Bo');
    const form = await formInList(harness, { user: bo, channel: harness.channel }, ids[0]);
    const at = { user: bo, channel: harness.channel };
    await (
      await harness.driver.submitModal({ ...at, life: form, fields: { filter: 'ocean OR wind' } })
    ).message();
    const history = await historyOf();
    const press = () => undoFor(harness.moderator, history, '2. Changed: ocean OR ice');
    const terms =
      'every new paper, as they happen, at most 3 cards a day (strict papers to 6), the rest in a digest, quiet 22:00 to 07:00 (UTC), silent';
    const conflict = await press();
    expect([titleOf(conflict), ...linesOf(conflict)]).toEqual([
      'This was changed since',
      `This is about <#${harness.channel}>.`,
      `**Undo would make it:** \`ocean -survey\`: ${terms}`,
      `**Now:** \`ocean OR wind\`: ${terms}`,
      expect.stringMatching(new RegExp(`^<@${bo}> changed it <t:\\d+:f>\\.$`)),
      '',
      'Nothing was undone yet.',
    ]);
    expect(buttonsOf(conflict)).toEqual(['Put it back all the same', 'Leave it']);
    const left = await harness.click(conflict.id, 'Leave it');
    expect(linesOf(left)[0]).toMatch(/changed `ocean OR ice` to `ocean OR wind` in <#\d+>$/);
    expect(harness.stored().map(({ filter }) => filter)).toContain('ocean OR wind');
    await historyOf();
    const shown = await undoFor(harness.moderator, left, '2. Changed: ocean OR ice');
    await harness.restart();
    await harness.driver.untilCommand('subscriptions');
    const back = await harness.click(shown.id, 'Put it back all the same');
    expect(linesOf(back)[0]).toBe(`<#${harness.channel}> has the filter \`ocean -survey\` again.`);
    expect(harness.stored().map(({ filter }) => filter)).toContain('ocean -survey');
  });

  it('is for nobody who may not, and of no channel that they cannot see, though their list is older', async () => {
    const cleo = person('Cleo');
    const secret = harness.channelNamed('secret-lab');
    await harness.subscribe({ keywords: 'river', channel: secret });
    const at = { user: cleo, channel: harness.channel };
    const open = async () => {
      const { id } = await harness.driver.slash({ ...at, name: 'subscriptions' }).message();
      return harness.driver.click({ ...at, message: id, label: 'History' }).message();
    };
    const history = await open();
    const stored = harness.stored().length;
    harness.driver.setOverwrite(secret, { id: harness.server, deny: ['ViewChannel'] });
    await expect.poll(async () => textOf(await open())).toContain('1 more in a channel you cannot see.');
    expect(JSON.stringify((await open()).components)).not.toMatch(new RegExp(`river|secret-lab|${secret}`));
    expect(textOf(await undoFor(cleo, history, '1. Subscribed: river'))).toMatch(
      /^This is about a channel that you cannot see, so nothing was changed\./,
    );
    harness.driver.setMemberRoles(harness.server, cleo, []);
    expect(textOf(await undoFor(cleo, history, '2. Subscribed: desert'))).toMatch(/^Only members with/);
    expect(harness.stored()).toHaveLength(stored);
    harness.driver.setOverwrite(secret, { id: harness.server });
    await expect.poll(async () => textOf(await list())).toContain('river');
  });

  it('shows one channel alone, picked by its name, with what differs from before', async () => {
    const side = harness.channelNamed('aside');
    await harness.subscribe({ keywords: 'ice', channel: side });
    const { id } = harness.stored().find(({ channelId }) => channelId === side) ?? { id: '' };
    await harness.pause(id);
    const history = await historyOf();
    expect(choicesOf(history, 'history:of').slice(0, 2)).toMatchObject([
      { label: 'The whole server' },
      { label: '#aside', value: side, description: '2 changes' },
    ]);
    const alone = await harness.choose(history.id, 'history:of', side);
    expect([titleOf(alone), linesOf(alone)[0], linesOf(alone).length]).toEqual([
      '2 changes',
      `-# Of <#${side}> alone.`,
      3,
    ]);
    const undone = await harness.choose(
      alone.id,
      `take-back:0::${side}`,
      choicesOf(alone, `take-back:0::${side}`)[0]?.value ?? '',
    );
    expect(linesOf(undone)[0]).toMatch(/^`ice` runs again in/);
  });
});
