import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type LoopbackServer, openLoopbackServer, type Served } from './loopback-server.ts';

/** Recorded answers of Hugging Face and arXiv; not part of the project. */
export const RECORDINGS = '../shared/recordings';
export const hasRecordings = existsSync(`${RECORDINGS}/hugging-face`);

/** An entry of a daily list, as far as this server looks at it. */
export type Entry = { paper: Record<string, unknown> & { id: string; title: string; upvotes: number } };

export type RecordedOptions = {
  /** The virtual time, UTC ms: later batches do not exist yet. */
  now: () => number;
  /** Votes grow with a batch's age, as they do; false: as recorded, from the first hour. */
  growing?: boolean;
};

const HOUR = 3600_000;

/**
 * Hugging Face and arXiv on loopback, replaying the recorded days up to a virtual now. Hugging Face: `url`;
 * arXiv RSS: `url`; arXiv API: `url/api/query`.
 */
export function openRecordedHuggingFace({ now, growing = true }: RecordedOptions): Promise<LoopbackServer> {
  const batchAt = (day: string): Entry[] => {
    const age = Math.max(0, now() - Date.parse(`${day}T00:00:00Z`)) / HOUR;
    const share = growing ? 1 - Math.exp(-(age + 1) / 22) : 1;
    return recordedBatch(day).map((entry) => withVotes(entry, Math.round(entry.paper.upvotes * share)));
  };
  // Newest day first.
  const openBatches = (count: number): Entry[] =>
    recordedDays()
      .filter((day) => Date.parse(`${day}T00:00:00Z`) <= now())
      .slice(-count)
      .reverse()
      .flatMap(batchAt);

  return openLoopbackServer((url) => {
    const query = url.searchParams;
    if (url.pathname === '/api/daily_papers')
      return daily(url, query.get('date'), now(), batchAt, openBatches);
    if (url.pathname === '/api/papers/search') return json(search(openBatches(15), query));
    if (url.pathname.startsWith('/api/papers/')) return single(openBatches(60), url.pathname.slice(12));
    if (url.pathname.startsWith('/rss/')) return rss(decodeURIComponent(url.pathname.slice(5)), now());
    if (url.pathname === '/api/query') return atom(openBatches(60), query.get('id_list') ?? '');
    return { status: 404, body: '{"error":"Not Found"}' };
  });
}

const json = (value: unknown, headers: Record<string, string> = {}, status = 200): Served => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

type Batches = (day: string) => Entry[];
type Open = (count: number) => Entry[];

function daily(url: URL, date: string | null, now: number, batchAt: Batches, openBatches: Open): Served {
  if (date === null) return page(url, undated(url, openBatches));
  // The next batch opens in the evening before, New York time.
  if (Date.parse(`${date}T00:00:00Z`) <= now + 2.5 * HOUR) return page(url, byVotes(batchAt(date)));
  const bound = new Date(now).toISOString().slice(0, 10);
  return json(
    { error: `✖ "date" must be less than or equal to "${bound}T00:00:00.000Z"\n  → at date` },
    {},
    400,
  );
}

const byVotes = (entries: Entry[]): Entry[] => entries.sort((a, b) => b.paper.upvotes - a.paper.upvotes);

function undated(url: URL, openBatches: Open): Entry[] {
  if (url.searchParams.get('sort') !== 'trending') return openBatches(20);
  const stars = ({ paper }: Entry) => Number(paper.githubStars ?? 0);
  return openBatches(10).sort((a, b) => stars(b) - stars(a));
}

/** `p` counts from 0; another page is announced by a Link header. */
function page(url: URL, entries: Entry[]): Served {
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const number = Number(url.searchParams.get('p') ?? 0);
  const next = new URL(url);
  next.searchParams.set('p', String(number + 1));
  const more = entries.length > (number + 1) * limit;
  const link = { link: `<${next.pathname}${next.search}>; rel="next"` };
  return json(entries.slice(number * limit, (number + 1) * limit), more ? link : {});
}

function single(entries: Entry[], id: string): Served {
  const found = entries.find(({ paper }) => paper.id === id);
  return found ? json(found.paper) : json({ error: 'Paper not found' }, {}, 404);
}

function search(entries: Entry[], query: URLSearchParams): Entry[] {
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/);
  const matching = entries.filter(({ paper }) =>
    words.every((word) => paper.title.toLowerCase().includes(word)),
  );
  return matching.slice(0, Number(query.get('limit') ?? 100));
}

/** The recorded feed of that category where there is one; otherwise an empty one of this day. */
function rss(category: string, now: number): Served {
  const folder = `${RECORDINGS}/arxiv-rss`;
  const file = readdirSync(folder).find((name) => name.startsWith(`rss-${category}-`));
  if (file) return { body: readFileSync(`${folder}/${file}`, 'utf8') };
  const built = new Date(now).toUTCString();
  return {
    body: `<rss version="2.0"><channel><title>${category}</title><lastBuildDate>${built}</lastBuildDate></channel></rss>`,
  };
}

/** Recorded papers as arXiv would describe them. The category is made up: the recordings have none. */
function atom(entries: Entry[], ids: string): Served {
  const wanted = new Set(ids.split(','));
  const known = entries.filter(({ paper }) => wanted.delete(paper.id));
  const body = known.map(({ paper }) => atomEntry(paper)).join('');
  return {
    body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">${body}</feed>`,
  };
}

const atomEntry = (paper: Entry['paper']): string =>
  `<entry><id>http://arxiv.org/abs/${paper.id}v1</id><title>${escapeXml(paper.title)}</title>` +
  `<summary>${escapeXml(String(paper.summary))}</summary><published>${paper.publishedAt}</published>` +
  '<arxiv:primary_category term="cs.AI"/><category term="cs.AI"/></entry>';

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Every recorded day, oldest first. */
export const recordedDays = (): string[] =>
  ['2024', '2025', '2026']
    .flatMap((year) => readdirSync(`${RECORDINGS}/hugging-face/${year}`))
    .map((name) => name.slice(0, 10))
    .sort();

/** The recorded list of a day, as it was served; empty when there is none. */
export function recordedBatch(day: string): Entry[] {
  const file = `${RECORDINGS}/hugging-face/${day.slice(0, 4)}/${day}.json.gz`;
  return existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) : [];
}

const withVotes = (entry: Entry, upvotes: number): Entry => ({
  ...entry,
  paper: { ...entry.paper, upvotes },
});
