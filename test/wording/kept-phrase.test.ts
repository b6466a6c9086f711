import { describe, expect, it } from 'vitest';
import { inEnglish, readKept, storedText } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';

describe('what is stored to be said later', () => {
  it('is read back as it was', () => {
    const kept = phrase('hold.missing', { n: 1, permissions: [phrase('permission.sendMessages')] });
    expect(readKept(storedText(kept))).toEqual(kept);
    expect(inEnglish(kept)).toBe('Send Messages is missing');
  });

  it.each([
    'Send Messages is missing',
    'Missing Permissions (50013)',
    '{"key": 1}',
    '{"key":"hold.missing"',
    '{"key":"hold.missing"}',
  ])('is %j where that is what was stored', (text) => {
    expect(readKept(storedText(text))).toBe(text);
    expect(inEnglish(text)).toBe(text);
  });
});
