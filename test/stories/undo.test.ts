import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';
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
    expect(linesOf(history)[0]).toMatch(/> brought `ocean -survey` back in <#\d+>$/);
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
    expect(buttonsOf(undone)).toEqual(['All subscriptions']);
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

  it('tells what somebody did since, and overwrites nothing', async () => {
    const answer = await edited(ids[0], 'ocean OR ice');
    await edited(ids[0], 'ocean OR wind');
    expect(textOf(await harness.click(answer.id, 'Undo'))).toBe(
      `This was changed again since. <#${harness.channel}> now has \`ocean OR wind\`: every new paper, as they happen, at most 3 cards a day (strict papers to 6), the rest in a digest, quiet 22:00 to 07:00 (UTC), silent. Nothing was undone. \`/subscriptions\` shows it, and its History who changed it.\n`,
    );
    await harness.remove(ids[0]);
    expect(textOf(await harness.click(answer.id, 'Undo'))).toBe(
      'This subscription was removed since. Nothing was undone. The History of `/subscriptions` tells who removed it.\n',
    );
    expect(harness.stored().map(({ filter }) => filter)).toEqual(['desert']);
  });

  it('of a new subscription leaves one that was changed since', async () => {
    const answer = await harness.subscribe({ keywords: 'ice' });
    const id = harness.stored().find(({ filter }) => filter === 'ice')?.id ?? '';
    await edited(id, 'ice OR snow');
    expect(textOf(await harness.click(answer.id, 'Undo'))).toMatch(/^This was changed again since\./);
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
    expect(textOf(await harness.click(removed.id, 'Undo'))).toMatch(/^That is too old to be undone/);
  });
});
