import { describe, expect, it } from 'vitest';
import { type Copy, placeOfPaper } from '#src/decision/same-paper.ts';

const NOW = Date.UTC(2026, 2, 10);
const at = (channelId: string) => ({ channelId, messageChannelId: channelId, messageId: `m${channelId}` });
const copy = (more: Partial<Copy>): Copy => ({
  ...{ isBefore: true, state: 'there', at: at('1'), since: NOW, ...more },
});

describe('a paper that several channels of a server want', () => {
  it('comes in full to all where the server wants that', () => {
    expect(placeOfPaper('full', [copy({})], NOW)).toEqual({ kind: 'full' });
  });

  it.each(['line', 'none'] as const)('comes in full where no other channel has it (%s)', (samePaper) => {
    expect(placeOfPaper(samePaper, [], NOW)).toEqual({ kind: 'full' });
  });

  it('is shorter where another has it in full, the first of them', () => {
    const others = [copy({ isBefore: false, at: at('2') }), copy({ isBefore: false, at: at('3') })];
    expect(placeOfPaper('line', others, NOW)).toEqual({ kind: 'elsewhere', at: at('2') });
  });

  it('waits for a channel that stands before it and has its turn, for no other', () => {
    expect(placeOfPaper('line', [copy({ state: 'ready' })], NOW)).toEqual({ kind: 'wait' });
    expect(placeOfPaper('line', [copy({ state: 'ready', isBefore: false })], NOW)).toEqual({ kind: 'full' });
  });

  it('waits for whatever is on its way, for ten minutes: then it comes in full', () => {
    const leaving = [copy({ state: 'leaving', isBefore: false })];
    expect(placeOfPaper('none', leaving, NOW + 600_000)).toEqual({ kind: 'wait' });
    expect(placeOfPaper('none', leaving, NOW + 600_001)).toEqual({ kind: 'full' });
  });
});
