import { describe, expect, it } from 'vitest';
import { boxWords, draftFrom, draftTyped, isBlank, textFault } from '#src/page/browser/composer/draft.ts';
import type { Place } from '#src/page/protocol.ts';
import { OFFERED } from './offered.ts';

const PLACE: Place = {
  id: '3',
  serverId: '1',
  name: 'vision',
  kind: 'text',
  parentId: null,
  topic: null,
  isArchived: false,
  mayWrite: true,
  botLacks: [],
  tags: [],
  lastMessageId: null,
};

describe('the composer', () => {
  it('takes a command for whole once something stands behind its name', () => {
    expect(draftTyped('/search', OFFERED)).toEqual({ text: '/search' });
    expect(draftTyped('/search ', OFFERED)).toMatchObject({ command: { name: 'search' } });
  });

  it('fills a command in that is put there as a line', () => {
    expect(draftFrom('/search query:diffusion', OFFERED)).toMatchObject({ chips: [{ text: 'diffusion' }] });
    expect(draftFrom('/trending', OFFERED)).toMatchObject({ command: { name: 'trending' }, chips: [] });
  });

  it('keeps any other text as it is', () => {
    expect(draftFrom('Good morning', OFFERED)).toEqual({ text: 'Good morning' });
    expect(isBlank({ text: ' ' })).toBe(true);
  });

  it('says whom or what one writes to', () => {
    expect(boxWords(PLACE)).toBe('Message #vision');
    expect(boxWords({ ...PLACE, kind: 'direct', name: 'Paperboy' })).toBe('Message @Paperboy');
    expect(boxWords({ ...PLACE, kind: 'thread', name: 'TerraScope' })).toBe('Message “TerraScope”');
  });

  it('sends no command that is not there, and says where they are', () => {
    expect(textFault('/serch diffusion', PLACE)).toBe(
      'There is no command /serch here. Type / to see them all.',
    );
  });

  it('sends nothing where the viewer may not write, and says what works', () => {
    const closed = { ...PLACE, mayWrite: false };
    expect(textFault('hello', closed)).toBe(
      'You may not send messages in this channel. Commands work: type /.',
    );
    expect(textFault('hello', PLACE)).toBeNull();
  });

  it('sends nothing longer than a message can be', () => {
    expect(textFault('a'.repeat(2000), PLACE)).toBeNull();
    expect(textFault('a'.repeat(2001), PLACE)).toBe(
      'A message has at most 2,000 characters; this has 2,001.',
    );
  });
});
