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
import { type DigestView, digestMessage } from '#src/render/digest.ts';
import { catchUpHeading, catchUpLine, digestHeading } from '#src/render/digest-heading.ts';
import { doubtButtons } from '#src/render/doubt-notice.ts';
import { escapeMarkdown, plain } from '#src/render/escape-markdown.ts';
import { paperCard } from '#src/render/paper-card.ts';
import { type ListItem, PAGE_SIZE } from '#src/render/paper-list.ts';
import { plainMessage } from '#src/render/plain-message.ts';
import { cardLine, digestLine, withRoles } from '#src/render/push-line.ts';
import { type Beside, tellNews, tellNewsShortly } from '#src/render/reason.ts';
import { wording } from '#src/render/wording.ts';
import { pageOf } from '#src/source/sources.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { catchUpFacts, channelName, digestFacts } from './digest-facts.ts';
import { type Tagging, tagsFor } from './forum-tags.ts';
import { createPassages, type Passages } from './passages.ts';
import type { MessageBody, Parcel, Servers } from './postman.ts';

/** Discord's SUPPRESS_NOTIFICATIONS (resources/message.mdx, message flags). */
const SILENT = 1 << 12;

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

/** Renders a packed post from what was decided and what is known now. Rendering twice gives the same nonce and mark. */
export async function compose(rooms: Composing, post: Post): Promise<Parcel> {
  const promises = await promisesOf(rooms.outbox, post);
  const wanting = [...new Set(promises.flatMap(({ subscriptions }) => subscriptions))]
    .map(rooms.subscription)
    .filter((subscription) => subscription !== null);
  const whole = await bodyOf(rooms, post, promises);
  const shown = post.plain ? { ...whole, ...plainMessage(whole, post.mark) } : whole;
  const attention = attentionOf(rooms, post, wanting);
  const content = withRoles(String(shown.content ?? ''), attention.allowed_mentions?.roles ?? []);
  const body = { ...shown, ...attention, content };
  const names = await forumNames(rooms, post, wanting);
  return { place: post.place, body, nonce: post.nonce, promisedAt: post.promisedAt, ...names };
}

export async function promisesOf(outbox: Outbox, post: Post): Promise<Promised[]> {
  const { destination } = post.place;
  const entries = await Promise.all(
    post.papers.map((paper) => outbox.ledger({ destination, paper, limit: 1 })),
  );
  return entries.flat();
}

async function bodyOf(rooms: Composing, post: Post, promises: readonly Promised[]): Promise<MessageBody> {
  if (post.kind === 'notice') return noticeBody(post);
  if (post.kind === 'card')
    return { content: await cardContent(rooms, post, promises), ...(await cardBody(rooms, post, promises)) };
  const view = await digestView(rooms, post, promises, 0);
  if (post.kind === 'digest')
    return { content: digestLine(view.items.map(({ paper }) => paper.title)), ...digestMessage(view) };
  const facts = catchUpFacts(rooms, post, promises);
  return { content: escapeMarkdown(catchUpLine(facts)), ...digestMessage({ ...view, cause: facts.cause }) };
}

async function cardContent(
  { archive }: Composing,
  post: Post,
  promises: readonly Promised[],
): Promise<string> {
  const why = readWhy(promises[0]?.why);
  const title = (await archive.paper(post.papers[0]))?.paper.title;
  return cardLine(title || post.papers[0], why ? tellNewsShortly(why.news) : undefined);
}

/** Its last button does nothing but carry the mark: without one, a notice in doubt would be sent a second time. */
export function noticeBody({ note, mark, about }: Pick<Post, 'note' | 'mark' | 'about'>): MessageBody {
  const label = { type: 2, style: 2, label: wording.noticeLabel, custom_id: mark, disabled: true };
  const buttons = about === null ? [label] : [...doubtButtons(about), label];
  return { content: note ?? '', components: [{ type: 1, components: buttons }] };
}

/** A card as it stands now; also what a living card is edited to. */
export async function cardBody(
  { archive, servers }: Pick<Composing, 'archive'> & { servers: Pick<Servers, 'channel'> },
  post: Post,
  promises: readonly Promised[],
): Promise<MessageBody> {
  const stored = await archive.paper(post.papers[0]);
  const why = readWhy(promises[0]?.why);
  if (!stored) return { content: `https://arxiv.org/abs/${post.papers[0]}` };
  return paperCard({
    paper: stored.paper,
    signals: stored.signals,
    page: pageOf(stored.paper.id, stored.sources),
    why: why ? tellNews(why.news, besideOf(stored, why, channelName({ servers }, post))) : undefined,
    matched: why?.filters,
    mark: post.mark,
  });
}

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

/** Only what is shown is explained: it gets passages. */
async function itemsOf(
  rooms: Describing,
  post: Post,
  promises: readonly Promised[],
  passagesFor: (index: number) => Passages | null,
): Promise<ListItem[]> {
  const papers = await rooms.archive.papers(promises.map(({ paper }) => paper));
  const byId = new Map(papers.map((stored) => [stored.paper.id, stored]));
  return promises.flatMap((promised, index) => {
    const stored = byId.get(promised.paper);
    return stored ? itemOf(rooms, post, { promised, stored, passages: passagesFor(index) }) : [];
  });
}

type Item = { promised: Promised; stored: StoredPaper; passages: Passages | null };

function itemOf(rooms: Describing, post: Post, { promised, stored, passages }: Item): ListItem {
  return {
    paper: stored.paper,
    signals: stored.signals,
    page: pageOf(stored.paper.id, stored.sources),
    ...(passages ? { note: noteOn(rooms, post, promised, stored, passages) } : {}),
  };
}

/** Why it stands there: what it rose by (that it is new goes without saying), and the passage that matched. */
function noteOn(
  rooms: Describing,
  post: Post,
  promised: Promised,
  stored: StoredPaper,
  passages: Passages,
): string {
  const why = readWhy(promised.why);
  if (!why) return '';
  const beside = besideOf(stored, why, channelName(rooms, post));
  const reason = why.news.kind === 'rising' ? escapeMarkdown(tellNews(why.news, beside)) : '';
  // What is an ornament does not cost the paper.
  const matched = isolate(
    () => passages.of(stored, why.filters, promised.decidedAt),
    (error) =>
      rooms.log.error({ post: post.id, paper: promised.paper, err: error }, 'a passage cannot be shown'),
  );
  return [reason, matched ?? ''].filter((line) => line !== '').join('\n');
}

function besideOf({ signals }: StoredPaper, { asked, isWeekly }: Why, channel: string): Beside {
  return { votes: signals.votes, asked, isWeekly, channel };
}

type Attention = { allowed_mentions?: { parse: []; roles: string[] }; flags?: number };

/** Whom it mentions and whether it rings: a role only where a subscription names it, never anybody else. */
function attentionOf(
  { servers }: Composing,
  { kind, place }: Post,
  wanting: readonly Subscription[],
): Attention {
  if (kind === 'notice') return {};
  const roles = [...new Set(wanting.flatMap(({ roleId }) => roleId ?? []))].filter((id) =>
    ['rings', 'silent'].includes(
      servers.mention({ serverId: place.serverId, channelId: channelOf(place) }, id),
    ),
  );
  const silent = wanting.length > 0 && wanting.every(({ silent }) => silent);
  return {
    allowed_mentions: { parse: [], roles },
    ...(silent ? { flags: SILENT } : {}),
  };
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
