/**
 * `/paper` of ids that nobody knows, from the key press to the answer on the local Discord; Hugging Face and arXiv answer
 * after 0.7 s each. Asked one by one, when nothing waits for arXiv.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLoopbackServer, type Served } from '#test/fakes/loopback-server.ts';
import { atomEntry, atomFeed, rssFeed, rssItem } from '#test/source/bodies.ts';
import { type BenchLine, median, quantile } from './bench.ts';
import { openMemberHarness } from './member-harness.ts';
import { runBot } from './start/run-bot.ts';

const LATENCY_MS = 700;
const ANNOUNCED = '2603.01234';
/** arXiv's three seconds before and after the doubt that follows each question. */
const UNTIL_FREE_MS = 9000;

export async function* unknownIds(times: number): AsyncIterable<BenchLine> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-unknown-'));
  const sources = await openLoopbackServer(slowly);
  const { discord, user, channel } = await openMemberHarness();
  const { driver } = discord;
  const bot = await runBot('paperboy', discord, join(folder, 'paperboy.db'), [], {
    HUGGING_FACE_URL: sources.url,
    ARXIV_API_URL: `${sources.url}/api/query`,
    ARXIV_RSS_URL: sources.url,
    ARXIV_CATEGORIES: 'cs.LG',
  });
  await driver.untilCommand('paper');
  const took: number[] = [];
  for (let number = 0; number < times; number++) {
    await sleep(UNTIL_FREE_MS);
    const from = performance.now();
    const options = { query: `2603.9${String(number).padStart(4, '0')}` };
    const answer = driver.slash({ user, channel, name: 'paper', options });
    // A late answer comes beside a deferral; the other of both never does.
    const never = () => new Promise<never>(() => {});
    await Promise.race([answer.message().catch(never), answer.followUp().catch(never)]);
    took.push(performance.now() - from);
  }
  await bot.stop();
  await Promise.all([discord.close(), sources.close()]);
  rmSync(folder, { recursive: true });
  const note = `${times} asked; each source answers after ${LATENCY_MS} ms`;
  yield { case: '/paper of an unknown id', metric: 'ms_p50', value: median(took), note };
  yield {
    case: '/paper of an unknown id',
    metric: 'ms_max',
    value: quantile(took, 1),
    goal: { max: 1500 },
    note,
  };
}

async function slowly(url: URL): Promise<Served> {
  await sleep(LATENCY_MS);
  if (url.pathname.startsWith('/rss/')) return { body: rssFeed([rssItem({ id: ANNOUNCED })]) };
  if (url.pathname.startsWith('/api/papers/')) return { status: 404, body: '{"error":"none"}' };
  if (url.pathname !== '/api/query') return { body: '[]' };
  const isAnnounced = url.searchParams.get('id_list')?.includes(ANNOUNCED);
  return { body: atomFeed(isAnnounced ? [atomEntry({ id: `${ANNOUNCED}v1` })] : []) };
}
