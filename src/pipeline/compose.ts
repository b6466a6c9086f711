import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import { isMentioned, type MentionFacts, PINGED_MS } from '#src/decision/mention.ts';
import { askedBy, readWhy, type Why } from '#src/decision/why.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { AlsoIn } from '#src/render/also-in.ts';
import type { DigestItem, DigestView } from '#src/render/digest.ts';
import { catchUpHeading, digestHeading } from '#src/render/digest-heading.ts';
import { PAGE_SIZE } from '#src/render/paper-list.ts';
import type { Reason } from '#src/render/reason.ts';
import { pageOf } from '#src/source/sources.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase, words } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import { catchUpFacts, channelName, digestFacts } from './digest-facts.ts';
import { type Tagging, tagsFor } from './forum-tags.ts';
import type { CardLetter, Letter, NoticeLetter } from './letter.ts';
import { createPassages, type Passages } from './passages.ts';
import type { Parcel, Servers } from './postman.ts';
import type { StillWanted } from './still-wanted.ts';

export type ComposeDeps = Tagging & {
  outbox: Outbox;
  archive: Archive;
  servers: Servers;
  /** Null when it was removed meanwhile: the entry stands all the same. */
  subscription(id: string): Subscription | null;
  zones: Zones;
  parse(filter: string): Parsed;
  stillWanted: Pick<StillWanted, 'isStrict' | 'newsOf'>;
  log: Log;
};

/** What a digest's page is described from. */
type Describing = Omit<ComposeDeps, 'outbox' | 'stillWanted'>;

/** A packed post as values, from what was decided and what is known now. Composing twice gives the same nonce and mark. */
export async function compose(deps: ComposeDeps, post: Post): Promise<Parcel> {
  const entries = await entriesOfPost(deps.outbox, post);
  const wanting = askingFor(post, entries)
    .map(deps.subscription)
    .filter((subscription) => subscription !== null);
  const letter = await letterOf(deps, post, entries);
  // A line pings nobody: who is told of the paper was told where it stands. Nor does what only shows how it will be.
  const isLine = letter.kind === 'card' && letter.elsewhere !== undefined;
  const heard = isLine || post.kind === 'example' ? wanting.map(withoutRole) : wanting;
  const hasRole = heard.some(({ roleId }) => roleId !== null);
  const facts = hasRole ? await mentionFacts(deps, post, entries) : null;
  const attention = attentionOf(deps, post, heard, facts);
  const names = await forumNames(deps, post, wanting);
  const { place, nonce, queuedAt, plain: isPlain } = post;
  return { place, letter, ...attention, isPlain, nonce, queuedAt, ...names };
}

/** The ids of the subscriptions for which it goes. */
function askingFor({ kind, about }: Post, entries: readonly OutboxEntry[]): string[] {
  if (kind === 'example') return about === null ? [] : [about];
  return [...new Set(entries.flatMap(({ subscriptions }) => subscriptions))];
}

const withoutRole = (subscription: Subscription): Subscription => ({ ...subscription, roleId: null });

export async function entriesOfPost(outbox: Outbox, post: Post): Promise<OutboxEntry[]> {
  const { destination } = post.place;
  const entries = await Promise.all(
    post.papers.map((paper) => outbox.ledger({ destination, paper, limit: 1 })),
  );
  return entries.flat();
}

async function letterOf(deps: ComposeDeps, post: Post, entries: readonly OutboxEntry[]): Promise<Letter> {
  if (post.kind === 'notice') return noticeLetter(post);
  if (post.kind === 'card') return await cardLetter(deps, post, entries);
  if (post.kind === 'example') return await exampleLetter(deps, post);
  const view = await digestView(deps, post, entries, 0);
  if (post.kind === 'digest') return { kind: 'digest', view };
  return { kind: 'catch-up', view, facts: catchUpFacts(deps, post, entries) };
}

/** A notice as it stands now; also what one that is over is edited to. */
export function noticeLetter({ note, mark, about }: Pick<Post, 'note' | 'mark' | 'about'>): NoticeLetter {
  return { kind: 'notice', text: note ?? '', mark, about };
}

/** As its subscription's card; what it is news by, where that can be told. */
async function exampleLetter(deps: ComposeDeps, post: Post): Promise<CardLetter> {
  const subscription = post.about === null ? null : deps.subscription(post.about);
  const news = subscription && (await deps.stillWanted.newsOf(post.papers[0], subscription, post.packedAt));
  const filters = subscription ? [subscription.filter] : [];
  const why = news && { filters, news, ...askedBy(subscription) };
  const card = await cardLetter(deps, post, why ? [{ why }] : []);
  return { ...card, matched: filters, isExample: true };
}

/** A card as it stands now; also what a living card is edited to. */
export async function cardLetter(
  { archive, servers }: Pick<ComposeDeps, 'archive'> & { servers: Pick<Servers, 'channel'> },
  post: Post,
  entries: readonly Pick<OutboxEntry, 'why'>[],
): Promise<CardLetter> {
  const [id] = post.papers;
  const stored = await archive.paper(id);
  const why = readWhy(entries[0]?.why);
  if (!stored) return { kind: 'card', id, shown: null, mark: post.mark };
  return {
    kind: 'card',
    id,
    shown: shownOf(stored),
    ...(why ? { why: reasonOf({ servers }, post, stored, why), matched: why.filters } : {}),
    ...alsoInOf({ servers }, post, why),
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
  deps: Describing,
  post: Post,
  entries: readonly OutboxEntry[],
  page: number,
): Promise<DigestView> {
  const passages = createPassages(deps.parse);
  // The filter of the subscription that gives it to the digest comes first: see pack-due.ts.
  const byFilter = Map.groupBy(entries, ({ why }) => readWhy(why)?.filters[0] ?? '');
  return {
    heading: await headingOf(deps, post, entries),
    items: await itemsOf(deps, post, entries, (index) =>
      Math.floor(index / PAGE_SIZE) === page ? passages : null,
    ),
    groups: [...byFilter].map(([filter, own]) => ({ filter, papers: own.map(({ paper }) => paper) })),
    mark: post.mark,
    page,
  };
}

/** As it was posted, whatever became of its subscriptions since. */
export async function headingOf(
  deps: Describing,
  post: Post,
  entries: readonly OutboxEntry[],
): Promise<KeptPhrase> {
  if (post.note !== null) return post.note;
  if (post.kind === 'catch-up') return catchUpHeading(catchUpFacts(deps, post, entries));
  return digestHeading(await digestFacts(deps, post, entries));
}

/** Only what is shown gets passages. */
async function itemsOf(
  deps: Describing,
  post: Post,
  entries: readonly OutboxEntry[],
  passagesFor: (index: number) => Passages | null,
): Promise<DigestItem[]> {
  const papers = await deps.archive.papers(entries.map(({ paper }) => paper));
  const byId = new Map(papers.map((stored) => [stored.paper.id, stored]));
  return entries.flatMap((entry, index) => {
    const stored = byId.get(entry.paper);
    return stored ? itemOf(deps, post, { entry, stored, passages: passagesFor(index) }) : [];
  });
}

type Item = { entry: OutboxEntry; stored: StoredPaper; passages: Passages | null };

function itemOf(deps: Describing, post: Post, { entry, stored, passages }: Item): DigestItem {
  const why = readWhy(entry.why);
  if (!why) return shownOf(stored);
  const shorter = alsoInOf(deps, post, why);
  if (shorter.elsewhere) return { ...shownOf(stored), matched: why.filters, ...shorter };
  // What is an ornament does not cost the paper.
  const passage = isolate(
    () => passages?.of(stored, why.filters, entry.decidedAt),
    (error) => deps.log.error({ post: post.id, paper: entry.paper, err: error }, 'a passage cannot be shown'),
  );
  const reason = reasonOf(deps, post, stored, why);
  return { ...shownOf(stored), why: reason, matched: why.filters, ...(passage ? { passage } : {}) };
}

/** The message in which it stands in full. */
function alsoInOf(
  { servers }: { servers: Pick<Servers, 'channel'> },
  { place }: Post,
  why: Why | null,
): { elsewhere?: AlsoIn } {
  if (!why?.elsewhere) return {};
  const { channelId, messageChannelId, messageId } = why.elsewhere;
  const name = servers.channel(channelId)?.name;
  const url = `https://discord.com/channels/${place.serverId}/${messageChannelId}/${messageId}`;
  return { elsewhere: { channel: name ? `#${name}` : phrase('channel.another'), url } };
}

function reasonOf(
  deps: { servers: Pick<Servers, 'channel'> },
  post: Post,
  { signals }: StoredPaper,
  { news, asked, isWeekly }: Why,
): Reason {
  return { news, beside: { votes: signals.votes, asked, isWeekly, channel: channelName(deps, post) } };
}

/** As they are when it was packed: composing twice mentions the same. */
async function mentionFacts(
  { outbox, stillWanted }: ComposeDeps,
  post: Post,
  entries: readonly OutboxEntry[],
): Promise<MentionFacts> {
  const { papers, packedAt } = post;
  const strict = await Promise.all(papers.map((paper) => stillWanted.isStrict(paper, packedAt)));
  return {
    isDigest: entries.some(({ mode }) => mode !== 'card'),
    isStrict: strict.includes(true),
    wasPinged: await outbox.wasPinged(post, (post.firstAttemptAt ?? packedAt) - PINGED_MS),
  };
}

/** Whom it mentions and whether it rings: a role only where a subscription names it, never anybody else. */
function attentionOf(
  { servers }: ComposeDeps,
  { kind, place }: Post,
  wanting: readonly Subscription[],
  facts: MentionFacts | null,
): Pick<Parcel, 'mentions' | 'isSilent'> {
  if (kind === 'notice') return { mentions: [], isSilent: false };
  const asking = wanting.filter(({ mention }) => facts !== null && isMentioned(mention, facts));
  const mentions = [...new Set(asking.flatMap(({ roleId }) => roleId ?? []))].filter((id) =>
    ['rings', 'silent'].includes(
      servers.mention({ serverId: place.serverId, channelId: channelOfDestination(place) }, id),
    ),
  );
  return { mentions, isSilent: wanting.length > 0 && wanting.every(({ silent }) => silent) };
}

/** A forum's posts are named and tagged. */
async function forumNames(
  deps: ComposeDeps,
  post: Post,
  wanting: readonly Subscription[],
): Promise<Pick<Parcel, 'threadName' | 'tagIds'>> {
  if (post.place.kind !== 'forum') return {};
  return { threadName: await threadNameOf(deps, post), tagIds: await tagsFor(deps, post, wanting) };
}

/** What a thread or forum post is called: after its paper, where it shows one. */
export async function threadNameOf({ archive }: Pick<ComposeDeps, 'archive'>, post: Post): Promise<Value> {
  const title =
    post.kind === 'card' || post.kind === 'example'
      ? (await archive.paper(post.papers[0]))?.paper.title
      : null;
  return title == null ? phrase('paper.count', { n: post.papers.length }) : words(title);
}
