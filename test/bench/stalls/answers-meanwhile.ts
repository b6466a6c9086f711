import { openDatabase } from '#src/foundation/database/database.ts';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';
import { type BenchLine, quantile } from '../bench.ts';
import { collectVocabulary, generateFilters, MIXES } from '../filter-generator.ts';
import { papersToLearnFrom } from '../recorded-papers.ts';
import { runBot } from '../start/run-bot.ts';

const SUBSCRIBERS = 20;
const PAPERS_ASKED = 600;
/** Discord gives an interaction up after this. */
const PATIENCE_MS = 3000;

/** On the local Discord, the bot a process of its own: 600 `/paper` while 20 moderators subscribe at once. */
export async function* answersMeanwhile(databaseFile: string, quick: boolean): AsyncIterable<BenchLine> {
  const discord = await startSandbox({ limits: { global: 'off', routes: false } });
  const { driver } = discord;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' }).id;
  const member = driver.addMember(server.id, {
    name: 'Mia',
    permissions: ['ViewChannel', 'UseApplicationCommands'],
  });
  const moderators = Array.from({ length: SUBSCRIBERS }, (_, n) => ({
    user: driver.addMember(server.id, { name: `mod ${n}`, permissions: ['ManageChannels'] }).id,
    channel: driver.createChannel(server.id, { name: `news-${n}` }).id,
  }));
  driver.inviteBot(server.id, ['ViewChannel', 'SendMessages', 'EmbedLinks']);
  const known = await idIn(databaseFile);
  const bot = await runBot('paperboy', discord, databaseFile);
  await driver.untilCommand('subscribe');

  const filters = generateFilters(collectVocabulary(papersToLearnFrom()), MIXES.broad, 11);
  const subscribed = moderators.map(({ user, channel }) =>
    timed(discord, user, channel, 'subscribe', { keywords: String(filters.next().value) }),
  );
  const asked: Promise<number>[] = [];
  for (let n = 0; n < (quick ? 60 : PAPERS_ASKED); n++) {
    asked.push(timed(discord, member.id, channel, 'paper', { query: known }));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const [papers, subscriptions] = await Promise.all([Promise.all(asked), Promise.all(subscribed)]);
  await bot.stop();
  await discord.close();
  const [answered, all] = [papers.filter((ms) => ms <= PATIENCE_MS).length, papers.length];
  const name = `${all} /paper while 20 subscribe`;
  const note = 'from the member’s key to the first answer, a "thinking ..." included';
  yield { case: name, metric: 'in_time', value: answered, goal: { min: all }, note };
  yield { case: name, metric: 'ms_p99', value: quantile(papers, 0.99) };
  yield { case: name, metric: 'subscribe_ms_max', value: Math.max(...subscriptions) };
}

async function timed(
  { driver }: Sandbox,
  user: string,
  channel: string,
  name: string,
  options: Record<string, string>,
): Promise<number> {
  const from = performance.now();
  // No answer in time is one that never came.
  const answered = await driver
    .slash({ user, channel, name, options })
    .message()
    .catch(() => null);
  return answered ? performance.now() - from : Number.POSITIVE_INFINITY;
}

/** A paper that it knows. */
export async function idIn(databaseFile: string): Promise<string> {
  const db = await openDatabase(databaseFile);
  const known = await db.get<{ id: string }>('SELECT id FROM paper LIMIT 1');
  await db.close();
  return known?.id ?? '';
}
