import { describe, expect, it } from 'vitest';
import { isMentioned, MENTIONS } from '#src/decision/mention.ts';

describe('a role is mentioned', () => {
  const by = (facts: Partial<Parameters<typeof isMentioned>[1]>) =>
    MENTIONS.filter((mention) =>
      isMentioned(mention, { isDigest: false, isStrict: false, wasPinged: false, ...facts }),
    );

  it('with every alert, or where the channel had no ping within the hour', () => {
    expect(by({})).toEqual(['every', 'hourly']);
    expect(by({ wasPinged: true })).toEqual(['every']);
  });

  it('with a paper that would also come at strict', () => {
    expect(by({ isStrict: true, wasPinged: true })).toEqual(['strict', 'every']);
  });

  it('with a digest', () => {
    expect(by({ isDigest: true, wasPinged: true })).toEqual(['every', 'digests']);
  });
});
