import { expect, it } from 'vitest';
import { FILE_BYTES } from '#src/service/discord-files.ts';
import { readSettingsFile } from '#src/service/read-settings-file.ts';
import { entryOf, serverPartOf } from '#src/service/settings-file.ts';
import { MUTES_AT_MOST } from '#src/subscription/mute-changes.ts';
import { aSubscription } from '#test/builders/a-subscription.ts';

const ZONE = 'America/Argentina/Buenos_Aires';
const ID = '9'.repeat(19);

/** A subscription that differs in every option from the usual, with a filter as long as there can be. */
const longest = (at: number, letter: string) =>
  aSubscription(`s${at}`, {
    ...{ channelId: ID, filter: letter.repeat(1000), roleId: ID, mention: 'every', cap: 77 },
    ...{ what: { kind: 'trending', sensitivity: 'wide' }, place: 'thread', silent: true, publish: true },
    when: { kind: 'daily', at: '09:00', zone: ZONE, weekdays: [1, 2, 3, 4, 5, 6] },
    quiet: { from: '22:00', to: '07:00', zone: 'Asia/Tokyo' },
    until: { day: '2026-12-31', zone: ZONE, at: 0 },
    paused: { reason: { key: 'subscriptions.pausedByModerator', values: {} }, at: 0, until: 0 },
  });

it.each([
  ['1,000 subscriptions with long filters in Chinese', 1000, '漢'],
  ['3,000 subscriptions, which is as many as an operator can allow', 3000, 'x'],
])(
  'a file of %s, each with every option, and of all mutes is read again as it was written',
  async (_, n, letter) => {
    const mutes = Array.from({ length: MUTES_AT_MOST }, () => ({ text: letter.repeat(1000) }));
    const settings = { samePaper: 'line', zone: ZONE, notices: ID } as const;
    const server = serverPartOf(settings, mutes, { isSeen: true, name: '漢'.repeat(100) });
    const entries = Array.from({ length: n }, (_, at) => entryOf(longest(at, letter), '漢'.repeat(100)));
    const text = JSON.stringify({ paperboy: 1, server, subscriptions: entries }, null, 2);
    expect(Buffer.byteLength(text)).toBeLessThan(FILE_BYTES);
    const read = await readSettingsFile(text, { perServer: n, breathe: async () => {} });
    expect(read).toEqual({ ok: true, file: { server, entries } });
  },
);
