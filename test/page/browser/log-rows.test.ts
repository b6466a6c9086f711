import { describe, expect, it } from 'vitest';
import { logRows } from '#src/page/browser/message/log-rows.ts';
import { timesIn } from '#src/page/browser/message/time-words.ts';
import type { PageMessage } from '#src/page/protocol.ts';
import { pageMessage } from './page-message.ts';

const { day } = timesIn('UTC');
const NOON = Date.UTC(2026, 2, 10, 12);
const ana = { id: '1', name: 'Ana', isBot: false };
const mo = { id: '2', name: 'Mo', isBot: false };

const at = (minutes: number, given: Partial<PageMessage> = {}) =>
  pageMessage({ id: `m${minutes}`, at: NOON + minutes * 60_000, ...given });

function rows(messages: readonly PageMessage[], firstNewId: string | null = null, hasEarlier = false) {
  return logRows({ messages, hasEarlier }, { from: 0, to: messages.length }, firstNewId, day);
}

const groups = (messages: readonly PageMessage[]) => rows(messages).map(({ startsGroup }) => startsGroup);

describe('messages below each other', () => {
  it('name the author once while the author writes on within seven minutes', () => {
    expect(groups([at(0), at(6), at(14)])).toEqual([true, false, true]);
  });

  it('name the author again when another one wrote between', () => {
    expect(groups([at(0), at(1, { author: mo }), at(2)])).toEqual([true, true, true]);
  });

  it('name the author of a reply and of an answer to a command', () => {
    const reply = at(1, { replyTo: { messageId: 'm0', author: mo, text: 'Hello' } });
    const answer = at(2, { asked: { by: ana, command: 'search' } });
    expect(groups([at(0), reply, answer])).toEqual([true, true, true]);
  });

  it('do not mix what all see with what the viewer alone sees', () => {
    expect(groups([at(0), at(1, { isEphemeral: true }), at(2)])).toEqual([true, true, true]);
  });

  it('have the day above the first of a place and of each other day', () => {
    const found = rows([at(0), at(1), at(12 * 60)]);
    expect(found.map(({ startsDay }) => startsDay)).toEqual([true, false, true]);
  });

  it('have no day above the first that is loaded while there are earlier ones', () => {
    expect(rows([at(0), at(1)], null, true)[0].startsDay).toBe(false);
  });

  it('have a line above the first that is new, and name its author', () => {
    const found = rows([at(0), at(1), at(2)], 'm1');
    expect(found.map(({ isFirstNew }) => isFirstNew)).toEqual([false, true, false]);
    expect(found[1].startsGroup).toBe(true);
  });

  it('stand the same whether or not those before them are drawn', () => {
    const messages = [at(0), at(1), at(2), at(3, { author: mo })];
    const all = logRows({ messages, hasEarlier: false }, { from: 0, to: 4 }, null, day);
    const some = logRows({ messages, hasEarlier: false }, { from: 2, to: 4 }, null, day);
    expect(some).toEqual(all.slice(2));
  });
});
