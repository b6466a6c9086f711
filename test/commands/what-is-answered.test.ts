import { describe, expect, it } from 'vitest';
import type { Reply } from '#commands/command.ts';
import { say } from '#src/render/say.ts';
import { ZoneNeededError } from '#src/service/read-order.ts';
import { DeniedError, GoneError, UserError } from '#src/wording/user-error.ts';
import { pageOf } from '#test/render/whole-page.ts';
import { ask } from './asked-of-services.ts';

/** An order as it was typed for channel `here`. */
const order = (facts: object = {}) => ({
  ...{ form: 'subscribe', filter: 'ocean', lines: 'when: daily', flags: {}, channel: null, role: null },
  ...facts,
});
const asked = async (...[what, given, answers]: Parameters<typeof ask>) =>
  (await ask(what, given, answers)).calls;
const keptIn = async (...given: Parameters<typeof ask>) =>
  (await asked(...given)).flatMap(([name, rest]) => (name === 'keepTyped' ? [rest] : []));
/** What an answer shows, be it a form or a message. */
const shownOf = (reply: Reply | null): readonly string[] => {
  if (!reply) return [];
  if (reply.modal) return [`form ${reply.modal.title} = ${reply.modal.custom_id}`];
  const { content, embeds = [], components = [] } = reply;
  return [...(content ? [content] : []), ...pageOf({ embeds: [...embeds], components: [...components] })];
};
const shown = async (...given: Parameters<typeof ask>) => shownOf((await ask(...given)).reply);
const refusal = async (...given: Parameters<typeof ask>) => {
  const { error } = await ask(...given);
  return error instanceof UserError ? error.phrase.key : error;
};

describe('what is too old, or lacks what it needs, is answered with why', () => {
  it.each<[string, Parameters<typeof ask>, string]>([
    ['a word that was not typed', ['privacy:delete:server', { texts: { word: 'no' } }], 'privacy.notTyped'],
    ['a channel that is not there', ['begin-in', {}, { mayBegin: null }], 'front.noChannel'],
    ['a form without a file', ['import', {}, { mayImport: null }], 'import.noFile'],
    ['a change that is none any more', ['mend:key:nothing'], 'wrong.forgotten'],
    ['a channel that was not picked', ['copy-to:x1:0'], 'subscriptions.gone'],
    [
      'a preview of something else',
      ['preview:key', {}, { recallTyped: { form: 'test' } }],
      'preview.forgotten',
    ],
    [
      'a save of something else',
      ['subscribe:key', {}, { recallOwnTyped: { form: 'mute' } }],
      'preview.forgotten',
    ],
  ])('%s', async (_, given, sentence) => {
    expect(await refusal(...given)).toBe(sentence);
  });
});

describe('under /privacy', () => {
  it('a form is opened for the word, and what was not deleted is kept', async () => {
    expect(await shown('privacy:form:server')).toEqual([expect.stringMatching(/= privacy:delete:server$/)]);
    expect(await shown('privacy:keep')).toHaveLength(1);
  });
});

describe('of topics', () => {
  const answers = { recallTyped: order({ filter: '' }), keepTyped: 'new' };
  const view = { channelId: 'here', days: 30, topics: [] };

  it('another page is shown of the channel that was typed', async () => {
    const page = await ask('topic:key', { values: ['?page:1'] }, { ...answers, offerTopics: view });
    expect(page.calls.slice(1)).toEqual([
      ['offerTopics', { channelId: 'here' }],
      ['keepTyped', { typed: order({ filter: '' }) }],
    ]);
    expect(shownOf(page.reply)).toContainEqual(expect.stringMatching(/= topic:new$/));
  });

  it('own words and examples open their forms', async () => {
    expect(await shown('topic:key', { values: ['?words'] }, answers)).toEqual([
      expect.stringMatching(/^form .* = typed:key$/),
    ]);
    expect(await shown('topic:key', { values: ['?like'] }, answers)).toEqual([
      expect.stringMatching(/^form .* = like:key$/),
    ]);
  });

  it('the one that is chosen is previewed as its filter, with the other options as they were', async () => {
    const calls = await asked('topic:key', { values: ['diffusion'] }, answers);
    expect(calls.slice(1)).toMatchObject([
      ['previewSubscription', { keywords: 'topic:diffusion', topic: '', when: 'daily' }],
    ]);
  });

  it('a first channel is picked for them, where everybody may be mentioned by who may do so', async () => {
    const picked = (mentionsAll: boolean) =>
      keptIn(
        'begin-in',
        { channels: { 'begin-in': '1' }, mentionsAll },
        { offerTopics: { ...view, channelId: '1' }, keepTyped: 'new' },
      );
    const channel = { id: '1', name: 'name of 1', type: 0 };
    expect(await picked(false)).toMatchObject([{ typed: { channel: { ...channel, mentionedBy: null } } }]);
    expect(await picked(true)).toMatchObject([{ typed: { channel: { ...channel, mentionedBy: 'mod' } } }]);
  });

  it('are offered under first words once it is clear in which channel', async () => {
    expect(await shown('begin', {}, { mayBegin: null })).toContainEqual(expect.stringMatching(/= begin-in$/));
  });
});

describe('of a preview', () => {
  const answers = { recallTyped: order() };

  it('another sensitivity, or the zone that was missing, is previewed with all else as it was', async () => {
    const previewed = async (...given: Parameters<typeof ask>) => (await asked(...given)).at(-1);
    expect(await previewed('sensitivity:key', { values: ['sure'] }, answers)).toMatchObject([
      'previewSubscription',
      { keywords: 'ocean', sensitivity: 'strict', when: 'daily' },
    ]);
    expect(await previewed('zone:key', { values: ['Europe/Berlin'] }, answers)).toMatchObject([
      'previewSubscription',
      { keywords: 'ocean', zone: 'Europe/Berlin' },
    ]);
    expect(await previewed('zone:key', { texts: { zone: 'Paris' } }, answers)).toMatchObject([
      'previewSubscription',
      { zone: 'Paris' },
    ]);
  });

  it('another city is typed into a form', async () => {
    expect(await shown('zone:key', { values: ['other'] })).toEqual([
      expect.stringMatching(/^form .* = zone:key$/),
    ]);
  });

  it('of what is saved the edit is previewed, and saved against what it was begun from', async () => {
    const base = { id: 'x1', mark: 'm' };
    const edit = { recallTyped: order({ base }), recallOwnTyped: order({ base }) };
    expect((await asked('preview:key', {}, edit)).at(-1)).toMatchObject(['previewEdit', { base }]);
    expect((await asked('subscribe:key', {}, edit)).at(-1)).toMatchObject(['saveEdit', { base }]);
    expect((await asked('subscribe:key', {}, { recallOwnTyped: order() })).at(-1)).toMatchObject([
      'subscribeChannel',
      { keywords: 'ocean' },
    ]);
  });

  it('is cancelled in the words for what is saved, or for what is not', async () => {
    expect(await shown('cancel')).not.toEqual(await shown('cancel:saved'));
  });

  it('a saved edit has its Undo; one that somebody else came before shows both versions', async () => {
    const base = { id: 'x1', mark: 'm' };
    const version = { filter: 'sea', terms: 'daily' };
    const saved = { kind: 'saved', channelId: '1', ...version, isPaused: false, isOld: false, undo: 'u' };
    const recallOwnTyped = order({ base });
    expect(await shown('subscribe:key', {}, { recallOwnTyped, saveEdit: saved })).toContain('Undo = undo:u');
    const changed = {
      ...{ kind: 'changed', id: 'x1', channelId: '1', mark: 'now', change: null },
      ...{ saved: version, wanted: version },
    };
    const other = await ask('subscribe:key', {}, { recallOwnTyped, saveEdit: changed, keepTyped: 'new' });
    expect(other.calls.at(-1)).toMatchObject(['keepTyped', { typed: { base: { id: 'x1', mark: 'now' } } }]);
    expect(shownOf(other.reply)).toContainEqual(expect.stringMatching(/= preview:new$/));
  });
});

describe('what was typed once more', () => {
  const texts = { filter: 'sea', paper: 'p1', lines: 'when: weekly' };
  const next = async (typed: object) =>
    (await asked('typed:key', { texts, roles: { role: '8' } }, { recallTyped: typed })).at(-1);

  it('is tried, muted, saved or previewed, as it was meant', async () => {
    expect(await next({ form: 'mute', filter: 'x' })).toEqual(['muteFilter', { text: 'sea' }]);
    expect(await next({ form: 'edit', id: 'x1', shown: 'm', filter: 'x' })).toEqual([
      'editFilter',
      { id: 'x1', shown: 'm', filter: 'sea' },
    ]);
    expect(await next({ form: 'test', filter: 'x', paper: '' })).toMatchObject([
      'testFilter',
      { filter: 'sea', paper: 'p1' },
    ]);
    expect(await next(order())).toMatchObject([
      'previewSubscription',
      { keywords: 'sea', when: 'weekly', role: null },
    ]);
    expect(await next(order({ base: { id: 'x1', mark: 'm' } }))).toMatchObject([
      'previewEdit',
      { keywords: 'sea', role: { id: '8' } },
    ]);
  });

  it('stands in its form, whose title says what it is', async () => {
    const titles = await Promise.all(
      [order(), order({ base: { id: 'x1', mark: 'm' } }), { form: 'mute', filter: 'x' }].map((recallTyped) =>
        shown('change:key', {}, { recallTyped }),
      ),
    );
    expect(new Set(titles.flat()).size).toBe(3);
    expect(titles.flat()).toEqual(titles.flat().map(() => expect.stringMatching(/= typed:key$/)));
  });
});

describe('what is refused is given back as it was typed', () => {
  const mute = { subcommand: 'mute', texts: { text: 'survey' } };
  const refusedBy = (error: Error) => ask('/filter', mute, { muteFilter: error, keepTyped: 'k' });

  it('with a form to change it in; not where no other words would help', async () => {
    const wrong = await refusedBy(new UserError('wrong.forgotten'));
    expect(wrong.calls.at(-1)).toEqual(['keepTyped', { typed: { form: 'mute', filter: 'survey' } }]);
    expect(shownOf(wrong.reply)).toContainEqual(expect.stringMatching(/= change:k$/));
    const told = ['refused | ', say('wrong.forgotten'), '', '**What you typed**', '```', 'survey', '```'];
    expect(shownOf(wrong.reply).slice(0, told.length)).toEqual(told);
    for (const error of [new DeniedError('wrong.forgotten'), new GoneError('wrong.forgotten')])
      expect(shownOf((await refusedBy(error)).reply).join()).not.toContain('change:');
  });

  it('with the question of a zone, where only that is missing', async () => {
    const typed = { texts: { keywords: 'ocean', when: 'daily' } };
    const page = await ask('/subscribe', typed, {
      ...{ previewSubscription: new ZoneNeededError(), keepTyped: 'k' },
      proposeLikelyZones: [{ zone: 'Europe/Berlin', city: 'Berlin', localTime: '14:05' }],
    });
    expect(page.calls.at(-1)).toEqual(['proposeLikelyZones', { locale: 'en-US' }]);
    expect(shownOf(page.reply)).toContainEqual(expect.stringMatching(/= zone:k$/));
  });
});

describe('filters like some papers', () => {
  const like = { texts: { like: 'p1\np2' } };
  const found = { examples: 2, filters: [{ filter: 'ocean', finds: 2, recent: 5 }], nearest: [] };

  it('are proposed from them alone, each with its own preview', async () => {
    const page = await ask('/subscribe', like, { likeThese: found, keepTyped: 'k' });
    expect(page.calls).toMatchObject([
      ['likeThese', { like: 'p1\np2' }],
      ['keepTyped', { typed: { filter: 'ocean' } }],
      ['keepTyped', { typed: { filter: '', like: 'p1\np2' } }],
    ]);
    expect(shownOf(page.reply)).toContainEqual(expect.stringMatching(/= preview:k$/));
  });

  it('are not proposed beside keywords, and nothing there is to be changed', async () => {
    const both = { texts: { like: 'p1', keywords: 'ocean' } };
    const page = await ask('/subscribe', both, { keepTyped: 'k' });
    expect(page.calls).toEqual([]);
    expect(shownOf(page.reply).join()).toMatch(/ocean[\s\S]*p1/);
    expect(shownOf(page.reply).join()).not.toContain('like:');
  });

  it('that cannot be proposed open the form again; not for who may not', async () => {
    const page = await ask('/subscribe', like, {
      likeThese: new UserError('wrong.forgotten'),
      keepTyped: 'k',
    });
    expect(page.calls.at(-1)).toMatchObject(['keepTyped', { typed: { like: 'p1\np2' } }]);
    expect(shownOf(page.reply)).toContainEqual(expect.stringMatching(/= like:k:again$/));
    const denied = await shown('/subscribe', like, { likeThese: new DeniedError('wrong.forgotten') });
    expect(denied.join()).not.toContain('like:');
    const { error } = await ask('/subscribe', like, { likeThese: new Error('the disk is full') });
    expect(error).toEqual(new Error('the disk is full'));
  });

  it('stand in the form as they were typed, and are proposed from what comes back', async () => {
    const answers = { recallTyped: order({ filter: '', like: 'p1' }) };
    expect(await shown('like:key:again', {}, answers)).toEqual([expect.stringMatching(/= like:key$/)]);
    expect((await asked('like:key', { texts: { like: 'p9' } }, answers)).at(-1)).toEqual([
      'likeThese',
      { like: 'p9' },
    ]);
  });
});

describe('an Undo of an import', () => {
  it('says what is back, or shows what was changed since, of which the same Undo stays', async () => {
    const conflict = { kind: 'conflict', items: [], more: 1, key: 'k2' };
    expect(await shown('import-undo:k', {}, { undoImport: conflict })).toContainEqual(
      expect.stringMatching(/= import-undo:k2$/),
    );
    const undone = { kind: 'undone', isDone: false, subscriptions: 2, mutes: 0, hasSettings: false };
    expect((await shown('import-undo:k', {}, { undoImport: undone })).join()).not.toContain('import-undo');
  });
});

describe('a file of settings', () => {
  it('is shown before anything of it is done, as the bot may there', async () => {
    const { calls } = await ask('import', { file: true }, { mayImport: null });
    expect(calls.at(-1)).toMatchObject(['previewImport', { file: { name: 'paperboy.json', bytes: 9 } }]);
    expect(calls.at(-1)?.[1]).toHaveProperty('botIn');
  });
});

describe('of a list', () => {
  it('a pause with a day that cannot be read is asked for again; a refusal is told as one', async () => {
    const view = { id: 'x1', channelId: '1', filter: 'ocean', terms: 'daily', paused: null, lost: [] };
    const answers = { setPaused: new UserError('wrong.forgotten'), showSubscription: view };
    const given = { texts: { until: 'soon' } };
    expect((await asked('pause-until:x1:2', given, answers)).at(-1)).toEqual([
      'showSubscription',
      { id: 'x1' },
    ]);
    const { error } = await ask('pause-until:x1:2', given, {
      ...{ setPaused: new DeniedError('wrong.forgotten'), showSubscription: view },
    });
    expect(error).toBeInstanceOf(DeniedError);
    const { reply } = await ask('pause-until:x1:2', given, answers);
    expect(shownOf(reply).slice(0, 2)).toEqual(['refused | ', say('wrong.forgotten')]);
    expect(shownOf(reply)).toContain('Pause for ... = pause-for:x1:2');
  });

  it('a zone is typed into a form that holds the one that is set', async () => {
    const settings = { samePaper: 'full', zone: 'UTC', notices: null };
    expect(await shown('server-settings:zone', {}, { showServerSettings: { settings } })).toEqual([
      expect.stringMatching(/= server-settings:typed-zone$/),
    ]);
  });

  it('what cannot be widened any more is edited by its filter', async () => {
    const calls = await asked('tune:x1:wider', {}, { proposeSensitivity: null });
    expect(calls.at(-1)).toEqual(['openFilter', { id: 'x1' }]);
  });
});
