import { describe, expect, it } from 'vitest';
import { createHeavyWork } from '#src/service/heavy-work.ts';
import { inLanguage, languageNow } from '#src/wording/language.ts';
import { UserError } from '#src/wording/user-error.ts';

/** Work that ends when the test says so; `began` lists what was started, in order. */
function openHarness() {
  const heavy = createHeavyWork();
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (member: string, name: string) =>
    heavy.run(member, () => {
      began.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { heavy, began, ask, end };
}

describe('heavy work', () => {
  it('is done in the language of whoever asked, also where another’s has just ended', async () => {
    const heavy = createHeavyWork();
    const heard: string[] = [];
    const ask = (member: string, locale: string) =>
      inLanguage(locale, () =>
        heavy.run(member, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          heard.push(`${member} ${languageNow()}`);
        }),
      );
    await Promise.all([ask('ada', 'de'), ask('bob', 'fr'), ask('cy', 'ja'), ask('dan', 'pl')]);
    expect(heard.sort()).toEqual(['ada de', 'bob fr', 'cy ja', 'dan pl']);
  });

  it('is done two pieces at a time, members in turn, one piece of each', async () => {
    const { began, ask, end } = openHarness();
    const greedy = ['a1', 'a2', 'a3'].map((name) => ask('ada', name));
    void ask('bob', 'b1');
    void ask('cy', 'c1');
    expect(began).toEqual(['a1', 'b1']);
    await end('a1');
    expect(began).toEqual(['a1', 'b1', 'c1']);
    await end('b1');
    expect(began).toEqual(['a1', 'b1', 'c1', 'a2']);
    await end('c1');
    // Ada's third waits for her second.
    expect(began).toEqual(['a1', 'b1', 'c1', 'a2']);
    await end('a2');
    await end('a3');
    expect(await Promise.all(greedy)).toEqual(['a1', 'a2', 'a3']);
  });

  it('is refused with a sentence when sixty pieces of one member wait; others are not touched', async () => {
    const { began, ask, end } = openHarness();
    for (let number = 0; number <= 60; number++) void ask('ada', `a${number}`);
    await expect(ask('ada', 'too much')).rejects.toEqual(new UserError('answer.tooMuchAtOnce'));
    void ask('bob', 'b1');
    expect(began).toEqual(['a0', 'b1']);
    await end('a0');
    const again = ask('ada', 'again');
    await Promise.race([again, end('a1')]);
    expect(began).toEqual(['a0', 'b1', 'a1', 'a2']);
  });

  it('that fails tells its asker, and the next has its turn', async () => {
    const { heavy } = openHarness();
    const fails = () => Promise.reject(new UserError('stored.text', { text: 'no such paper' }));
    await expect(heavy.run('ada', fails)).rejects.toThrow('no such paper');
    const throws = () => {
      throw new UserError('stored.text', { text: 'not even begun' });
    };
    await expect(heavy.run('ada', throws)).rejects.toThrow('not even begun');
    await expect(heavy.run('ada', async () => 'done')).resolves.toBe('done');
  });

  it('lets others have their turn between two pieces, however many wait', async () => {
    const { heavy } = openHarness();
    const told: string[] = [];
    const pieces = Array.from({ length: 6 }, (_, number) =>
      heavy.run(`member ${number}`, async () => void told.push(`piece ${number}`)),
    );
    setImmediate(() => told.push('somebody else'));
    await Promise.all(pieces);
    expect(told.indexOf('somebody else')).toBe(2);
  });
});
