import { describe, expect, it } from 'vitest';
import { exportMessage } from '#src/render/export-page.ts';
import {
  type ImportSummary,
  importMessage,
  importModal,
  importUndoneMessage,
} from '#src/render/import-page.ts';
import { mutingMessage } from '#src/render/mute-page.ts';
import { phrase } from '#src/wording/phrase.ts';
import { actsOf, formOf, pageOf } from './whole-page.ts';

const text = (words: string) => phrase('stored.text', { text: words });
const counts = { added: 0, changed: 0, same: 0 };
const summary = (facts: Partial<ImportSummary> = {}): ImportSummary => ({
  ...{ channels: [], differs: [], mutes: [], settings: null, notes: [] },
  ...facts,
});
const preview = (facts: Partial<ImportSummary> = {}, isOther = false) =>
  pageOf(importMessage({ kind: 'preview', key: 'k', isOther, summary: summary(facts) }));
/** The lines that speak of it. */
const about = (lines: readonly string[], ...words: readonly string[]) =>
  lines.filter((line) => words.every((word) => line.includes(word)));

describe('an import, before it is done', () => {
  it('is saved by a button alone; amber where it is not what was shown before, or does not do all', () => {
    const acts = preview().slice(-2);
    expect(acts).toEqual(['Import = import-now:k', 'Cancel = cancel']);
    const edges = [preview(), preview({}, true), preview({ notes: [{ place: '', told: text('Nothing.') }] })];
    expect(edges.map(([head]) => head.split(' ')[0])).toEqual(['paper', 'look', 'look']);
    const some = { mutes: ['survey'] };
    expect(preview(some, true)).toHaveLength(preview(some).length + 1);
  });

  it('counts what is new, what changes and what is there, in all and in each channel that is touched', () => {
    const lines = preview({
      channels: [
        { channelId: '1', added: 2, changed: 1, same: 0 },
        { channelId: '2', added: 0, changed: 0, same: 4 },
      ],
    });
    expect(about(lines, '2', '1', '4', '**')).toHaveLength(1);
    expect(about(lines, '<#1>', '2', '1')).toHaveLength(1);
    expect(about(lines, '<#2>')).toEqual([]);
  });

  it('names fifteen channels, ten changes, ten mutes and five notes, and counts the rest', () => {
    const many = Array.from({ length: 17 }, (_, n) => `${100 + n}`);
    const lines = preview({
      channels: many.map((channelId) => ({ ...counts, channelId, added: 1 })),
      differs: many.map((id) => ({
        ...{ channelId: id, filter: `was ${id}`, newFilter: `is ${id}` },
        ...{ before: [text('daily')], after: [] },
      })),
      notes: many.map((id) => ({ place: `note ${id}`, told: text('Nothing.') })),
      mutes: many.map((id) => `mute ${id}`),
    });
    expect(lines.filter((line) => line.includes('was 1'))).toHaveLength(10);
    expect(about(lines, 'was 100', 'is 100', '<#100>', 'daily')).toHaveLength(1);
    expect(lines.filter((line) => line.includes('note 1'))).toHaveLength(5);
    expect(lines).toEqual(expect.arrayContaining(['and 2 more', 'and 7 more', 'and 12 more']));
    expect(lines.join('\n').match(/mute 1\d\d/g)).toHaveLength(10);
  });

  it('tells of the server’s settings only what becomes another', () => {
    const before = { samePaper: 'full', zone: null, notices: '8' } as const;
    const told = (after: object, isRoomSeen = true) =>
      preview({ settings: { before, after: { ...before, ...after }, isRoomSeen } }).slice(1, -3);
    expect(told({}).filter((line) => line !== '')).toEqual([]);
    expect(about(told({ samePaper: 'line' }), 'In full', 'One line')).toHaveLength(1);
    expect(about(told({ zone: 'Europe/Berlin' }), 'Europe/Berlin')).toHaveLength(1);
    expect(about(told({ notices: '9' }), '<#8>', '<#9>')).toHaveLength(1);
    expect(told({ notices: '9' }, false).join()).not.toContain('<#8>');
    expect(about(told({ notices: null }), '<#8>')).toHaveLength(1);
  });
});

describe('an import', () => {
  it('that is done has its Undo, for all of it', () => {
    const page = importMessage({ kind: 'imported', undo: 'u', summary: summary() });
    expect(actsOf(page)).toContain('Undo = import-undo:u');
    expect(pageOf(page)[0]).toMatch(/^saved/);
  });

  it('of what is all there saves nothing, and says whether somebody did it just now', () => {
    const same = (isOld: boolean) => pageOf(importMessage({ kind: 'nothing', isOld, same: 3 }));
    expect(same(false)[1]).toContain('3');
    expect([same(true)[0] === same(false)[0], same(true)[1] === same(false)[1]]).toEqual([false, false]);
    expect(same(true).at(-1)).toBe('All subscriptions = subscriptions:0');
  });

  it('that is refused says each place and why, as far as there is room, and counts the rest', () => {
    const problem = (n: number) => ({ place: `subscriptions[${n}].filter`, told: text(`Problem ${n}.`) });
    const refused = (n: number) =>
      pageOf(
        importMessage({ kind: 'problems', problems: Array.from({ length: n }, (_, at) => problem(at)) }),
      );
    expect(refused(2)[0]).toMatch(/^refused/);
    expect(about(refused(2), '`subscriptions[1].filter`', 'Problem 1.')).toHaveLength(1);
    expect(refused(2).join()).not.toContain('more');
    const many = refused(300);
    const shown = about(many, 'Problem').length;
    expect(many).toContain(`and ${300 - shown} more`);
    expect(many.join('\n').length).toBeLessThanOrEqual(3700);
    expect(shown).toBeGreaterThan(30);
  });

  it('whose Undo was pressed tells how much is back, and a second time that it was so', () => {
    const told = (facts: object) =>
      pageOf(
        importUndoneMessage({
          ...{ kind: 'undone', isDone: false, subscriptions: 0, mutes: 0, hasSettings: false },
          ...facts,
        }),
      );
    expect(told({ subscriptions: 3 })).toHaveLength(3);
    expect(told({ subscriptions: 3, mutes: 2, hasSettings: true })).toHaveLength(5);
    expect(about(told({ subscriptions: 3 }), '3')).toHaveLength(1);
    expect([told({})[0], told({ isDone: true })[0]]).toEqual(['saved | Undone', 'saved | Undone already']);
  });

  it('begins with a form that takes one file', () => {
    const [title, field] = formOf(importModal());
    expect([title, field]).toEqual([expect.stringMatching(/= import$/), expect.stringMatching(/= file: $/)]);
  });
});

it('an export has its file, and says what is in it and how much of hidden channels is left out', () => {
  const view = { name: 'paperboy.json', text: '{}', subscriptions: 3, channels: 2, hidden: 0, mutes: 4 };
  const whole = exportMessage(view);
  expect(whole.files).toEqual([{ name: 'paperboy.json', text: '{}' }]);
  expect(pageOf(whole)[1]).toMatch(/3.*2.*4/);
  const part = exportMessage({ ...view, mutes: null, hidden: 5 });
  expect(pageOf(part)[1]).not.toBe(pageOf(whole)[1]);
  expect(about(pageOf(part), '5', 'cannot see')).toHaveLength(1);
});

describe('a mute', () => {
  const page = (taken: number, of: number, posted = { taken: 0, of: 0 }, hints = [] as const) =>
    pageOf(
      mutingMessage({
        ...{ what: 'muted', text: 'survey', isOld: false, undo: 'u' },
        ...{ hints, keptAway: { days: 30, posted, papers: { taken, of } } },
      }),
    );

  it('tells what it takes, and is amber where that is nothing or more than half of all', () => {
    const edge = (taken: number, of: number) => page(taken, of)[0].split(' ')[0];
    expect([edge(1, 10), edge(5, 10), edge(6, 10), edge(0, 10), edge(0, 0)]).toEqual([
      ...['saved', 'saved', 'look', 'look', 'saved'],
    ]);
    expect(page(0, 10)).not.toEqual(page(6, 10));
    expect(page(6, 10)).toHaveLength(page(1, 10).length + 2);
  });

  it('counts in what was posted where anything was, else in all papers', () => {
    expect(about(page(3, 40, { taken: 2, of: 7 }), '2', '7', '30')).toHaveLength(1);
    expect(about(page(3, 40), '3', '40', '30')).toHaveLength(1);
  });

  it('has a way back, as has its removal', () => {
    expect(page(1, 10).at(-2)).toBe('Undo = mute:u');
    const removed = (isOld: boolean) =>
      pageOf(mutingMessage({ what: 'unmuted', text: 'survey', isOld, undo: 'u' }));
    expect(removed(false)).toContain('Undo = mute:u');
    expect(removed(false)[0]).not.toBe(removed(true)[0]);
  });
});
