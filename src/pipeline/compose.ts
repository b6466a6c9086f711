import type { Archive } from '#src/archive/archive.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { Promised } from '#src/outbox/promise.ts';
import { type DigestView, digestMessage } from '#src/render/digest.ts';
import { doubtButtons } from '#src/render/doubt-notice.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { paperCard } from '#src/render/paper-card.ts';
import type { ListItem } from '#src/render/paper-list.ts';
import { plainMessage } from '#src/render/plain-message.ts';
import { tellNews } from '#src/render/reason.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Why } from './address.ts';
import { type Tagging, tagsFor } from './forum-tags.ts';
import type { MessageBody, Parcel, Servers } from './postman.ts';

/** Discord's SUPPRESS_NOTIFICATIONS (resources/message.mdx, message flags). */
const SILENT = 1 << 12;

export type Composing = Tagging & {
  outbox: Outbox;
  archive: Archive;
  servers: Servers;
  /** Null when it was removed meanwhile: the promise stands all the same. */
  subscription(id: string): Subscription | null;
};

/** Renders a packed post from what was decided and what is known now. Rendering twice gives the same nonce and mark. */
export function compose(rooms: Composing, post: Post): Parcel {
  const promises = promisesOf(rooms.outbox, post);
  const wanting = [...new Set(promises.flatMap(({ subscriptions }) => subscriptions))]
    .map(rooms.subscription)
    .filter((subscription) => subscription !== null);
  const whole = bodyOf(rooms, post, promises);
  const shown = post.plain ? { ...whole, ...plainMessage(whole, post.mark) } : whole;
  const body = { ...shown, ...attentionOf(rooms, post, wanting) };
  const names = forumNames(rooms, post, wanting);
  return { place: post.place, body, nonce: post.nonce, promisedAt: post.promisedAt, ...names };
}

export function promisesOf(outbox: Outbox, post: Post): Promised[] {
  return post.papers.flatMap((paper) => outbox.ledger({ channelId: post.place.channelId, paper, limit: 1 }));
}

function bodyOf(rooms: Composing, post: Post, promises: readonly Promised[]): MessageBody {
  if (post.kind === 'notice') return noticeBody(post);
  if (post.kind === 'card') return cardBody(rooms, post, promises);
  return digestMessage(digestView(rooms.archive, post, promises, 0));
}

/** Its last button does nothing but carry the mark: without one, a notice in doubt would be sent a second time. */
function noticeBody({ note, mark, about }: Post): MessageBody {
  const label = { type: 2, style: 2, label: wording.noticeLabel, custom_id: mark, disabled: true };
  const buttons = about === null ? [label] : [...doubtButtons(about), label];
  return { content: note ?? '', components: [{ type: 1, components: buttons }] };
}

/** A card as it stands now; also what a living card is edited to. */
export function cardBody(
  { archive }: Pick<Composing, 'archive'>,
  post: Post,
  promises: readonly Promised[],
): MessageBody {
  const stored = archive.paper(post.papers[0]);
  const why = promises[0]?.why as Why | undefined;
  if (!stored) return { content: `https://arxiv.org/abs/${post.papers[0]}` };
  return paperCard({
    paper: stored.paper,
    signals: stored.signals,
    onHuggingFace: stored.sources.includes('hugging-face'),
    why: why ? tellNews(why.news) : undefined,
    matched: why?.filters,
    mark: post.mark,
  });
}

/** A digest's page; the first is posted, the others are shown to whoever asks. */
export function digestView(
  archive: Archive,
  post: Post,
  promises: readonly Promised[],
  page: number,
): DigestView {
  const byFilter = new Map<string, string[]>();
  for (const promised of promises) {
    for (const filter of (promised.why as Why).filters) {
      byFilter.set(filter, [...(byFilter.get(filter) ?? []), promised.paper]);
    }
  }
  return {
    heading: post.kind === 'catch-up' ? 'catch-up' : 'digest',
    items: promises.flatMap((promised) => itemOf(archive, promised)),
    groups: [...byFilter].map(([filter, papers]) => ({ filter, papers })),
    mark: post.mark,
    page,
  };
}

function itemOf(archive: Archive, promised: Promised): ListItem[] {
  const stored = archive.paper(promised.paper);
  if (!stored) return [];
  return [
    {
      paper: stored.paper,
      signals: stored.signals,
      onHuggingFace: stored.sources.includes('hugging-face'),
      note: `*${tellNews((promised.why as Why).news)}*`,
    },
  ];
}

/** Whom it mentions and whether it rings: a role only where a subscription names it, never anybody else. */
function attentionOf(
  { servers }: Composing,
  { kind, place }: Post,
  wanting: readonly Subscription[],
): MessageBody {
  if (kind === 'notice') return {};
  const roles = [...new Set(wanting.flatMap(({ roleId }) => roleId ?? []))].filter((id) =>
    ['rings', 'silent'].includes(servers.mention(place, id)),
  );
  const silent = wanting.length > 0 && wanting.every(({ silent }) => silent);
  return {
    ...(roles.length > 0 ? { content: roles.map((id) => `<@&${id}>`).join(' ') } : {}),
    allowed_mentions: { parse: [], roles },
    ...(silent ? { flags: SILENT } : {}),
  };
}

/** A forum's posts are named and tagged. */
function forumNames(
  rooms: Composing,
  post: Post,
  wanting: readonly Subscription[],
): Pick<Parcel, 'threadName' | 'tagIds'> {
  if (post.place.kind !== 'forum') return {};
  return { threadName: threadNameOf(rooms, post), tagIds: tagsFor(rooms, post, wanting) };
}

/** What a thread or forum post is called: after its paper, where it shows one. */
export function threadNameOf({ archive }: Pick<Composing, 'archive'>, post: Post): string {
  const title = post.kind === 'card' ? archive.paper(post.papers[0])?.paper.title : null;
  return plain(title ?? `${post.papers.length} papers`, 100);
}
