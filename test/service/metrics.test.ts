import { expect, it } from 'vitest';
import { openRuns } from '#src/foundation/runs.ts';
import { createMetrics } from '#src/service/metrics.ts';
import { anEntry } from '#test/outbox/some-posts.ts';
import { aDesk, anOrder } from './a-desk.ts';
import { NOON } from './a-library.ts';

it('the figures of /metrics are those of now, each time they are asked for', async () => {
  const desk = await aDesk([{ title: 'Ocean waves' }, { title: 'Desert winds' }]);
  const runs = openRuns(desk.db);
  const read = createMetrics({ ...desk, runs });
  const figures = async () =>
    (await read()).split('\n').filter((line) => line.startsWith('paperboy_') && !/ 0$/.test(line));
  expect(await figures()).toEqual(['paperboy_papers 2']);
  await desk.subscribeChannel(anOrder());
  await desk.outbox.add(anEntry('a'));
  const run = { startedAt: NOON, finishedAt: NOON + 1999, checked: 0, matched: 0, added: 0, problem: null };
  await runs.note(run);
  expect(await figures()).toEqual([
    'paperboy_papers 2',
    'paperboy_subscriptions 1',
    `paperboy_last_round_seconds ${NOON / 1000 + 1}`,
    'paperboy_outbox{state="due"} 1',
  ]);
  expect(await read()).toContain('# HELP paperboy_unreadable_settings Stored settings that cannot be read');
  expect(await read()).toContain('process_cpu_seconds_total');
});
