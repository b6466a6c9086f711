import { describe, expect, it } from 'vitest';
import { placedFields } from '#src/page/browser/message/embed-fields.ts';
import { sizeWords } from '#src/page/browser/message/file-words.ts';
import { forumRows } from '#src/page/browser/message/forum-rows.ts';
import { colourOf, initialsOf } from '#src/page/browser/message/initials.ts';
import { firstWords } from '#src/page/browser/message/plain-words.ts';
import type { Place, Text } from '#src/page/protocol.ts';
import { pageMessage } from './page-message.ts';

const plain = (text: string): Text => [{ kind: 'plain', text }];

describe('the first words of a message', () => {
  it('are its text without marks, with what a spoiler hides left out', () => {
    const content: Text = [
      { kind: 'heading', level: 2, inner: plain('TerraScope') },
      { kind: 'strong', inner: plain('36 upvotes') },
      { kind: 'plain', text: ' for ' },
      { kind: 'mention', of: 'role', id: '1', name: 'readers', isMine: false },
      { kind: 'spoiler', inner: plain('a secret') },
    ];
    expect(firstWords(pageMessage({ content }))).toBe('TerraScope 36 upvotes for @readers (spoiler)');
  });

  it('are those of its components where it has no text', () => {
    const parts = [
      {
        kind: 'container' as const,
        colour: null,
        isSpoiler: false,
        parts: [
          { kind: 'separator' as const, hasLine: true, isLarge: false },
          { kind: 'text' as const, text: plain('12 papers') },
        ],
      },
    ];
    expect(firstWords(pageMessage({ parts }))).toBe('12 papers');
  });
});

it('inline fields of an embed share a row by three, two or one', () => {
  const inline = { isInline: true };
  const columns = placedFields([inline, inline, inline, inline, { isInline: false }, inline, inline]);
  expect(columns.map((one) => one.columns)).toEqual([4, 4, 4, 12, 12, 6, 6]);
});

it('the size of a file is told in the unit that reads best', () => {
  expect(sizeWords(1)).toBe('1 byte');
  expect(sizeWords(1023)).toBe('1023 bytes');
  expect(sizeWords(1024)).toBe('1 KB');
  expect(sizeWords(12_345)).toBe('12.1 KB');
  expect(sizeWords(2_345_678)).toBe('2.2 MB');
});

describe('the face of a person', () => {
  it('has the initials of the first and the last name', () => {
    expect(initialsOf('Mo van Dijk')).toBe('MD');
    expect(initialsOf('ana')).toBe('A');
    expect(initialsOf('漢字')).toBe('漢');
    expect(initialsOf('…')).toBe('?');
  });

  it('always has the same colour', () => {
    expect(colourOf('1300000000079691776')).toBe(colourOf('1300000000079691776'));
    expect(colourOf('12')).toBeLessThan(6);
  });
});

describe('the posts of a forum', () => {
  const place = (given: Partial<Place>): Place => ({
    ...{ id: 'forum', serverId: 's', name: 'reading', kind: 'forum', parentId: null, topic: null },
    ...{ isArchived: false, mayWrite: true, botLacks: [], tags: [], lastMessageId: null },
    ...given,
  });

  it('stand with their tags, first words and messages, the last active first', () => {
    const forum = place({});
    const tags = [
      { id: '1', name: 'vision', isSet: true },
      { id: '2', name: 'language', isSet: false },
    ];
    const quiet = place({ id: 'quiet', name: 'Quiet', kind: 'thread', parentId: 'forum', tags });
    const busy = place({ id: 'busy', name: 'Busy', kind: 'thread', parentId: 'forum' });
    const other = place({ id: 'other', kind: 'thread', parentId: 'text' });
    const server = { id: 's', name: 'S', places: [forum, quiet, busy, other], roles: [], members: [] };
    const logs = new Map([
      ['quiet', { messages: [pageMessage({ at: 1, content: plain('Read this') })], hasEarlier: false }],
      ['busy', { messages: [pageMessage({ at: 2 }), pageMessage({ at: 3 })], hasEarlier: true }],
    ]);

    const rows = forumRows(server, forum, (id) => logs.get(id) ?? { messages: [], hasEarlier: false });

    expect(rows.map(({ title, tags, starter, count }) => ({ title, tags, starter, count }))).toEqual([
      { title: 'Busy', tags: [], starter: null, count: 'more than 2 messages' },
      {
        title: 'Quiet',
        tags: ['vision'],
        starter: { author: 'Ana', words: 'Read this' },
        count: '1 message',
      },
    ]);
  });
});
