import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { readWhy, type Why } from '#src/decision/why.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { Promised } from '#src/outbox/promise.ts';
import { count } from '#src/render/count.ts';
import type { DigestItem, DigestView } from '#src/render/digest.ts';
import { catchUpHeading, digestHeading } from '#src/render/digest-heading.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { PAGE_SIZE } from '#src/render/paper-list.ts';
import type { Reason } from '#src/render/reason.ts';
import { pageOf } from '#src/source/sources.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { catchUpFacts, channelName, digestFacts } from './digest-facts.ts';
import { type Tagging, tagsFor } from './forum-tags.ts';
import type { CardLetter, Letter, NoticeLetter } from './letter.ts';
import { createPassages, type Passages } from './passages.ts';
import type { Parcel, Servers } from './postman.ts';

export type Composing = Tagging & {
  outbox: Outbox;
  archive: Archive;
  servers: Servers;
  /** Null when it was removed meanwhile: the promise stands all the same. */
  subscription(id: string): Subscription | null;
  zones: Zones;
  parse(filter: string): Parsed;
  log: Log;
};

/** What a digest's page is described from. */
export type Describing = Omit<Composing, 'outbox'>;

/** A packed post as values, from what was decided and what is known now. Composing twice gives the same nonce and mark. */
export async function compose(rooms: Composing, post: Post): Promise<Parcel> {
  const promises = await promisesOf(rooms.outbox, post);
  const wanting = [...new Set(promises.flatMap(({ subscriptions }) => subscriptions))]
    .map(rooms.subscription)
    .filter((subscription) => subscription !== null);
  const letter = await letterOf(rooms, post, promises);
  const attention = attentionOf(rooms, post, wanting);
  const names = await forumNames(rooms, post, wanting);
  const { place, nonce, promisedAt, plain: isPlain } = post;
  return { place, letter, ...attention, isPlain, nonce, promisedAt, ...names };
}

export async function promisesOf(outbox: Outbox, post: Post): Promise<Promised[]> {
  const { destination } = post.place;
  const entries = await Promise.all(
    post.papers.map((paper) => outbox.ledger({ destination, paper, limit: 1 })),
  );
  return entries.flat();
}

async function letterOf(rooms: Composing, post: Post, promises: readonly Promised[]): Promise<Letter> {
  if (post.kind === 'notice') return noticeLetter(post);
  if (post.kind === 'card') return await cardLetter(rooms, post, promises);
  const view = await digestView(rooms, post, promises, 0);
  if (post.kind === 'digest') return { kind: 'digest', view };
  return { kind: 'catch-up', view, facts: catchUpFacts(rooms, post, promises) };
}

/** A notice as it stands now; also what one that is over is edited to. */
export function noticeLetter({ note, mark, about }: Pick<Post, 'note' | 'mark' | 'about'>): NoticeLetter {
  return { kind: 'notice', text: note ?? '', mark, about };
}

/** A card as it stands now; also what a living card is edited to. */
export async function cardLetter(
  { archive, servers }: Pick<Composing, 'archive'> & { servers: Pick<Servers, 'channel'> },
  post: Post,
  promises: readonly Promised[],
): Promise<CardLetter> {
  const [id] = post.papers;
  const stored = await archive.paper(id);
  const why = readWhy(promises[0]?.why);
  if (!stored) return { kind: 'card', id, shown: null, mark: post.mark };
  return {
    kind: 'card',
    id,
    shown: shownOf(stored),
    ...(why ? { why: reasonOf({ servers }, post, stored, why), matched: why.filters } : {}),
    mark: post.mark,
  };
}

const shownOf = ({ paper, signals, sources }: StoredPaper) => ({
  paper,
  signals,
  page: pageOf(paper.id, sources),
});

/** A digest's page; the first is posted, the others are shown to whoever asks. */
export async function digestView(
  rooms: Describing,
  post: Post,
  promises: readonly Promised[],
  page: number,
): Promise<DigestView> {
  const passages = createPassages(rooms.parse);
  // The filter of the subscription that gives it to the digest comes first: see pack-due.ts.
  const byFilter = Map.groupBy(promises, ({ why }) => readWhy(why)?.filters[0] ?? '');
  return {
    heading: await headingOf(rooms, post, promises),
    items: await itemsOf(rooms, post, promises, (index) =>
      Math.floor(index / PAGE_SIZE) === page ? passages : null,
    ),
    groups: [...byFilter].map(([filter, own]) => ({ filter, papers: own.map(({ paper }) => paper) })),
    mark: post.mark,
    page,
  };
}

/** As it was posted, whatever became of its subscriptions since. */
export async function headingOf(
  rooms: Describing,
  post: Post,
  promises: readonly Promised[],
): Promise<string> {
  if (post.note !== null) return post.note;
  if (post.kind === 'catch-up') return catchUpHeading(catchUpFacts(rooms, post, promises));
  return digestHeading(await digestFacts(rooms, post, promises));
}

/** Only what is shown gets passages. */
async function itemsOf(
  rooms: Describing,
  post: Post,
  promises: readonly Promised[],
  passagesFor: (index: number) => Passages | null,
): Promise<DigestItem[]> {
  const papers = await rooms.archive.papers(promises.map(({ paper }) => paper));
  const byId = new Map(papers.map((stored) => [stored.paper.id, stored]));
  return promises.flatMap((promised, index) => {
    const stored = byId.get(promised.paper);
    return stored ? itemOf(rooms, post, { promised, stored, passages: passagesFor(index) }) : [];
  });
}

type Item = { promised: Promised; stored: StoredPaper; passages: Passages | null };

function itemOf(rooms: Describing, post: Post, { promised, stored, passages }: Item): DigestItem {
  const why = readWhy(promised.why);
  if (!why) return shownOf(stored);
  // What is an ornament does not cost the paper.
  const passage = isolate(
    () => passages?.of(stored, why.filters, promised.decidedAt),
    (error) =>
      rooms.log.error({ post: post.id, paper: promised.paper, err: error }, 'a passage cannot be shown'),
  );
  const reason = reasonOf(rooms, post, stored, why);
  return { ...shownOf(stored), why: reason, matched: why.filters, ...(passage ? { passage } : {}) };
}

function reasonOf(
  rooms: { servers: Pick<Servers, 'channel'> },
  post: Post,
  { signals }: StoredPaper,
  { news, asked, isWeekly }: Why,
): Reason {
  return { news, beside: { votes: signals.votes, asked, isWeekly, channel: channelName(rooms, post) } };
}

/** Whom it mentions and whether it rings: a role only where a subscription names it, never anybody else. */
function attentionOf(
  { servers }: Composing,
  { kind, place }: Post,
  wanting: readonly Subscription[],
): Pick<Parcel, 'mentions' | 'isSilent'> {
  if (kind === 'notice') return { mentions: [], isSilent: false };
  const mentions = [...new Set(wanting.flatMap(({ roleId }) => roleId ?? []))].filter((id) =>
    ['rings', 'silent'].includes(
      servers.mention({ serverId: place.serverId, channelId: channelOf(place) }, id),
    ),
  );
  return { mentions, isSilent: wanting.length > 0 && wanting.every(({ silent }) => silent) };
}

/** A forum's posts are named and tagged. */
async function forumNames(
  rooms: Composing,
  post: Post,
  wanting: readonly Subscription[],
): Promise<Pick<Parcel, 'threadName' | 'tagIds'>> {
  if (post.place.kind !== 'forum') return {};
  return { threadName: await threadNameOf(rooms, post), tagIds: await tagsFor(rooms, post, wanting) };
}

/** What a thread or forum post is called: after its paper, where it shows one. */
export async function threadNameOf({ archive }: Pick<Composing, 'archive'>, post: Post): Promise<string> {
  const title = post.kind === 'card' ? (await archive.paper(post.papers[0]))?.paper.title : null;
  return plain(title ?? count(post.papers.length, 'paper'), 100);
}
