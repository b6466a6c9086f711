import { beforeAll, describe, expect, it } from 'vitest';
import { sayValue } from '#src/render/say.ts';
import type { TrendingView } from '#src/render/trending-page.ts';
import { createListTrending, type ListTrending } from '#src/service/list-trending.ts';
import { DAY } from '#test/archive/some-papers.ts';
import { aLibrary, NOON } from './a-library.ts';

let trending: ListTrending;
beforeAll(async () => {
  const day = (title: string, papers: number, daysAgo: number) =>
    Array.from({ length: papers }, (_, n) => ({ title: `${title} ${n}`, votes: papers - n, daysAgo }));
  trending = createListTrending(
    await aLibrary([
      ...day('Pond', 3, 29),
      // Far above all others of thirty days.
      { title: 'Diffusion models rise', votes: 900, daysAgo: 2 },
      ...day('Lake', 20, 2),
      ...day('River', 4, 0),
      { title: 'Large language models', votes: 2 },
    ]),
  );
});
const asker = { page: 0, userId: 'u', now: NOON };
const list = (topic: string, period: string, more: object = {}) =>
  trending.listTrending({ ...asker, topic, period, ...more });
const titlesOf = ({ items }: TrendingView) => items.map(({ paper }) => paper.title);

describe('what is trending', () => {
  it('of the last days are the papers that stand out, each with why; the others are a list of their own', async () => {
    const view = await list('', '3 days');
    expect(view).toMatchObject({ outstanding: 1, total: 26, others: false, page: 0, isLonger: true });
    expect(titlesOf(view)).toEqual(['Diffusion models rise']);
    expect(view.items[0].note).toMatch(/^1st of 21 papers of 8 March/);
    const others = await trending.turnTrendingPage(view.otherKey, asker);
    expect([others.others, others.total, others.items.length]).toEqual([true, 26, 10]);
    expect(titlesOf(others)).not.toContain('Diffusion models rise');
    const back = await trending.turnTrendingPage(others.otherKey, asker);
    expect([back.others, titlesOf(back)]).toEqual([false, ['Diffusion models rise']]);
  });

  it('is the others where nothing stands out', async () => {
    const view = await list('', 'today');
    expect([view.others, view.outstanding, view.total]).toEqual([true, 0, 5]);
    expect(titlesOf(view)).toContain('River 0');
  });

  it.each([
    ['today', 5],
    ['3 days', 26],
    ['week', 26],
    ['month', 29],
    ['constructor', 5],
  ])('of %s are %i papers', async (period, total) => expect((await list('', period)).total).toBe(total));

  it('has no more pages than there are, and keeps its question when they are turned', async () => {
    const first = await list('lake', 'week', { others: true });
    expect([first.total, first.items.length]).toEqual([20, 10]);
    const far = await trending.turnTrendingPage(first.key, { ...asker, page: 9 });
    expect([far.page, far.items.length, far.topic, far.period]).toEqual([1, 10, 'lake', 'week']);
  });

  it('of another period begins on its first page', async () => {
    const { key } = await list('', 'month', { others: true, page: 1 });
    const today = await trending.trendingSince(key, { userId: 'u', now: NOON, period: 'today' });
    expect([today.period, today.page, today.total, today.others]).toEqual(['today', 0, 5, true]);
  });
});

describe('what is trending of a topic or a filter', () => {
  it.each<[topic: string, titles: string[], hints: string[], instead: string | null, isLonger: boolean]>([
    ['llm', ['Large language models'], [], null, true],
    ['large language models', ['Large language models'], [], null, true],
    ['lake', [], [], null, true],
    ['lmm', [], [], 'llm', false],
    [' lmm ', [], [], 'llm', false],
    ['lmm zebra', [], [], null, false],
    ['difusion', [], ['No paper has “difusion”. Try: `diffusion`'], 'diffusion', false],
    ['zebra', [], [], null, false],
  ])('%j of today', async (topic, titles, hints, instead, isLonger) => {
    const view = await list(topic, 'today');
    expect([titlesOf(view), view.hints.map(sayValue), view.isLonger]).toEqual([titles, hints, isLonger]);
    expect(view.instead?.label ?? null).toBe(instead);
  });

  it('leads to what was probably meant', async () => {
    const { instead } = await list('lmm', 'today');
    const meant = await trending.turnTrendingPage(instead?.key ?? '', asker);
    expect([meant.topic, titlesOf(meant)]).toEqual(['llm', ['Large language models']]);
  });

  it('is told from midnight on, UTC', async () => {
    expect((await list('', 'today', { now: NOON + DAY / 2 - 1 })).total).toBe(5);
    expect((await list('', 'today', { now: NOON + DAY / 2 })).total).toBe(0);
  });

  it('refuses a filter that cannot be read', async () => {
    await expect(list('(zebra', 'today')).rejects.toThrow('I cannot read that filter');
  });
});

it('before anything is known there is nothing, and no longer list', async () => {
  const view = await createListTrending(await aLibrary([])).listTrending({
    ...{ ...asker, topic: '', period: 'today' },
  });
  expect(view).toMatchObject({ total: 0, items: [], isLonger: false, readAt: null, knownSince: NOON });
});
