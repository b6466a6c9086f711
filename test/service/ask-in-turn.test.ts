import { setImmediate as letOthersRun } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OutsideError } from '#src/foundation/failure.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { askInTurn } from '#src/service/ask-in-turn.ts';
import { createDoubts } from '#src/service/doubts.ts';
import type { Source } from '#src/source/source.ts';
import { aPoll, aSighting } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

const ID = '2603.00001';
const poll = (...ids: string[]): Poll =>
  aPoll(
    0,
    ids.map((id, at) => aSighting(aPaper(id), at + 1)),
  );
/** The head start is over once others had their turn; patience never is. */
const clock = plainClock({
  ...{ now: () => 0, elapsed: () => 0 },
  sleep: (ms) => (ms > 1000 ? new Promise(() => {}) : letOthersRun()),
});
const source = (name: Source['name'], facts: Partial<Source>): Source => ({
  name,
  poll: async function* () {},
  ...facts,
});
const asked = async (...sources: Source[]) => {
  const answers = await askInTurn({ clock, log: silentLog }, sources, ID);
  return answers.map(({ source: { name }, said }) => [name, said.kind]);
};

describe('a paper that the sources are asked for in turn', () => {
  it('is not sought on where the first finds it, nor from one that it has no question for', async () => {
    const seen: string[] = [];
    const find = (name: string, found: Poll | null) => async (id: string) => {
      seen.push(`${name} ${id}`);
      return found;
    };
    const none = source('arxiv', { find: find('arxiv', null) });
    const has = source('hugging-face', { find: find('hugging-face', poll(ID)) });
    expect(await asked(has, none)).toEqual([['hugging-face', 'found']]);
    expect(seen).toEqual([`hugging-face ${ID}`]);
    expect(await asked(source('arxiv', {}), has)).toEqual([
      ['arxiv', 'none'],
      ['hugging-face', 'found'],
    ]);
  });

  it('is none of another id', async () => {
    expect(await asked(source('arxiv', { find: async () => poll('2603.00002') }))).toEqual([
      ['arxiv', 'none'],
    ]);
    const answers = await askInTurn(
      { clock, log: silentLog },
      [source('arxiv', { find: async () => poll('2603.00002', ID) })],
      ID,
    );
    expect(answers[0].poll?.sightings.map(({ paper }) => paper.id)).toEqual([ID]);
  });

  it('is the answer of whoever found it; who answers later is no part of it', async () => {
    const slow = (_: string, signal?: AbortSignal) =>
      new Promise<null>((answer) => signal?.addEventListener('abort', () => answer(null)));
    const quick = async () => poll(ID);
    expect(await asked(source('arxiv', { find: slow }), source('hugging-face', { find: quick }))).toEqual([
      ['hugging-face', 'found'],
    ]);
  });
});

describe('a second question for what was not found', () => {
  const begun = () => {
    const log = createKeptLog();
    const found: string[] = [];
    const doubts = createDoubts(log, (id) => void found.push(id));
    return { log, found, ...doubts };
  };
  const settled = () => letOthersRun();

  it('tells what it finds, and nothing where it finds nothing, or cannot be asked', async () => {
    const { begin, found } = begun();
    begin('a', source('arxiv', { doubt: async () => poll(ID) }));
    begin('b', source('arxiv', { doubt: async () => null }));
    begin('c', source('arxiv', {}));
    await settled();
    expect(found).toEqual(['a']);
  });

  it('that a source does not answer is no news; what else goes wrong is', async () => {
    const { begin, log } = begun();
    const throwing = (error: Error) => source('arxiv', { doubt: () => Promise.reject(error) });
    begin('a', throwing(new OutsideError('arXiv', 'busy', { retryable: true })));
    begin('b', throwing(new TypeError('a fault of ours')));
    await settled();
    expect(log.lines.map(({ level, message, fields }) => [level, message, fields])).toMatchObject([
      ['debug', 'a doubt was not settled', { source: 'arxiv' }],
      ['warn', 'a doubt was not settled', { source: 'arxiv' }],
    ]);
  });

  it('waits beside nine others at most, and has its turn once one of them is settled', async () => {
    const { begin } = begun();
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const patient = source('arxiv', {
      doubt: (id) => {
        asked.push(id);
        return new Promise((answer) => answers.push(() => answer(null)));
      },
    });
    for (let n = 0; n < 11; n++) begin(`${n}`, patient);
    expect(asked).toHaveLength(10);
    answers[0]();
    await settled();
    begin('one more', patient);
    expect(asked.at(-1)).toBe('one more');
  });

  it('that is asked anew ends the one before, and does not count twice', async () => {
    const { begin } = begun();
    const signals: (AbortSignal | undefined)[] = [];
    const patient = source('arxiv', {
      doubt: (_, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    for (let n = 0; n < 12; n++) begin('a', patient);
    expect(signals.map((one) => one?.aborted)).toEqual([...Array(11).fill(true), false]);
  });
});
