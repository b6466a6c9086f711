import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, choicesOf, type Harness, linesOf, openHarness } from './harness.ts';
import { idIn } from './lab.ts';
import { textOf } from './stage.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z', {}, { zone: null });
  await harness.print({ title: 'Ocean waves' });
});
afterEach(() => harness.close());

const DAILY = { keywords: 'ocean', what: 'all', when: 'daily 9' };
const zoneOfServer = () => JSON.parse(harness.settings().at(-1) ?? '{}').zone as string | null;

describe('an hour without a city', () => {
  it('is asked for, with three likely cities by the language, and nothing is saved', async () => {
    harness.driver.setUser(harness.moderator, { locale: 'de' });
    const asked = await harness.ask('subscribe', DAILY);
    expect(linesOf(asked)).toEqual([
      'An hour was named, and no city. This is asked once for the whole server, and Server settings under `/subscriptions` change it. Nothing is saved yet.',
    ]);
    expect(choicesOf(asked, idIn(asked, 'zone:')).map(({ label }) => label)).toEqual([
      ...['Berlin (13:00 there now)', 'Vienna (13:00 there now)', 'Zurich (13:00 there now)', 'Another city'],
    ]);
    expect(buttonsOf(asked)).toEqual(['Change', 'Cancel']);
    expect(harness.stored()).toEqual([]);
  });

  it('is the server’s from Subscribe on: nobody is asked again', async () => {
    const asked = await harness.ask('subscribe', DAILY);
    const preview = await harness.choose(asked.id, idIn(asked, 'zone:'), 'America/Chicago');
    expect(zoneOfServer()).toBe(null);
    const saved = await harness.click(preview.id, 'Subscribe');
    expect(textOf(saved)).toContain('America/Chicago is this server’s zone from now on');
    const next = await harness.ask('subscribe', { keywords: 'waves', quiet: '22-7' });
    expect(textOf(next)).toContain('quiet 22:00 to 07:00 Chicago');
    await harness.click(next.id, 'Subscribe');
    expect(harness.stored()).toMatchObject([
      { when: { kind: 'daily', at: '09:00', zone: 'America/Chicago' } },
      { quiet: { from: '22:00', to: '07:00', zone: 'America/Chicago' } },
    ]);
  });

  it('can be any other city, by a form; what is no city is given back', async () => {
    const { driver, moderator: user, channel } = harness;
    const asked = await harness.ask('subscribe', DAILY);
    const customId = idIn(asked, 'zone:');
    const open = async (text: string) => {
      const life = driver.choose({ user, channel, message: asked.id, customId, values: ['other'] });
      await life.modal();
      return (await driver.submitModal({ user, channel, life, fields: { zone: text } })).message();
    };
    expect(textOf(await open('Berlim'))).toContain('Did you mean `zone:Berlin`');
    const again = await harness.ask('subscribe', DAILY);
    const life = driver.choose({
      ...{ user, channel, message: again.id, customId: idIn(again, 'zone:'), values: ['other'] },
    });
    await life.modal();
    const preview = await (
      await driver.submitModal({ user, channel, life, fields: { zone: 'Kathmandu' } })
    ).message();
    expect(textOf(preview)).toContain('daily 09:00 Kathmandu');
  });

  it('is not asked for where the city was typed, which is the server’s then; nor where there is no hour', async () => {
    await harness.subscribed({ ...DAILY, zone: 'Tokyo' });
    expect(zoneOfServer()).toBe('Asia/Tokyo');
    const other = await harness.ask('subscribe', { keywords: 'waves', what: 'all' });
    expect(buttonsOf(other)).toEqual(['Subscribe', 'Change', 'Cancel']);
  });

  it('proposes first what the server’s subscriptions have', async () => {
    await harness.subscribed({ ...DAILY, zone: 'Lima' });
    await harness.changeSettings({ samePaper: 'full', zone: null, notices: null });
    const asked = await harness.ask('subscribe', { ...DAILY, keywords: 'waves' });
    expect(choicesOf(asked, idIn(asked, 'zone:'))[0].value).toBe('America/Lima');
  });
});

describe('the zone under Server settings', () => {
  it('is changed by a form, taken back by Undo, and concerns what is subscribed from then on', async () => {
    const { driver, channel } = harness;
    await harness.subscribed({ ...DAILY, zone: 'Tokyo' });
    const user = driver.addMember(harness.server, {
      name: 'owner',
      permissions: ['ManageGuild', 'ManageChannels'],
    }).id;
    const list = await driver.slash({ user, channel, name: 'subscriptions', options: {} }).message();
    const settings = await driver
      .click({ user, channel, message: list.id, label: 'Server settings' })
      .message();
    expect(textOf(settings)).toContain('An hour without a city is meant in Asia/Tokyo.');
    const life = driver.click({ user, channel, message: settings.id, label: 'Change the zone' });
    await life.modal();
    const changed = await (
      await driver.submitModal({ user, channel, life, fields: { zone: 'Paris' } })
    ).message();
    expect([zoneOfServer(), harness.stored()[0].when]).toMatchObject([
      'Europe/Paris',
      { zone: 'Asia/Tokyo' },
    ]);
    expect(buttonsOf(changed)).toEqual(['Undo', 'Change the zone', 'All subscriptions']);
    await driver.click({ user, channel, message: changed.id, label: 'Undo' }).message();
    expect(zoneOfServer()).toBe('Asia/Tokyo');
  });
});
