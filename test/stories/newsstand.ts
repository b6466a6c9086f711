import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { aPaper } from '#test/builders/a-paper.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { contentOf } from '#test/read-message.ts';
import type { Stage } from './stage.ts';

/** A source of made-up papers that a story fills and closes. It survives restarts of the bot. */
export type Newsstand = {
  /** Papers with these titles appear, now; returns their ids. */
  print(...titles: string[]): string[];
  /** A paper that no list shows: it is found when somebody asks for it. Returns its id. */
  keepInStore(title: string): string;
  /** One from the store appears in today's list, now. */
  putOut(id: string): void;
  vote(paper: string, votes: number): void;
  /** While closed, no list can be read. */
  setClosed(isClosed: boolean): void;
  sources(clock: ShiftedClock): Source[];
};

type Printed = { paper: Paper; votes: number; day: string };

/** What a source yields of a list instead of this poll; a throw breaks the reading off there. */
export type Retell = (poll: Poll) => Poll | PollFailure;

/** The same sources, each poll told otherwise: odd figures, lists that fail. */
export function retold(sources: readonly Source[], retell: Retell): Source[] {
  return sources.map((source) => ({
    ...source,
    async *poll(at) {
      for await (const poll of source.poll(at)) yield 'failed' in poll ? poll : retell(poll);
    },
  }));
}

/** One list of a poll cannot be read. */
export const failedPoll = ({ source, list, key, seenAt }: Poll): PollFailure => ({
  ...{ failed: true, source, list, key, at: seenAt, reason: 'torn page' },
});

const DAYS_LISTED = 4;

export function createNewsstand(): Newsstand {
  const printed: Printed[] = [];
  const store: Paper[] = [];
  let isClosed = false;
  let now = () => 0;

  const batchOf = (day: string, seenAt: number): Poll => ({
    ...{ source: 'hugging-face', list: 'daily', key: day, seenAt, complete: true, malformed: 0 },
    sightings: printed
      .filter((one) => one.day === day)
      .sort((a, b) => b.votes - a.votes)
      .map(({ paper, votes }, index) => ({
        ...{ paper, ...NO_FIGURES, votes, place: index + 1, batchDay: day },
      })),
  });

  const asked = (papers: readonly Paper[]): Poll => ({
    ...{ source: 'hugging-face', list: 'lookup', key: '', seenAt: now(), complete: false, malformed: 0 },
    sightings: papers.map((paper, index) => ({
      ...{ paper, place: index + 1, ...NO_FIGURES, votes: 7, batchDay: null },
    })),
  });

  return {
    print(...titles) {
      // Papers of one call are of one instant: by their time none of them comes before another.
      const at = now();
      return titles.map((title) => {
        const id = `2603.${String(printed.length + 1).padStart(5, '0')}`;
        printed.push({ paper: paperCalled(id, title, at), votes: 1, day: dayOf(at) });
        return id;
      });
    },
    keepInStore(title) {
      const id = `1706.${String(store.length + 1).padStart(5, '0')}`;
      store.push(paperCalled(id, title, Date.UTC(2017, 5, 12)));
      return id;
    },
    putOut(id) {
      const paper = store.find((one) => one.id === id);
      if (paper) printed.push({ paper, votes: 1, day: dayOf(now()) });
    },
    vote(id, votes) {
      const known = printed.find(({ paper }) => paper.id === id);
      if (known) known.votes = votes;
    },
    setClosed: (closed) => {
      isClosed = closed;
    },
    sources(clock) {
      now = clock.now;
      const name = 'hugging-face' as const;
      async function* poll(at: number) {
        const days = [...new Set([dayOf(at), ...printed.map(({ day }) => day)])].sort().slice(-DAYS_LISTED);
        for (const key of days.reverse()) {
          if (isClosed)
            yield { failed: true, source: name, list: 'daily', key, at, reason: 'closed' } as const;
          else yield batchOf(key, at);
        }
      }
      const find = async (id: string) => {
        const known = store.find((paper) => paper.id === id);
        return known ? asked([known]) : null;
      };
      const search = async (words: string, limit: number) =>
        asked(store.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase())).slice(0, limit));
      return [{ name, poll, find, search }];
    },
  };
}

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

const paperCalled = (id: string, title: string, publishedAt: number): Paper =>
  aPaper(id, { title, publishedAt, authors: ['A. Author'], categories: ['cs.LG'] });

/** A post in short: `card: Title`, `Papers for you: 2 papers` (a digest) or `What was missed: 3 papers`. */
export type Posted = {
  head: string;
  papers: string[];
  message: ReturnType<Stage['driver']['allMessages']>[number];
};

/** The bot's posts in a channel, oldest first; answers to commands and notices left out. */
export function postsIn(stage: Stage, channel: string): Posted[] {
  return stage.driver.allMessages(channel).flatMap((message) => {
    const [embed] = message.embeds;
    const marked = JSON.stringify(message.components ?? []).includes('"why:');
    if (message.ephemeral || !embed || !marked) return [];
    const papers = [...new Set(JSON.stringify(embed).match(/\d{4}\.\d{5}/g) ?? [])];
    return [{ head: headOf(embed), papers, message }];
  });
}

/** A digest leads nowhere as a whole, and its heading counts its papers. */
function headOf({ title = '', url }: { title?: string; url?: string }): string {
  if (url !== undefined) return `card: ${title}`;
  const papers = /(\d+)(?: of \d+)? papers? (?:read|held back|missed)|(\d+) papers$/.exec(title);
  const kind = title.endsWith('missed') ? 'What was missed' : 'Papers for you';
  return `${kind}: ${papers?.[1] ?? papers?.[2]} papers`;
}

export const headsIn = (stage: Stage, channel: string): string[] =>
  postsIn(stage, channel).map(({ head }) => head);

/** Words to moderators in a channel. */
export function noticesIn(stage: Stage, channel: string): string[] {
  return stage.driver
    .allMessages(channel)
    .filter(
      ({ ephemeral, embeds, content, author }) => author.bot && !ephemeral && embeds.length === 0 && content,
    )
    .map(contentOf);
}
