import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type NotAsked, OutsideError, type OutsideFault } from '#src/foundation/failure.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import { aSighting } from '#test/archive/some-papers.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import { createNewsstand } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

describe('members ask for what Paperboy does not know', () => {
  let stage: Stage;
  let asked: string[];
  let hold: NotAsked | null;
  let hangs: boolean;
  let fault: OutsideFault | null;
  let doubted: Poll | null;
  let brought: Poll | null;
  const signals: AbortSignal[] = [];

  beforeEach(async () => {
    asked = [];
    hold = null;
    hangs = false;
    fault = null;
    doubted = null;
    brought = null;
    const stand = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => [...stand.sources(clock), arxiv()],
    });
  });
  afterEach(() => stage.close());

  const nothing: Poll = {
    ...{ source: 'arxiv-api', list: 'lookup', key: '', seenAt: 0 },
    ...{ complete: false, malformed: 0, sightings: [] },
  };

  function arxiv(): Source {
    const answer = async <T>(question: string, value: T, signal?: AbortSignal): Promise<T> => {
      asked.push(question);
      if (signal) signals.push(signal);
      if (hold) throw new OutsideError('arXiv', 'not asked', { retryable: true, hold });
      if (fault) throw new OutsideError('arXiv', 'answered 500', { retryable: true, fault });
      return hangs ? new Promise<T>(() => {}) : value;
    };
    return {
      name: 'arxiv-api',
      async *poll() {},
      find: (id, signal) => answer(id, brought, signal),
      doubt: async () => doubted,
      search: (words, _, signal) => answer(words, nothing, signal),
    };
  }

  const as = async (user: string, name: string, options: Record<string, string>) =>
    textOf(await stage.driver.slash({ user, channel: stage.channel, name, options }).message());

  it('at most ten times in ten minutes; then they read that, and until when, while others may ask', async () => {
    for (let number = 0; number < 10; number++)
      expect(await as(stage.alice, 'paper', { query: `2603.0900${number}` })).toContain(
        'Neither Hugging Face',
      );
    const refused = await as(stage.alice, 'paper', { query: '2603.09010' });
    const search = await as(stage.alice, 'search', { query: 'glacier' });
    const words = await as(stage.alice, 'paper', { query: 'glacier melting' });
    const other = await as(stage.moderator, 'paper', { query: '2603.09010' });

    expect(refused).toMatch(
      /^Paperboy itself does not know `2603\.09010`, and the sources were not asked, because you asked the sources many times in the last minutes; ask again <t:\d+:R>\./,
    );
    expect(search).toMatch(
      /This answer is from Paperboy’s own papers alone, because you asked the sources many times in the last minutes; the sources can be asked again <t:\d+:R>\./,
    );
    expect(words).toContain('This answer is from Paperboy’s own papers alone');
    expect(other).toContain('Neither Hugging Face nor arXiv has 2603.09010 (asked now).');
    expect(asked).toHaveLength(11);
  });

  it('and read of the queue in front of arXiv, not that arXiv is at fault', async () => {
    hold = { kind: 'queue', before: 12, spacing: 3000 };
    const note = 'arXiv: not asked yet, 12 questions before yours.';

    expect(await as(stage.alice, 'paper', { query: '2603.09000' })).toBe(
      `I do not know 2603.09000 yet. Hugging Face: none. ${note}\n`,
    );
    expect(await as(stage.alice, 'paper', { query: 'glacier melting' })).toContain(note);
    expect(await as(stage.alice, 'search', { query: 'glacier' })).toContain(note);
  });

  it('and read until when arXiv wants a pause', async () => {
    hold = { kind: 'rest', until: Date.parse('2026-03-10T13:00:00Z') };

    expect(await as(stage.alice, 'paper', { query: '2603.09000' })).toContain(
      `arXiv: it wants a pause, ask again <t:${Date.parse('2026-03-10T13:00:00Z') / 1000}:R>`,
    );
  });

  it('what arXiv only found when it was asked once more is shown to whoever asks next', async () => {
    doubted = { ...nothing, sightings: [aSighting(aPaper('2603.09000', { title: 'Glaciers' }), 1)] };

    const first = await as(stage.alice, 'paper', { query: '2603.09000' });
    const next = await as(stage.moderator, 'paper', { query: '2603.09000' });

    expect(first).toContain('Neither Hugging Face nor arXiv has 2603.09000 (asked now).');
    expect(next).toContain('Glaciers');
    expect(asked).toEqual(['2603.09000']);
  });

  it('another paper is none of that id, and one that cannot be read is not said to be none', async () => {
    brought = { ...nothing, sightings: [aSighting(aPaper('2501.00001', { title: 'Glaciers' }), 1)] };
    const other = await as(stage.alice, 'paper', { query: '2603.09000' });
    brought = { ...nothing, malformed: 1 };
    const unread = await as(stage.alice, 'paper', { query: '2603.09001' });

    expect(other).toContain('Neither Hugging Face nor arXiv has 2603.09000 (asked now).');
    expect(unread).toContain('Hugging Face: none. arXiv: its answer could not be read.');
    expect(await as(stage.alice, 'search', { query: 'glaciers' })).toContain('No paper has “glaciers”');
  });

  it('and what they are told of a source is what /status says: amber where it failed, until it answers', async () => {
    const status = () => as(stage.alice, 'status', {});
    fault = { kind: 'answered', status: 500 };
    const told = await as(stage.alice, 'search', { query: 'glacier' });
    const during = await status();
    fault = null;
    await as(stage.alice, 'search', { query: 'iceberg' });

    expect(told).toContain('arXiv: an error (500).');
    expect(during).toContain('Paperboy is running; a source has trouble');
    expect(during).toContain('its last look-up failed: arXiv: answered 500');
    expect(await status()).not.toContain('trouble');
  });

  it('a look-up that failed long ago says nothing of now, and our own queue says nothing of arXiv', async () => {
    fault = { kind: 'answered', status: 500 };
    await as(stage.alice, 'search', { query: 'glacier' });
    stage.clock.leap(15 * 60_000);
    const later = await as(stage.alice, 'status', {});
    fault = null;
    hold = { kind: 'queue', before: 3, spacing: 3000 };
    await as(stage.alice, 'search', { query: 'iceberg' });

    expect(later).not.toContain('trouble');
    expect(await as(stage.alice, 'status', {})).not.toContain('trouble');
  });

  it('a question that nobody answers is ended with its asker’s patience', async () => {
    hangs = true;
    stage.driver.slash({
      user: stage.alice,
      channel: stage.channel,
      name: 'paper',
      options: { query: '2603.09000' },
    });

    await vi.waitFor(() => {
      const answers = stage.driver.allMessages(stage.channel).map((message) => textOf(message));
      expect(answers.join()).toMatch(
        /I do not know 2603\.09000 yet\. Hugging Face: none\. arXiv: .*no answer/,
      );
    }, 15_000);
    expect(signals.at(-1)?.aborted).toBe(true);
  });
});
