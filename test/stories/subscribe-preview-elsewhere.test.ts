import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, linesOf, openHarness } from './harness.ts';

let harness: Harness;
let other: string;
let secret: string;
let keeper: string;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
  await harness.print({ title: 'Ocean waves' }, { title: 'Ocean ice' }, { title: 'Desert wind' });
  const { driver, server } = harness;
  other = harness.channelNamed('side');
  secret = harness.channelNamed('secret');
  keeper = driver.addMember(server, { name: 'Kim', permissions: ['ManageChannels', 'ManageGuild'] }).id;
  await harness.subscribe({ keywords: 'waves OR desert', what: 'all' }, other);
  await harness.subscribe({ keywords: 'ice', what: 'all' }, secret);
  await harness.subscribe({ keywords: 'storm', what: 'all' }, harness.channelNamed('storms'));
});
afterAll(() => harness.close());

const also = async (options = {}): Promise<string> => {
  const shown = await harness.ask('subscribe', { keywords: 'ocean', what: 'all', ...options });
  return linesOf(shown).find((line) => / also comes? to /.test(line)) ?? '';
};
/** Who manages the server sets what becomes of the same paper in several channels. */
const setSamePaper = async (value: string) => {
  const at = { user: keeper, channel: harness.channel };
  const list = await harness.driver.slash({ ...at, name: 'subscriptions', options: {} }).message();
  const page = await harness.driver.click({ ...at, message: list.id, label: 'Server settings' }).message();
  const customId = 'server-settings:same-paper';
  await harness.driver.choose({ ...at, message: page.id, customId, values: [value] }).message();
};

describe('papers of a preview that other channels get too', () => {
  it('are counted, with the channels; one that comes nowhere else says nothing', async () => {
    expect(await also()).toBe(`2 of them also come to <#${other}> and <#${secret}>.`);
    expect(await also({ keywords: 'waves' })).toBe(`1 of them also comes to <#${other}>.`);
    expect(await also({ keywords: 'nothing' })).toBe('');
  });

  it('are told with what the server’s setting makes of them', async () => {
    await setSamePaper('line');
    expect(await also({ keywords: 'waves', when: 'daily', at: '13:00', zone: 'UTC' })).toBe(
      `1 of them also comes to <#${other}>. 1 would stand here as one line with a link, by this server’s setting for the same paper in several channels.`,
    );
    await setSamePaper('none');
    expect(await also({ keywords: 'waves', when: 'daily', at: '13:00', zone: 'UTC' })).toMatch(
      / 1 would not come here, by this server’s setting/,
    );
    await setSamePaper('full');
  });

  it('name no channel that the asker cannot see: it is counted', async () => {
    harness.driver.setOverwrite(secret, {
      ...{ id: harness.moderator, kind: 'member', deny: ['ViewChannel'] },
    });
    expect(await also()).toBe(`2 of them also come to <#${other}> and a channel that you cannot see.`);
    expect(await also({ keywords: 'ice' })).toBe('1 of them also comes to a channel that you cannot see.');
  });

  it('leave out what is paused', async () => {
    const { id } = harness.stored().find(({ channelId }) => channelId === other) ?? { id: '' };
    await harness.pause(id);
    expect(await also({ keywords: 'waves' })).toBe('');
  });
});
