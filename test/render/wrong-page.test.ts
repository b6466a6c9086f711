import { describe, expect, it } from 'vitest';
import { mendedMessage } from '#src/render/wrong-page.ts';

const titleOf = (kind: 'muted' | 'unmuted', isOld: boolean) =>
  mendedMessage({ kind, word: 'survey', isOld, key: 'key' }).embeds[0].title;

describe('a mute', () => {
  it('says of a second press that it was so before, and of a second Undo too', () => {
    expect([titleOf('muted', false), titleOf('muted', true)]).toEqual(['Saved', 'Saved already']);
    expect([titleOf('unmuted', false), titleOf('unmuted', true)]).toEqual(['Undone', 'Undone already']);
  });
});
