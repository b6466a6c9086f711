import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import { type Hold, OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look, SourceName } from '#src/paper/sighting.ts';
import type { Source } from '#src/source/source.ts';
import { createMemberAllowance, type Refusal } from './member-allowance.ts';

/** What one source said to a member's question. */
export type Said =
  | { kind: 'found'; papers: number }
  | { kind: 'none' }
  /** The request was under way for so long. */
  | { kind: 'late'; seconds: number }
  /** `reason`: for people, without the source's name. */
  | { kind: 'failed'; reason: string }
  /** Not asked: our own queue or quota, or a pause that the source asked for. */
  | { kind: 'held'; hold: Hold };

/** `source`: as people call it. `earlier`: when it said so, UTC ms, where that is remembered; null: just now. */
export type SourceAnswer = { source: string; said: Said; earlier: number | null };

/** What asking the sources for a member brought; tell-asked.ts has the sentences. */
export type Asked = {
  looks: readonly Look[];
  /** One of each source that was asked, or would have been. */
  answers: readonly SourceAnswer[];
  /** The sources that answered, as people call them. */
  answered: readonly string[];
  failures: readonly OutsideError[];
  /** Set when nobody was asked, because of a limit. */
  refusal: Refusal | null;
};

/** `again`: whatever was found to be unknown minutes ago is asked for once more, within the member's limit. */
export type AskOptions = { again?: boolean };

/**
 * Puts members' questions to the sources, within limits (member-allowance.ts). The same question is put once at a time, and
 * not again within ten minutes when everybody answered: the archive knows by then what there is. Never throws OutsideError.
 */
export type AskSources = {
  /** One paper: the sources in turn, until one knows it. */
  paper(id: string, member: string, options?: AskOptions): Promise<Asked>;
  /** Papers for some words: all sources at once. */
  papers(words: string, limit: number, member: string, options?: AskOptions): Promise<Asked>;
};

type Rooms = { sources: readonly Source[]; clock: Clock; log: Log; closing?: AbortSignal };

/** People wait: a source that does not answer by then is passed over. Half of it may be our own queue. */
const PATIENCE_MS = 6000;
const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED = 1000;
const NOTHING_NEW: Asked = { looks: [], answers: [], answered: [], failures: [], refusal: null };
const NAMES: Record<SourceName, string> = {
  'hugging-face': 'Hugging Face',
  'arxiv-rss': 'arXiv',
  'arxiv-api': 'arXiv',
  sample: 'the sample feed',
};

export function createAskSources(rooms: Rooms): AskSources {
  const { sources, clock } = rooms;
  const allowance = createMemberAllowance(clock);
  const underWay = new Map<string, Promise<Asked>>();
  const answeredAt = new Map<string, number>();

  const isKnown = (question: string): boolean =>
    clock.elapsed() - (answeredAt.get(question) ?? Number.NEGATIVE_INFINITY) < REMEMBERED_MS;

  const remember = (question: string): void => {
    answeredAt.delete(question);
    answeredAt.set(question, clock.elapsed());
    const [oldest] = answeredAt.keys();
    if (answeredAt.size > REMEMBERED) answeredAt.delete(oldest);
  };

  const once = (question: string, member: string, ask: () => Promise<Asked>): Promise<Asked> => {
    const present = underWay.get(question);
    if (present !== undefined) return present;
    if (isKnown(question)) return Promise.resolve(NOTHING_NEW);
    const taken = allowance.take(member);
    if (taken.refusal) return Promise.resolve({ ...NOTHING_NEW, refusal: taken.refusal });
    const asking = ask().finally(() => {
      underWay.delete(question);
      taken.done();
    });
    underWay.set(question, asking);
    return asking.then((asked) => {
      if (asked.failures.length === 0) remember(question);
      return asked;
    });
  };

  return {
    async paper(id, member) {
      const able = sources.filter(({ find }) => find !== undefined);
      return able.length === 0 ? NOTHING_NEW : once(`paper ${id}`, member, () => askInTurn(rooms, able, id));
    },
    async papers(words, limit, member) {
      const able = sources.filter(({ search }) => search !== undefined);
      if (able.length === 0) return NOTHING_NEW;
      return once(`papers ${limit} ${words}`, member, () => askAll(rooms, able, words, limit));
    },
  };
}

async function askInTurn(rooms: Rooms, sources: readonly Source[], id: string): Promise<Asked> {
  const answers: Answer[] = [];
  for (const source of sources) {
    const answer = await inTime(rooms, source, (signal) => source.find?.(id, signal));
    answers.push(answer);
    if (answer.look?.sightings.some(({ paper }) => paper.id === id)) break;
  }
  return summed(answers);
}

async function askAll(
  rooms: Rooms,
  sources: readonly Source[],
  words: string,
  limit: number,
): Promise<Asked> {
  return summed(
    await Promise.all(
      sources.map((source) => inTime(rooms, source, (signal) => source.search?.(words, limit, signal))),
    ),
  );
}

type Answer = { name: string; look: Look | null; failure: OutsideError | null };

const summed = (answers: readonly Answer[]): Asked => ({
  looks: answers.flatMap(({ look }) => look ?? []),
  answers: answers.map((answer) => ({ source: answer.name, said: saidBy(answer), earlier: null })),
  answered: [...new Set(answers.filter(({ failure }) => !failure).map(({ name }) => name))],
  failures: answers.flatMap(({ failure }) => failure ?? []),
  refusal: null,
});

function saidBy({ look, failure }: Answer): Said {
  if (failure?.hold) return { kind: 'held', hold: failure.hold };
  if (failure) return { kind: 'failed', reason: failure.message };
  const papers = look?.sightings.length ?? 0;
  return papers > 0 ? { kind: 'found', papers } : { kind: 'none' };
}

/** One source's answer. When our patience ends the question ends with it: it leaves the source's queue, or is cut off. */
async function inTime(
  { clock, log, closing }: Rooms,
  source: Source,
  ask: (signal: AbortSignal) => Promise<Look | null> | undefined,
): Promise<Answer> {
  const name = NAMES[source.name];
  const patience = new AbortController();
  const answered = new AbortController();
  const late = new OutsideError(name, `no answer within ${PATIENCE_MS / 1000} s`, { retryable: true });
  const deadline = clock.sleep(PATIENCE_MS, answered.signal).then(async () => {
    patience.abort(late);
    // The source tells best how far the question had come: it may still have been in our own queue.
    await letOthersRun();
    throw late;
  });
  // The answer may have been faster: then nobody waits for it.
  deadline.catch(() => {});
  try {
    const look = await Promise.race([ask(patience.signal), deadline]);
    return { name, look: look ?? null, failure: null };
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    // What is given up at the end is nobody's fault.
    log[closing?.aborted ? 'debug' : 'warn']({ err: error }, 'a source could not be asked');
    return { name, look: null, failure: error };
  } finally {
    answered.abort();
  }
}
