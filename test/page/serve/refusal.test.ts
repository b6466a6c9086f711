import { describe, expect, it } from 'vitest';
import { refusalOf } from '#src/page/serve/refusal.ts';

describe('what the sandbox refuses', () => {
  it('is told with what to do next', () => {
    expect(refusalOf(new Error('The poll is over.'))).toEqual({
      answer: 'failed',
      sentence: 'The poll is over. Change that and send it again.',
    });
  });

  it('is told without the numbers of people and places', () => {
    const sentence = JSON.stringify(
      refusalOf(new Error('There is no channel 123456789012345678 in the sandbox.')),
    );
    expect(sentence).toContain('This is not here any more, or you cannot see it.');
    expect(sentence).not.toMatch(/\d{15}/);
  });

  it.each([
    new TypeError('x is not a function'),
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    'thrown',
    null,
  ])('is something else than a fault: %s', (fault) => expect(refusalOf(fault)).toBeNull());
});
