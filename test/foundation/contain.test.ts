import { describe, expect, it } from 'vitest';
import { createContain } from '#src/foundation/contain.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

describe('work that concerns one server', () => {
  const open = () => {
    const log = createKeptLog();
    const fatal: FatalError[] = [];
    return { log, fatal, contain: createContain(log, (error) => fatal.push(error)) };
  };

  it.each([
    [
      'at once',
      () => {
        throw new Error('no');
      },
    ],
    ['later', () => Promise.reject(new Error('no'))],
  ])('that fails %s is logged, and nothing else happens', async (_, work) => {
    const { contain, log, fatal } = open();
    await contain({ server: '1' }, 'it failed', work);
    expect(log.lines).toMatchObject([
      { level: 'error', message: 'it failed', fields: { server: '1', err: { sentence: 'no' } } },
    ]);
    expect(fatal).toEqual([]);
  });

  it('ends the process where going on is impossible', async () => {
    const { contain, fatal } = open();
    const full = new FatalError('The disk is full.');
    await contain({}, 'it failed', () => Promise.reject(full));
    expect(fatal).toEqual([full]);
  });
});
