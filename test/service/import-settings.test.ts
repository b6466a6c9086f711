import { ChannelType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { conflictMessage } from '#src/render/conflict-page.ts';
import { exportMessage } from '#src/render/export-page.ts';
import { type ImportView, importMessage, importUndoneMessage } from '#src/render/import-page.ts';
import type { Asker } from '#src/service/asker.ts';
import { createExportSettings } from '#src/service/export-settings.ts';
import { createImportSettings } from '#src/service/import-settings.ts';
import { readOrder } from '#src/service/read-order.ts';
import { endOf } from '#src/service/read-until.ts';
import { tellTerms } from '#src/service/tell-terms.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { blocksOf } from '#test/read-message.ts';
import { aDesk, MODERATOR, NOBODYS, rightsOf } from './a-desk.ts';
import { NOON } from './a-library.ts';

const CHANNELS: Record<string, { serverId: string; name: string; type: number }> = {
  5: { serverId: '1', name: 'papers', type: ChannelType.GuildText },
  6: { serverId: '1', name: 'news', type: ChannelType.GuildAnnouncement },
  7: { serverId: '1', name: 'forum', type: ChannelType.GuildForum },
  8: { serverId: '1', name: 'voice', type: ChannelType.GuildVoice },
  9: { serverId: '2', name: 'elsewhere', type: ChannelType.GuildText },
};
const NOT_A_MANAGER = { ...MODERATOR, rights: { ...MODERATOR.rights, managesServer: () => false } };

async function aFileDesk() {
  const desk = await aDesk();
  const handed = { text: '', isRaced: false };
  const deps = {
    ...desk,
    channelName: (id: string) => CHANNELS[id]?.name ?? null,
    channel: (id: string) => CHANNELS[id] ?? null,
    mention: (_: object, role: string) => {
      if (role === '88' && handed.isRaced)
        void desk.subscriptionStore.add({ serverId: '1', channelId: '5' }, SOMETHING, 'ada');
      return role === '66' ? ('gone' as const) : ('rings' as const);
    },
    files: { read: async () => handed.text },
  };
  const { exportSettings } = createExportSettings(deps);
  const services = createImportSettings(deps);
  const botIn = (id: string) => ({ botPermissions: id === '4' ? 0n : 8n, mentionsAll: false });
  const preview = (file: unknown, asker: Asker = MODERATOR) => {
    handed.text = typeof file === 'string' ? file : JSON.stringify(file);
    return services.previewImport({ ...asker, botIn, file: { name: 'a.json', bytes: 1, url: '' } });
  };
  const press = (key: string, asker: Asker = MODERATOR) => services.importSettings({ ...asker, botIn, key });
  return {
    ...{ ...desk, ...services, exportSettings, preview, press, handed },
    async undo(key: string, asker: Asker = MODERATOR) {
      const undone = await services.undoImport({ ...asker, key });
      if (undone.kind === 'conflict') throw new Error('somebody changed it since');
      return undone;
    },
    /** Previews it and presses Import. */
    async imports(file: unknown, asker: Asker = MODERATOR) {
      const view = await preview(file, asker);
      if (view.kind !== 'preview') throw new Error(textOf(view));
      return press(view.key, asker);
    },
    stored: () =>
      desk.subscriptionStore
        .inServer('1')
        .map(({ id, createdAt, createdBy, since, was, paused, ...rest }) => ({
          ...rest,
          paused: paused?.until ?? !!paused,
        }))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    history: async () => (await desk.subscriptionStore.history('1')).map(({ what }) => what),
  };
}
type FileDesk = Awaited<ReturnType<typeof aFileDesk>>;

let desk: FileDesk;
beforeEach(async () => {
  desk = await aFileDesk();
});
const blockOf = (view: ImportView) => blocksOf({ content: '', ...importMessage(view) })[0];
const textOf = (view: ImportView) => `${blockOf(view).title}\n${blockOf(view).text}`;
const file = (subscriptions: unknown[], more: object = {}) => ({ paperboy: 1, ...more, subscriptions });
const one = (facts: object = {}, id = '5') => ({ channel: { id }, filter: 'ocean', ...facts });
const problems = async (given: unknown, asker: Asker = MODERATOR) =>
  blockOf(await desk.preview(given, asker))
    .text.split('\n')
    .slice(0, -2)
    .map((line) => line.replace(/^- /, ''));
const undoKey = (view: ImportView) => (view.kind === 'imported' ? view.undo : '');

describe('what is wrong with a file', () => {
  it('is told at once, be it its form or what it asks for, each by its place in the file', async () => {
    expect(
      await problems(
        file([one({ filter: 'ocean (' }), 5, one({ filter: 'b' }), { filter: 'x' }, one({ filter: 'b' })]),
      ),
    ).toEqual([
      '`subscriptions[1]`: This has to be a group in curly brackets.',
      '`subscriptions[3].channel`: This is missing.',
      expect.stringMatching(/^`subscriptions\[0\]\.filter`: .*bracket/),
      expect.stringMatching(/^`subscriptions\[4\]`: .*`subscriptions\[2\]`/),
    ]);
  });
});

describe('where a file is no JSON', () => {
  const lines = (...more: string[]) =>
    ['{', '"paperboy": 1,', '"subscriptions": [', ...more, ']', '}', '', ''].join('\n');
  it.each([
    ['x', 'Line 1, column 1'],
    ['', 'Line 1, column 1'],
    ['{“paperboy”: 1, "subscriptions": []}', 'Line 1, column 2'],
    [lines('{"filter": “ocean”}'), 'Line 4, column 12'],
    [lines('{"filter": "a"},', '{"filter": None},', '{"filter": None}'), 'Line 5, column 12'],
    [lines('{"filter": "a"},'), 'Line 5, column 1'],
    [lines('{"filter": "a",}'), 'Line 4, column 16'],
    ['{"paperboy": 1, "subscriptions": []}}', 'Line 1, column 37'],
    ['{"paperboy": 1, "subscriptions": [', 'Line 1, column 35'],
  ])('is told by its line and column: %j', async (text, place) => {
    expect((await problems(text))[0]).toContain(`${place}: `);
  });
});

describe('what an import would change', () => {
  it('is shown first, by channel, with what differs; then imported, told and taken back', async () => {
    await desk.imports(
      file([one(), one({ filter: 'ice', when: 'daily', at: '09:00', zone: 'Europe/Berlin' })]),
    );
    const before = desk.stored();
    const view = await desk.preview(
      file(
        [
          one(),
          one({ filter: 'ice', when: 'weekly friday', at: '09:00', zone: 'Europe/Berlin', paused: true }),
          one({ filter: 'waves', what: 'all new', publish: true }, '6'),
          one({ filter: 'waves', publish: true }),
        ],
        { server: { settings: { samePaper: 'none', zone: 'Tokyo' }, mutes: ['survey'] } },
      ),
    );
    expect(textOf(view)).toBe(
      [
        'Not imported yet',
        '**Subscriptions: 2 new, 1 changed, 1 the same**',
        '<#5>: 1 new, 1 changed, 1 the same',
        '<#6>: 1 new',
        '`ice` in <#5>: daily 09:00 Berlin → Friday 09:00 Berlin, paused',
        'The same paper in several channels: One line with a link → Not at all',
        'The server’s zone: none → Asia/Tokyo',
        'Muted in the whole server: `survey`',
        '`subscriptions[2]`: Only digests are published to followers. Papers that come as they happen stay in this channel; what is over the cap comes as a digest, and that is published.',
        '`subscriptions[3]`: Publishing needs an announcement channel, so it is left out.',
      ].join('\n'),
    );
    expect(desk.stored()).toEqual(before);
    const done = view.kind === 'preview' ? await desk.press(view.key) : view;
    expect(blockOf(done).title).toBe('Imported');
    expect(desk.stored().map(({ filter }) => filter)).toHaveLength(4);
    expect(desk.subscriptionStore.settings('1')).toEqual({
      ...{ samePaper: 'none', zone: 'Asia/Tokyo', notices: null },
    });
    expect(desk.subscriptionStore.mutes('1')).toMatchObject([{ text: 'survey', who: 'mod' }]);
    expect(await desk.history()).toEqual([
      ...['added', 'added', 'changed', 'added', 'added', 'muted', 'settings'],
    ]);
    const undone = await desk.undo(undoKey(done));
    expect(blocksOf({ content: '', ...importUndoneMessage(undone) })[0]).toMatchObject({
      title: 'Undone',
      text: '3 subscriptions are as they were.\n1 mute is removed again.\nThe server settings are as they were.',
    });
    expect(desk.stored()).toEqual(before);
    expect(desk.subscriptionStore.settings('1')).toEqual({
      ...{ samePaper: 'line', zone: null, notices: null },
    });
    expect(desk.subscriptionStore.mutes('1')).toEqual([]);
    expect((await desk.undo(undoKey(done))).isDone).toBe(true);
  });

  it('is told once more where something was changed meanwhile, and nothing where it was imported', async () => {
    const view = await desk.preview(file([one(), one({}, '6')]));
    if (view.kind !== 'preview') throw new Error('no preview');
    await desk.imports(file([one()]));
    const other = await desk.press(view.key);
    expect(other).toMatchObject({ kind: 'preview', isOther: true });
    expect(textOf(other)).toContain(
      '**Something was changed since the last preview. This would change now:**',
    );
    expect(desk.stored()).toHaveLength(1);
    const key = other.kind === 'preview' ? other.key : '';
    expect((await desk.press(key)).kind).toBe('imported');
    const again = await desk.press(key);
    expect(textOf(again)).toBe(
      'Imported already\nEverything in the file is there by now. Nothing was changed. `/subscriptions` → History tells who did it.',
    );
    expect(desk.stored()).toHaveLength(2);
  });

  it('is not done where somebody changes something at that very moment', async () => {
    const view = await desk.preview(file([one({ role: '88' })]));
    const key = view.kind === 'preview' ? view.key : '';
    desk.handed.isRaced = true;
    await expect(desk.press(key)).rejects.toThrow('Somebody changed something here just now.');
    expect(desk.stored().map(({ filter }) => filter)).toEqual(['something']);
  });

  it('is undone only where nobody did something since', async () => {
    const done = await desk.imports(file([one(), one({}, '6')]));
    const [first] = desk.subscriptionStore.inServer('1');
    await desk.subscriptionStore.change(first.id, { filter: 'ice' }, 'ada');
    await expect(desk.undo(undoKey(done))).rejects.toThrow('somebody changed it since');
    expect(desk.stored()).toHaveLength(2);
  });

  it('is put back all the same with its mutes and settings, and leaves a setting that it did not change', async () => {
    const server = { settings: { zone: 'Tokyo' }, mutes: ['survey'] };
    const done = await desk.imports(file([one(), one({}, '6')], { server }));
    const set = (settings: object) =>
      desk.subscriptionStore.changeSettings('1', (present) => ({ ...present, ...settings }), 'ada');
    await set({ notices: '5' });
    const [first] = desk.subscriptionStore.inServer('1');
    await desk.subscriptionStore.change(first.id, { filter: 'ice' }, 'ada');
    const conflict = await desk.undoImport({ ...MODERATOR, key: undoKey(done) });
    if (conflict.kind !== 'conflict') throw new Error('there is no conflict');
    expect(JSON.stringify(conflictMessage(conflict, 'import-undo').components)).toContain(
      `"custom_id":"import-undo:${conflict.key}"`,
    );
    expect([desk.stored().length, desk.subscriptionStore.mutes('1').length]).toEqual([2, 1]);
    expect((await desk.undo(conflict.key)).isDone).toBe(false);
    expect([desk.stored(), desk.subscriptionStore.mutes('1')]).toEqual([[], []]);
    expect(desk.subscriptionStore.settings('1')).toMatchObject({ zone: null, notices: '5' });
    await set({ zone: 'Europe/Berlin' });
    const other = await desk.undoImport({ ...MODERATOR, key: conflict.key });
    if (other.kind !== 'conflict') throw new Error('there is no conflict');
    expect(conflictMessage(other, 'import-undo').embeds[0].description).toContain(
      '**Now:** the zone of hours without a city, Asia/Tokyo → Europe/Berlin\n<@ada> changed it',
    );
    expect(desk.subscriptionStore.settings('1').zone).toBe('Europe/Berlin');
    expect((await desk.undo(other.key)).isDone).toBe(false);
    expect(desk.subscriptionStore.settings('1')).toMatchObject({ zone: null, notices: '5' });
  });

  it('is undone in one write: where that fails nothing is, afterwards all', async () => {
    const server = { settings: { zone: 'Tokyo' }, mutes: ['survey', 'ice'] };
    const done = await desk.imports(file([one(), one({}, '6')], { server }));
    const all = () => [
      ...[desk.stored(), desk.subscriptionStore.mutes('1'), desk.subscriptionStore.settings('1')],
    ];
    const before = [all(), await desk.history()];
    for (const [table, what] of [
      ['keyv', "new.key LIKE '%1:settings'"],
      ['keyv', "new.key LIKE '%1:mutes'"],
      ['keyv', "new.key LIKE '%1:6'"],
      ['change', "new.what = 'settings'"],
      ['change', "new.what = 'unmuted'"],
    ]) {
      await desk.db.run(
        `CREATE TRIGGER broken BEFORE INSERT ON ${table} WHEN ${what} BEGIN SELECT RAISE(ABORT, 'broken'); END`,
      );
      await expect(desk.undo(undoKey(done))).rejects.toThrow('broken');
      await desk.db.run('DROP TRIGGER broken');
      expect([all(), await desk.history()]).toEqual(before);
    }
    expect((await desk.undo(undoKey(done))).isDone).toBe(false);
    expect([desk.stored(), desk.subscriptionStore.mutes('1')]).toEqual([[], []]);
    expect((await desk.history()).slice(before[1].length).toSorted()).toEqual([
      ...['settings', 'undone', 'undone', 'unmuted', 'unmuted'],
    ]);
  });

  it('has every problem of a file at once, also where the file itself has a strange field', async () => {
    const strange = { more: 1, server: { settings: { zones: 1 } } };
    expect(await problems(file([one({ filter: 1 }), 3], strange))).toEqual([
      '`more`: I do not know this field.',
      '`server.settings.zones`: I do not know this field. Did you mean `zone`?',
      '`subscriptions[0].filter`: This has to be a text.',
      '`subscriptions[1]`: This has to be a group in curly brackets.',
    ]);
    expect(await problems({ paperboy: 1, server: 1 })).toEqual([
      '`subscriptions`: This is missing.',
      '`server`: This has to be a group in curly brackets.',
    ]);
  });

  it('is of whoever asked: others import by a preview of their own, those who may not by none', async () => {
    const view = await desk.preview(file([one()]));
    const key = view.kind === 'preview' ? view.key : '';
    await expect(desk.press(key, { ...MODERATOR, userId: 'ada' })).rejects.toThrow(
      'This preview is somebody else’s',
    );
    await expect(desk.press(key, { ...MODERATOR, serverId: '2' })).rejects.toThrow('too old');
    for (const asked of [
      desk.press(key, { ...MODERATOR, rights: NOBODYS }),
      desk.preview(file([]), { ...MODERATOR, rights: NOBODYS }),
      desk.undo(key, { ...MODERATOR, rights: NOBODYS }),
      desk.mayImport({ ...MODERATOR, rights: NOBODYS }),
      desk.exportSettings({ ...MODERATOR, rights: NOBODYS }),
    ])
      await expect(asked).rejects.toThrow('lets use `/filter`');
    expect(desk.stored()).toEqual([]);
  });

  it('that is of the whole server needs Manage Server', async () => {
    const server = { server: { settings: { zone: 'UTC' }, mutes: ['survey'] } };
    expect(await problems(file([], server), NOT_A_MANAGER)).toEqual([
      '`server.settings`: Settings of the whole server are for members with the Manage Server permission. Nothing was changed. Ask somebody who has it.',
      '`server.mutes`: Settings of the whole server are for members with the Manage Server permission. Nothing was changed. Ask somebody who has it.',
    ]);
    const done = await desk.imports(file([], server));
    expect((await desk.preview(file([], server), NOT_A_MANAGER)).kind).toBe('nothing');
    await expect(desk.undo(undoKey(done), NOT_A_MANAGER)).rejects.toThrow('Manage Server');
  });
});

describe('a file that cannot be imported', () => {
  it('is answered with every problem and its place, and nothing is saved', async () => {
    const bad = [
      one({ filter: 'ocean OR (' }),
      one({ filter: '-ocean' }),
      one({ filter: 'a1', what: 'evrything', when: 'hourly', at: '25', zone: 'Atlantis', quiet: 'nights' }),
      one({ filter: 'a2', cap: 0 }),
      one({ filter: 'a3', when: 'daily', at: '9' }),
      one({ filter: 'a4', role: '66' }),
      one({ filter: 'a5', role: '1' }),
      one({ filter: 'a6' }, '8'),
      one({ filter: 'a7' }, '9'),
      one({ filter: 'a8' }, '404'),
      one({ filter: 'a9', weekdays: ['mon'], when: 'daily', zone: 'UTC' }),
      one({ filter: 'b1' }),
      one({ filter: 'B1' }),
    ];
    const told = await problems(file(bad, { server: { settings: { samePaper: 'half' }, mutes: ['('] } }));
    expect(told.map((line) => line.split(':')[0].replaceAll('`', ''))).toEqual([
      ...['server.settings.samePaper', 'server.mutes[0]'],
      ...['subscriptions[0].filter', 'subscriptions[1].filter', 'subscriptions[2].what'],
      ...['subscriptions[2].when', 'subscriptions[2].at', 'subscriptions[2].zone', 'subscriptions[2].quiet'],
      ...['subscriptions[3]', 'subscriptions[4]', 'subscriptions[5].role', 'subscriptions[6].role'],
      ...['subscriptions[7].channel', 'subscriptions[8].channel.id', 'subscriptions[9].channel.id'],
      ...['subscriptions[10].weekdays[0]', 'subscriptions[12]'],
    ]);
    expect(told.filter((line) => line.includes('Nothing was saved'))).toEqual([]);
    expect(desk.stored()).toEqual([]);
    expect(await desk.history()).toEqual([]);
  });

  it('is told where its form is wrong: unknown, missing and mistaken fields, another version', async () => {
    const strange = JSON.stringify(
      file(
        [
          one({ filters: 'x', cap: '3', silent: 1 }),
          { filter: 'a' },
          3,
          one({ __proto_: 1, at: 'x'.repeat(101) }),
        ],
        {
          paperboy: 2,
        },
      ),
    );
    expect(await problems(strange.replace('__proto_', '__proto__'))).toEqual([
      '`paperboy`: This has to be `1`: I read files of `/filter export` of that version.',
    ]);
    const rest = strange.replace('__proto_', '__proto__').replace('"paperboy":2', '"paperboy":1');
    expect(await problems(rest)).toEqual([
      '`subscriptions[0].cap`: This has to be a number.',
      '`subscriptions[0].silent`: This has to be true or false.',
      '`subscriptions[0].filters`: I do not know this field. Did you mean `filter`?',
      '`subscriptions[1].channel`: This is missing.',
      '`subscriptions[2]`: This has to be a group in curly brackets.',
      '`subscriptions[3].at`: This is too long: there can be 100 at most.',
      '`subscriptions[3].__proto__`: I do not know this field.',
    ]);
    expect(await problems('[]')).toEqual(['This has to be a group in curly brackets.']);
    expect(await problems(file([one({ pausedUntil: 'tomorrow' })]))).toEqual([
      '`subscriptions[0].pausedUntil`: This is not a point in time. Write one like `2026-12-31T09:00:00Z`.',
    ]);
  });

  it('is told line and column where it is no JSON, has a name twice, is too deep or too much', async () => {
    expect(await problems('{\n  "paperboy": 1,\n}')).toEqual([
      'Line 3, column 1: this is not JSON. A comma or a quote may be missing or too many.',
    ]);
    expect(await problems('')).toEqual([expect.stringContaining('Line 1, column 1: this is not JSON.')]);
    expect(await problems('{"paperboy": 1,\n "subscriptions": [], "paperboy": 1}')).toEqual([
      'Line 2, column 23: paperboy is there twice in the same place. Leave one of them out.'.replace(
        'paperboy',
        '`paperboy`',
      ),
    ]);
    expect(await problems('['.repeat(500_000))).toEqual([
      'Line 1, column 17: brackets are nested deeper than in any file of `/filter export`.',
    ]);
    expect(await problems(`[${'{},'.repeat(300_000)}`)).toEqual([
      expect.stringContaining('there is more here than in any file'),
    ]);
    for (const lost of ['{"a":"M\ufffdller"}', [...'{"paperboy":1}'].join('\0'), '\ufffdPNG\r\n'])
      expect(await problems(lost)).toEqual([
        'The file is not in UTF-8, so some of its letters are lost. Save it as UTF-8.',
      ]);
  });

  it.each([
    [
      'half a character',
      one({ filter: 'oc\ud800ean', when: '\udc00' }),
      [
        '`subscriptions[0].filter`: This has a broken character. Write it anew.',
        '`subscriptions[0].when`: This has a broken character. Write it anew.',
      ],
    ],
    [
      'a character that is none',
      one({ filter: 'oc\0ean' }),
      ['`subscriptions[0].filter`: This has a broken character. Write it anew.'],
    ],
    [
      'names that every object has',
      { ...one(), constructor: 1, prototype: {} },
      [
        '`subscriptions[0].constructor`: I do not know this field.',
        '`subscriptions[0].prototype`: I do not know this field.',
      ],
    ],
    [
      'a name twice, of which one is written otherwise',
      '{"paperboy":1,"subscriptions":[{"filt\\u0065r":"a","filter":"b"}]}',
      ['Line 1, column 51: `filter` is there twice in the same place. Leave one of them out.'],
    ],
    [
      'numbers without an end',
      '{"paperboy":1,"subscriptions":[{"channel":{"id":"5"},"filter":"a","cap":1e999}]}',
      ['`subscriptions[0].cap`: This has to be a number.'],
    ],
    [
      'a last day that is over',
      one({ until: '2026-01-01 Berlin' }),
      [
        expect.stringMatching(
          /^`subscriptions\[0\]\.until`: `2026-01-01 Berlin` is over: today is 2026-03-10 there\./,
        ),
      ],
    ],
  ])('is told where it has %s, with Windows’ line ends too', async (_, given, told) => {
    const text =
      typeof given === 'string' ? given : JSON.stringify(file([given]), null, 2).replaceAll('\n', '\r\n');
    expect(await problems(text)).toEqual(told);
    expect(desk.stored()).toEqual([]);
  });

  it('has at most what fits in a channel and a server, and says how much that is', async () => {
    const many = (n: number, id = '5') =>
      Array.from({ length: n }, (_, at) => one({ filter: `word${at}` }, id));
    expect(await problems(file(many(4)))).toEqual([
      '`subscriptions`: <#5> would have 4 subscriptions: there can be 3 in a channel.',
    ]);
    expect(await problems(file(many(10_000)))).toEqual([
      '`subscriptions`: That would be 10,000 subscriptions: there can be 30 in a server.',
    ]);
    const mutes = Array.from({ length: 101 }, (_, at) => `word${at}`);
    expect(await problems(file([], { server: { mutes } }))).toEqual([
      '`server.mutes`: That would be 101 mutes: there can be 100 in a server.',
    ]);
    // Of so many none is read: whether one is a filter is not said.
    const more = Array.from({ length: 50_000 }, (_, at) => `( ${at}`);
    expect(await problems(file([3], { server: { mutes: more } }))).toEqual([
      '`server.mutes`: That would be 50,000 mutes: there can be 100 in a server.',
      '`subscriptions[0]`: This has to be a group in curly brackets.',
    ]);
    const again = ['survey', 'survey', '-survey', '(survey)'];
    expect(textOf(await desk.preview(file([], { server: { mutes: again } })))).toContain(
      'Muted in the whole server: `survey`',
    );
  });

  it('counts the problems that have no room', async () => {
    const bad = Array.from({ length: 30 }, (_, at) =>
      one({ filter: `(${'x'.repeat(200)}${at}`, at: 'x'.repeat(90) }),
    );
    const view = await desk.preview(file(bad));
    expect(blockOf(view).title).toBe('Not imported: 60 things to mend');
    const lines = blockOf(view).text.split('\n');
    expect(lines.at(-3)).toMatch(/^and \d+ more$/);
    expect(lines.at(-1)).toBe('Nothing was changed. Mend the file and use `/filter import` again.');
  });

  it('is all or nothing where one channel is not the asker’s to change', async () => {
    const rights = rightsOf({ 6: 'viewChannel', 7: 'manageChannels' });
    const asker = { ...MODERATOR, rights };
    expect(await problems(file([one(), one({}, '6'), one({}, '7')]), asker)).toEqual([
      '`subscriptions[1].channel.id`: This server has no such channel, or you cannot see it. Write the id of one of its channels.',
      '`subscriptions[2].channel`: You may not change what is posted in <#7>, because you do not have Manage Channels there. Nothing was changed. Ask somebody who has it, or pick another channel.',
    ]);
    expect(desk.stored()).toEqual([]);
  });
});

describe('the channel for notices', () => {
  const withNotices = (notices: unknown) => file([], { server: { settings: { notices } } });
  const blind = { ...MODERATOR, rights: rightsOf({ 6: 'viewChannel' }) };
  const room = () => desk.subscriptionStore.settings('1').notices;

  it('goes along, is told before it changes, and comes back with Undo', async () => {
    const done = await desk.imports(withNotices({ id: '6', name: 'news' }));
    expect([textOf(done), room()]).toEqual([
      'Imported\nNotices to moderators: where Paperboy picks → <#6>',
      '6',
    ]);
    const { text } = await desk.exportSettings(MODERATOR);
    expect(JSON.parse(text).server.settings.notices).toEqual({ id: '6', name: 'news' });
    expect((await desk.preview(text)).kind).toBe('nothing');
    const picked = await desk.imports(withNotices(null));
    expect([room(), (await desk.exportSettings(MODERATOR)).text]).toEqual([
      null,
      expect.stringContaining('"notices": null'),
    ]);
    await expect(desk.undo(undoKey(picked), blind)).rejects.toThrow('a channel that you cannot see');
    expect((await desk.undo(undoKey(picked))).isDone).toBe(false);
    expect(room()).toBe('6');
  });

  it('is named to nobody who cannot see it, and theirs to choose by the rules of /doctor', async () => {
    await desk.imports(withNotices({ id: '6' }));
    expect((await desk.exportSettings(blind)).text).not.toContain('notices');
    expect(textOf(await desk.preview(withNotices({ id: '5' }), blind))).toContain(
      'Notices to moderators: a channel that you cannot see → <#5>',
    );
    await desk.imports(withNotices(null));
    expect(await problems(withNotices({ id: '6' }), blind)).toEqual([
      '`server.settings.notices.id`: This server has no such channel, or you cannot see it. Write the id of one of its channels.',
    ]);
    expect(await problems(withNotices({ id: '7' }))).toEqual([
      expect.stringMatching(/^`server\.settings\.notices\.id`: /),
    ]);
    expect(await problems(withNotices({ id: '5' }), NOT_A_MANAGER)).toEqual([
      expect.stringMatching(/^`server\.settings`: Settings of the whole server/),
    ]);
  });

  it('does not come back where it takes no notices any more: nothing is undone', async () => {
    const set = (notices: string | null) =>
      desk.subscriptionStore.changeSettings('1', (present) => ({ ...present, notices }), 'ada');
    await set('7');
    const done = await desk.imports(file([one()], { server: { settings: { notices: { id: '6' } } } }));
    const wrong = '<#7> takes no notices. Pick a text or announcement channel';
    await expect(desk.undo(undoKey(done))).rejects.toThrow(wrong);
    expect([room(), desk.stored().length]).toEqual(['6', 1]);
    const entry = (await desk.subscriptionStore.history('1')).findLast(({ what }) => what === 'settings');
    await expect(desk.undoEntry({ ...MODERATOR, id: entry?.id ?? 0 })).rejects.toThrow(wrong);
    expect(room()).toBe('6');
    await set('7');
    expect((await desk.undoEntry({ ...MODERATOR, id: entry?.id ?? 0 })).kind).toBe('undone');
  });
});

describe('an export', () => {
  it('is a file as a moderator would type it, without what the asker cannot see, which is counted', async () => {
    await desk.imports(
      file(
        [
          one({ filter: 'topic:llm', what: 'best 5 a week', role: '77', mention: 'every', silent: true }),
          one({ cap: 5, quiet: '22:00-07:00', place: 'thread', until: '2026-12-31' }),
          one({ publish: true, when: 'daily', weekdays: ['friday', 'monday'], paused: true }, '6'),
        ],
        { server: { settings: { zone: 'Europe/Berlin' }, mutes: ['survey'] } },
      ),
    );
    const told = await desk.exportSettings(MODERATOR);
    expect(told.name).toBe('paperboy-2026-03-10.json');
    expect(JSON.parse(told.text)).toEqual({
      paperboy: 1,
      exportedAt: '2026-03-10T12:00:00.000Z',
      server: {
        ...{ settings: { samePaper: 'full', zone: 'Europe/Berlin', notices: null }, mutes: ['survey'] },
      },
      subscriptions: expect.arrayContaining([
        {
          ...{ channel: { id: '5', name: 'papers' }, filter: 'topic:llm', what: 'best 5 a week' },
          ...{ when: 'weekly monday', at: '09:00', zone: 'Europe/Berlin' },
          ...{ role: '77', mention: 'every', silent: true },
        },
        {
          ...{ channel: { id: '5', name: 'papers' }, filter: 'ocean', cap: 5, zone: 'Europe/Berlin' },
          ...{ quiet: '22:00-07:00', place: 'thread', until: '2026-12-31' },
        },
        {
          ...{ channel: { id: '6', name: 'news' }, filter: 'ocean', when: 'daily', at: '09:00' },
          ...{ weekdays: ['monday', 'friday'], zone: 'Europe/Berlin', publish: true, paused: true },
        },
      ]),
    });
    expect(exportMessage(told).files).toEqual([{ name: told.name, text: told.text }]);
    expect(exportMessage(told).embeds[0].description).toBe(
      [
        '3 subscriptions of 2 channels, as they would be typed, with the server settings and 1 mute.',
        '',
        '-# `/filter import` reads the file back, also after it was changed: first it shows what would change.',
      ].join('\n'),
    );
    const rights = { ...rightsOf({ 6: 'viewChannel' }), managesServer: () => false };
    const blind = await desk.exportSettings({ ...MODERATOR, rights });
    expect(blind.text).not.toMatch(/news|survey|server/);
    expect(exportMessage(blind).embeds[0].description).toContain(
      'Server settings and mutes are left out: they are for members with the Manage Server permission.\n\n1 more in a channel you cannot see.',
    );
  });

  it('imported again changes nothing, and brings all back once all was removed: whatever it has', async () => {
    const two = (number: number) => String(number).padStart(2, '0');
    const hour = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${two(h)}:${two(m)}`);
    const order = fc.record({
      what: fc.constantFrom('', 'all new', 'best 3', 'best 5', 'about 4 a day'),
      when: fc.constantFrom('', 'daily', 'weekly', 'fridays'),
      at: fc.oneof(fc.constant(''), hour),
      zone: fc.constantFrom('', 'UTC', 'Berlin', 'Asia/Calcutta', 'Kathmandu'),
      quiet: fc.oneof(fc.constant(''), fc.constant('22:00-07:00')),
      cap: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 100 })),
      mention: fc.constantFrom('', 'every', 'digests', 'hourly'),
      place: fc.constantFrom('', 'message', 'thread'),
      silent: fc.boolean(),
      publish: fc.boolean(),
      role: fc.constantFrom(null, { id: '77' }),
    });
    const some = fc.array(
      fc.record({ order, channelId: fc.constantFrom('5', '6', '7'), paused: fc.boolean() }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(some, async (wanted) => {
        const there = await aFileDesk();
        for (const [at, { order: options, channelId, paused }] of wanted.entries()) {
          const channel = { type: CHANNELS[channelId].type };
          const draft: SubscriptionDraft = {
            ...readOrder({ ...options, sensitivity: '', channel }, 'UTC').draft,
            filter: `word${at}`,
          };
          const added = await there.subscriptionStore.add({ serverId: '1', channelId }, draft, 'ada');
          if (paused) await there.subscriptionStore.setPaused(added.id, PAUSE, 'ada');
        }
        const { text } = await there.exportSettings(MODERATOR);
        expect((await there.preview(text)).kind).toBe('nothing');
        const told = () =>
          there.subscriptionStore
            .inServer('1')
            .map(
              (one) => `${one.channelId} ${one.filter} ${inEnglish(tellTerms(one))} ${one.paused !== null}`,
            )
            .toSorted();
        const before = told();
        for (const { id } of there.subscriptionStore.inServer('1'))
          await there.subscriptionStore.remove(id, 'ada');
        expect((await there.imports(text)).kind).toBe('imported');
        expect(told()).toEqual(before);
        expect((await there.exportSettings(MODERATOR)).subscriptions).toBe(wanted.length);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('of any stored subscription imported again changes nothing, each with zones of its own too, and brings it back', async () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'Asia/Calcutta',
      'America/Argentina/Catamarca',
      'Etc/GMT+5',
    );
    const hour = fc.constantFrom('00:00', '09:05', '10:00', '23:59');
    const stored = fc.record(
      {
        what: fc.constantFrom<SubscriptionDraft['what']>(
          { kind: 'all' },
          { kind: 'trending', sensitivity: 'wide' },
          { kind: 'trending', sensitivity: 'sure' },
          { kind: 'trending', sensitivity: { perDay: 4 } },
        ),
        when: fc.oneof(
          fc.constant({ kind: 'now' as const }),
          fc.record({ kind: fc.constant('daily' as const), at: hour, zone }, PLAIN_OBJECT),
          fc.record(
            { kind: fc.constant('weekly' as const), weekday: fc.integer({ min: 1, max: 7 }), at: hour, zone },
            PLAIN_OBJECT,
          ),
        ),
        quiet: fc.option(
          fc
            .constantFrom(['22:00', '07:00'], ['10:00', '01:00'], ['01:00', '12:30'])
            .chain(([from, to]) => zone.map((its) => ({ from, to, zone: its }))),
        ),
        until: fc.option(fc.tuple(fc.constantFrom('2026-03-29', '2026-12-31'), zone), { nil: undefined }),
        silent: fc.boolean(),
      },
      PLAIN_OBJECT,
    );
    const zones = desk.zones;
    await fc.assert(
      fc.asyncProperty(fc.array(stored, { minLength: 1, maxLength: 3 }), async (wanted) => {
        const there = await aFileDesk();
        for (const [at, { until: end, ...terms }] of wanted.entries()) {
          const day = end && ({ kind: 'day', day: end[0], text: '' } as const);
          const until = day && endOf(day, { now: NOON, zone: end[1], zones });
          const draft = { ...DEFAULTS, ...terms, ...(until && { until }), filter: `word${at}` };
          await there.subscriptionStore.add({ serverId: '1', channelId: '5' }, draft, 'ada');
        }
        const { text } = await there.exportSettings(MODERATOR);
        expect((await there.preview(text)).kind).toBe('nothing');
        // Another filter of the same meaning is not as it was exported: each option is read.
        const reworded = text.replaceAll(/word(\d)/g, '(word$1)');
        expect(await there.preview(reworded)).toMatchObject({ kind: 'nothing' });
        for (const { id } of there.subscriptionStore.inServer('1'))
          await there.subscriptionStore.remove(id, 'ada');
        await there.imports(text);
        const again = JSON.parse((await there.exportSettings(MODERATOR)).text).subscriptions;
        const sorted = (list: unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();
        expect(sorted(again)).toEqual(sorted(JSON.parse(text).subscriptions));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('that has what cannot be typed any more is the same where it came from', async () => {
    const draft = { ...readOrder({ ...PLAIN, channel: { type: 0 } }, null).draft, filter: 'topic:gone' };
    await desk.subscriptionStore.add(
      { serverId: '1', channelId: '5' },
      { ...draft, roleId: '66', what: { kind: 'trending', sensitivity: { perDay: 2.5 } } },
      'ada',
    );
    const { text } = await desk.exportSettings(MODERATOR);
    expect((await desk.preview(text)).kind).toBe('nothing');
  });
});

/** What is stored has the usual prototype. */
const PLAIN_OBJECT = { noNullPrototype: true } as const;
const SOMETHING = { ...DEFAULTS, filter: 'something' };
const PAUSE = { reason: { key: 'subscriptions.pausedByModerator' as const, values: {} } };
const PLAIN = {
  ...{ mention: '', what: '', sensitivity: '', when: '', at: '', zone: '', quiet: '', cap: null, place: '' },
  ...{ silent: false, publish: false, role: null },
};
