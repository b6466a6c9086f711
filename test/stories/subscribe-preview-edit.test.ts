import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import { contentOf } from '#test/read-message.ts';
import { type Answer, buttonsOf, footerOf, type Harness, linesOf, openHarness, titleOf } from './harness.ts';

let harness: Harness;
let ana: string;
let readers: string;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Ocean waves' }, { title: 'Ocean ice' }, { title: 'Desert wind' });
  ana = harness.driver.addMember(harness.server, { name: 'Ana', permissions: ['ManageChannels'] }).id;
  readers = harness.driver.createRole(harness.server, { name: 'readers', mentionable: true }).id;
});
beforeEach(async () => {
  for (const { id } of harness.stored()) await harness.remove(id);
});
afterAll(() => harness.close());

const SAVED = { keywords: 'ocean', what: 'all new', quiet: '22:00-07:00', zone: 'Europe/Berlin' };
/** Somebody presses a button; the mod where nobody is named. */
const press = (message: Answer, label: string, user = harness.moderator) =>
  harness.driver.click({ user, channel: harness.channel, message: message.id, label }).message();
/** Subscribes, and presses Edit under the answer. */
const opened = async (options: Record<string, string | boolean> = SAVED) =>
  press(await harness.subscribe(options), 'Edit');
type Form = { title: string; components: { component: { custom_id: string; value?: string } }[] };
/** Opens the form behind Change. */
const change = async (message: Answer, user = harness.moderator) => {
  const life = harness.driver.click({ user, channel: harness.channel, message: message.id, label: 'Change' });
  const { title, components } = (await life.modal()) as unknown as Form;
  const fields = components.map(({ component }) => [component.custom_id, component.value ?? '']);
  return { life, title, fields: Object.fromEntries(fields) };
};
/** Fills the form behind Change in, and sends it off. */
const changeTo = async (message: Answer, fields: Record<string, string>, user = harness.moderator) => {
  const { life } = await change(message, user);
  const sent = await harness.driver.submitModal({ user, channel: harness.channel, life, fields });
  return sent.message();
};

describe('Edit of a saved subscription', () => {
  it('shows it as it is saved, and its form with all that is saved', async () => {
    const shown = await opened();
    expect([shown.ephemeral, titleOf(shown)]).toEqual([true, `<#${harness.channel}>, as it is saved`]);
    expect(buttonsOf(shown)).toEqual(['Change', 'Cancel']);
    expect(footerOf(shown)).toBe('Nothing is changed until you press Save.');
    const { title, fields } = await change(shown);
    expect(title).toBe('Change the subscription');
    expect(fields).toEqual({
      ...{ filter: 'ocean', lines: 'what: all new\nquiet: 22:00-07:00\nzone: Europe/Berlin', role: '' },
    });
  });

  it('shows what another filter brings more and less, saves it by Save, and takes it back by Undo', async () => {
    const shown = await changeTo(await opened(), { filter: 'waves OR desert' });
    expect(titleOf(shown)).toBe(`Not saved yet: <#${harness.channel}>`);
    const from = linesOf(shown).indexOf('Compared with what is saved, in the last day: **+1 / −1**');
    expect(linesOf(shown).slice(from + 1, from + 3)).toEqual(['+ Desert wind', '− Ocean ice']);
    expect(buttonsOf(shown)).toEqual(['Save', 'Change', 'Cancel']);
    expect(harness.stored()).toMatchObject([{ filter: 'ocean' }]);
    const saved = await press(shown, 'Save');
    expect([saved.id, titleOf(saved)]).toEqual([shown.id, 'Saved']);
    expect(linesOf(saved)[0]).toMatch(/^<#\d+> gets `waves OR desert`: every new paper, /);
    expect(harness.stored()).toMatchObject([{ filter: 'waves OR desert', quiet: { from: '22:00' } }]);
    expect(harness.history().at(-1)).toBe('changed');
    await press(saved, 'Undo');
    expect(harness.stored()).toMatchObject([{ filter: 'ocean' }]);
  });

  it('changes every option: what is left out is as usual', async () => {
    const shown = await changeTo(await opened({ ...SAVED, silent: true }), {
      ...{ filter: 'ocean', lines: 'when: weekly friday\nat: 08:30\nzone: Europe/Berlin\nmention: every' },
      role: readers,
    });
    await press(shown, 'Save');
    expect(harness.stored()).toMatchObject([
      {
        ...{ what: { kind: 'trending', sensitivity: 'balanced' }, quiet: null, silent: false },
        ...{ roleId: readers, mention: 'every' },
        when: { kind: 'weekly', weekday: 5, at: '08:30', zone: 'Europe/Berlin' },
      },
    ]);
    const saved = await press(await harness.ask('subscriptions'), 'History');
    expect(linesOf(saved)[0]).toContain(
      `changed \`ocean\` in <#${harness.channel}>: all new → balanced, as it happens → Friday 08:30 Berlin, `,
    );
  });

  it('keeps the role that is saved, whether the asker may mention it or not', async () => {
    const { driver, server } = harness;
    const staff = driver.createRole(server, { name: 'staff', mentionable: true }).id;
    const answer = await harness.subscribe({ ...SAVED, role: staff });
    const shown = await changeTo(await press(answer, 'Edit'), { filter: 'ocean OR desert' });
    await press(shown, 'Save');
    expect(harness.stored()).toMatchObject([{ filter: 'ocean OR desert', roleId: staff }]);
  });

  it('says no and gives back what was typed where it cannot be read', async () => {
    const refused = await changeTo(await opened(), { filter: 'ocean', lines: 'silent: perhaps' });
    expect(contentOf(refused)).toBe('“perhaps” is neither yes nor no. Write it like `silent: yes`.');
    const again = await changeTo(refused, { filter: 'ocean', lines: 'what: all new\nsilent: yes' });
    await press(again, 'Save');
    expect(harness.stored()).toMatchObject([{ silent: true }]);
  });

  it('leaves all as it is by Cancel', async () => {
    const shown = await changeTo(await opened(), { filter: 'desert' });
    const gone = await press(shown, 'Cancel');
    expect(linesOf(gone)).toEqual(['The subscription stays as it is. `/subscriptions` shows it.']);
    expect(harness.stored()).toMatchObject([{ filter: 'ocean' }]);
  });

  it('saves once, however often Save is pressed', async () => {
    const shown = await changeTo(await opened(), { filter: 'desert' });
    const customId = /"(subscribe:[^"]+)"/.exec(JSON.stringify(shown.components))?.[1] ?? '';
    const at = { user: harness.moderator, channel: harness.channel, message: shown.id };
    const lives = [harness.driver.click({ ...at, customId }), harness.driver.click({ ...at, customId })];
    const changes = harness.history().length;
    const titles = await Promise.all(lives.map(async (life) => titleOf(await life.message())));
    expect(titles.toSorted()).toEqual(['Saved', 'Saved already']);
    expect(harness.history().length - changes).toBe(1);
  });

  it('refuses a filter that another subscription of the channel has', async () => {
    await harness.subscribe({ ...SAVED, keywords: 'desert' });
    const refused = await changeTo(await opened(), { filter: 'Desert' });
    expect(contentOf(refused)).toMatch(/is subscribed to `desert` already/);
  });
});

describe('an end that is saved', () => {
  it('stands in the form, goes where its line goes, and is back by Undo', async () => {
    const shown = await opened({ ...SAVED, until: '2026-12-31' });
    const { fields } = await change(shown);
    expect(fields.lines.split('\n')).toContain('until: 2026-12-31');
    const without = await changeTo(shown, { lines: fields.lines.replace('until: 2026-12-31', '') });
    const saved = await press(without, 'Save');
    expect(harness.stored()[0].until).toBeUndefined();
    await press(saved, 'Undo');
    expect(harness.stored()).toMatchObject([{ until: { day: '2026-12-31', zone: 'Europe/Berlin' } }]);
  });
});

describe('two moderators at one subscription', () => {
  /** The other one comes to it by the same order, which is there already. */
  const hersOpened = async () => {
    const at = { user: ana, channel: harness.channel };
    return press(await subscribeByHand(harness.driver, { ...at, options: SAVED }), 'Edit', ana);
  };

  it('are shown both versions, and each can be gone on with', async () => {
    const mine = await changeTo(await opened(), { filter: 'ocean OR desert' });
    const hers = await changeTo(await hersOpened(), { filter: 'waves' }, ana);
    await press(hers, 'Save', ana);
    const shown = await press(mine, 'Save');
    expect(titleOf(shown)).toBe('Changed meanwhile');
    expect(linesOf(shown)[0]).toMatch(
      new RegExp(`^<@${ana}> changed this subscription <t:\\d+:R>\\. Nothing of yours is saved yet\\.$`),
    );
    expect(linesOf(shown).filter((line) => line.includes('`') || line.startsWith('**'))).toEqual([
      '**Saved now**',
      expect.stringMatching(/^`waves`: every new paper/),
      '**Yours**',
      expect.stringMatching(/^`ocean OR desert`: every new paper/),
    ]);
    expect(buttonsOf(shown)).toEqual(['Show what is saved', 'Use mine', 'Cancel']);
    expect(harness.stored()).toMatchObject([{ filter: 'waves' }]);
    const again = await press(shown, 'Use mine');
    expect(linesOf(again)).toContain('Compared with what is saved, in the last day: **+2 / −0**');
    await press(again, 'Save');
    expect(harness.stored()).toMatchObject([{ filter: 'ocean OR desert' }]);
  });

  it('go on from what the other saved by the other button', async () => {
    const mine = await changeTo(await opened(), { filter: 'desert' });
    await press(await changeTo(await hersOpened(), { filter: 'waves' }, ana), 'Save', ana);
    const shown = await press(await press(mine, 'Save'), 'Show what is saved');
    expect([shown.id, titleOf(shown)]).toEqual([mine.id, `<#${harness.channel}>, as it is saved`]);
    expect((await change(shown)).fields.filter).toBe('waves');
  });

  it('hear that it was removed meanwhile', async () => {
    const mine = await changeTo(await opened(), { filter: 'desert' });
    await harness.remove(harness.stored()[0].id);
    const told = await press(mine, 'Save');
    expect(contentOf(told)).toMatch(/^That subscription is no longer there\./);
    expect(harness.stored()).toEqual([]);
  });
});
