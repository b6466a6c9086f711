import { type LoopbackServer, openLoopbackServer, type Served } from '#test/fakes/loopback-server.ts';
import { workingDay } from './working-day.ts';

/** Words that titles are made of; filters of the kill runs ask for them. */
export const WORDS = ['ocean', 'desert', 'forest', 'glacier', 'meadow', 'tundra'] as const;

/** `printedAt`: by the run's clock, UTC ms. */
export type MadeUpPaper = {
  id: string;
  title: string;
  words: readonly string[];
  votes: number;
  printedAt: number;
};

/** Hugging Face and arXiv on loopback with made-up papers, which appear when the run says so. */
export type PaperPress = {
  url: string;
  /** All papers that appeared so far, in order. */
  printed: readonly MadeUpPaper[];
  /** So many more papers appear in the open batch. */
  print(count: number): void;
  /** Hears of each request, when it is answered. */
  onAnswer(listener: (path: string) => void): void;
  close(): Promise<void>;
};

/** `random`: 0 to 1. The papers' month is this month, so that the ids look like arXiv's. */
export async function openPaperPress(random: () => number): Promise<PaperPress> {
  const printed: MadeUpPaper[] = [];
  let listener: (path: string) => void = () => {};
  const server: LoopbackServer = await openLoopbackServer((url) => {
    listener(url.pathname);
    if (url.pathname === '/api/daily_papers') return daily(url, printed);
    if (url.pathname.startsWith('/rss/')) return emptyFeed();
    if (url.pathname === '/api/query') return { body: '<feed xmlns="http://www.w3.org/2005/Atom"></feed>' };
    return { status: 404, body: '{"error":"Not Found"}' };
  });
  return {
    url: server.url,
    printed,
    print(count) {
      for (let number = 0; number < count; number++) printed.push(paperNumber(printed.length + 1, random));
    },
    onAnswer: (heard) => {
      listener = heard;
    },
    close: server.close,
  };
}

function paperNumber(number: number, random: () => number): MadeUpPaper {
  const month = new Date(workingDay.now()).toISOString().slice(2, 7).replace('-', '');
  const words = WORDS.filter(() => random() < 0.35);
  return {
    id: `${month}.${String(number).padStart(5, '0')}`,
    title: `Notes on paper ${number}: ${words.join(' and ') || 'nothing else'}`,
    words,
    votes: Math.floor(random() * 40),
    printedAt: workingDay.now(),
  };
}

const PAGE = 100;

/** Only the newest batch holds anything; the trending list shows the ten newest papers first. */
function daily(url: URL, printed: readonly MadeUpPaper[]): Served {
  const query = url.searchParams;
  if (query.get('date') === null) return json(printed.slice(-20).reverse().map(entryOf));
  if (query.get('date') !== openDay()) return json([]);
  const page = Number(query.get('p') ?? 0);
  const byVotes = printed.toSorted((a, b) => b.votes - a.votes);
  return json(byVotes.slice(page * PAGE, (page + 1) * PAGE).map(entryOf));
}

/** Hugging Face's batch turns over at 21:30 in New York. */
function openDay(): string {
  const zone = { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', zone).format(workingDay.now() + 2.5 * 3_600_000);
}

function entryOf({ id, title, votes }: MadeUpPaper): object {
  return {
    paper: { id, title, summary: '', upvotes: votes, authors: [{ name: 'A. Author' }] },
    numComments: 0,
  };
}

const json = (value: unknown): Served => ({
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

function emptyFeed(): Served {
  const built = new Date(workingDay.now()).toUTCString();
  return {
    body: `<rss version="2.0"><channel><title>none</title><lastBuildDate>${built}</lastBuildDate></channel></rss>`,
  };
}
