import type { Post } from '#src/outbox/post.ts';
import type { Check } from '#src/outbox/post-states.ts';
import type { Found, Receipt } from '#src/outbox/receipt.ts';

/** What happens to one request: it fails before or after Discord acted, is put off, or goes through. */
export type Fate = 'through' | 'cut-before' | 'cut-after' | 'put-off';

type Message = {
  id: string;
  channelId: string;
  nonce: string;
  mark: string;
  papers: readonly string[];
  at: number;
};

/** No longer than the outbox trusts it. */
const NONCE_HELD = 2 * 60_000;

/**
 * Discord as far as the outbox may rely on it: a nonce makes no second message for a few minutes (text channels only),
 * a broken channel refuses, a bad paper's words are refused, and what was committed can be read back.
 */
export class ModelDiscord {
  readonly messages: Message[] = [];
  readonly broken = new Set<string>();
  readonly bad: ReadonlySet<string>;

  constructor(bad: ReadonlySet<string>) {
    this.bad = bad;
  }

  post(post: Post, now: number, fate: Fate, check: Check | null): Receipt {
    if (check?.kind === 'resend' && now >= check.before)
      return { kind: 'later', at: now, reason: 'too late for the nonce' };
    if (fate === 'cut-before') return { kind: 'unknown', reason: 'cut' };
    if (fate === 'put-off') return { kind: 'later', at: now + 5000, reason: '429' };
    const receipt = this.#commit(post, now);
    return fate === 'cut-after' ? { kind: 'unknown', reason: 'cut' } : receipt;
  }

  find(post: Post, since: number): Found {
    if (this.broken.has(post.place.channelId)) return { kind: 'unreadable', reason: 'Missing Access' };
    const found = this.messages.find(({ mark, at }) => mark === post.mark && at >= since);
    return found ? { kind: 'found', messageId: found.id, channelId: found.channelId } : { kind: 'absent' };
  }

  #commit({ place, nonce, mark, papers }: Post, now: number): Receipt {
    const { channelId, kind } = place;
    if (this.broken.has(channelId))
      return { kind: 'refused', code: 'permission-missing', reason: 'Missing Access' };
    if (papers.some((paper) => this.bad.has(paper)))
      return { kind: 'refused', code: 'content-refused', reason: 'AutoMod' };
    const same = this.messages.find((message) => message.nonce === nonce && now - message.at < NONCE_HELD);
    if (same && kind === 'message') return { kind: 'delivered', messageId: same.id, channelId };
    const id = `m${this.messages.length + 1}`;
    this.messages.push({ id, channelId, nonce, mark, papers, at: now });
    return { kind: 'delivered', messageId: id, channelId };
  }
}
