import { setTimeout as sleep } from 'node:timers/promises';
import type { CallOutcome } from '#src/gateway/connection/discord-call.ts';
import {
  createDiscordTime,
  type DiscordTime,
  idAt,
  instantOf,
} from '#src/gateway/connection/discord-time.ts';
import { findPost } from '#src/gateway/posts/find-post.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Post } from '#src/outbox/post.ts';
import type { DoubtCheck } from '#src/outbox/post-states.ts';
import type { InstantSpan, PostPlace, ReadBack, Receipt } from '#src/outbox/receipt.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

/** What happens to one request: it fails before or after Discord acted, is put off, or goes through. */
export type Fate = 'through' | 'cut-before' | 'cut-after' | 'put-off';

type Message = {
  id: string;
  channelId: string;
  /** Empty for what members write. */
  nonce: string;
  mark: string;
  papers: readonly string[];
  at: number;
};

/** No longer than the outbox trusts it. */
const NONCE_HELD = 2 * 60_000;
const BOT = 'bot';
const PAGE = 100;

/**
 * Discord as far as Paperboy may rely on it: a nonce makes no second message for a few minutes (text channels only), a
 * broken channel refuses, a bad paper's words are refused, and what was committed can be read back by who may. It has the
 * one true clock; Paperboy's is wrong and is set at will. What it reads with is Paperboy's own.
 */
export class ModelDiscord {
  /** True time, UTC ms. */
  time: number;
  /** How far Paperboy's clock is ahead. */
  ahead = 0;
  readonly messages: Message[] = [];
  readonly broken = new Set<string>();
  /** Where Paperboy must not read the history: to it the channel seems empty. */
  readonly blind = new Set<string>();
  readonly bad: ReadonlySet<string>;
  /** What the gateway has told of that; it comes a little late. */
  #told = { blind: new Set<string>(), version: 0 };
  #ids = 0;
  #heard: DiscordTime;

  constructor(bad: ReadonlySet<string>, time: number) {
    this.bad = bad;
    this.time = time;
    this.#heard = this.connect();
  }

  get now(): number {
    return this.time + this.ahead;
  }

  /** Paperboy starts and logs in. */
  connect(): DiscordTime {
    const clock = plainClock({ now: () => this.now, elapsed: () => this.time, sleep: () => sleep(0) });
    this.#heard = createDiscordTime(clock);
    this.#answered();
    this.tell();
    return this.#heard;
  }

  /** What time it is here, as far as Paperboy knows. */
  there(): InstantSpan {
    return this.#heard.now();
  }

  /** The gateway catches up. */
  tell(): void {
    const { blind, version } = this.#told;
    const isNews = [...this.blind, ...blind].some((id) => this.blind.has(id) !== blind.has(id));
    this.#told = { blind: new Set(this.blind), version: isNews ? version + 1 : version };
  }

  /** Members write. */
  chat(channelId: string, count: number): void {
    for (let n = 0; n < count; n++) this.#add({ channelId, nonce: '', mark: '', papers: [] });
  }

  post(post: Post, fate: Fate, check: DoubtCheck | null): Receipt {
    if (check?.kind === 'resend' && this.there().until >= check.before)
      return { kind: 'later', at: this.now, reason: 'too late for the nonce' };
    if (fate === 'cut-before') return { kind: 'unknown', reason: 'cut' };
    if (fate === 'put-off') return { kind: 'later', at: this.now + 5000, reason: '429' };
    const receipt = this.#commit(post);
    if (fate === 'cut-after') return { kind: 'unknown', reason: 'cut' };
    this.#answered();
    return receipt;
  }

  async find(
    place: PostPlace,
    check: Extract<DoubtCheck, { kind: 'read-back' }>,
    post: Post,
  ): Promise<ReadBack> {
    const outside = {
      botId: BOT,
      clock: { now: () => this.now, sleep: async () => this.tell() },
      reading: (where: PostPlace) => ({
        isAllowed: !this.#told.blind.has(channelOfDestination(where)),
        version: this.#told.version,
      }),
    };
    const sought = { mark: post.mark, nonce: post.nonce, written: check.written, readTo: check.readTo };
    return findPost(outside, async (path) => this.#get(path), place, sought);
  }

  #answered(): void {
    this.#heard.heard('date', Math.floor(this.time / 1000) * 1000);
  }

  #get(path: string): CallOutcome {
    this.#answered();
    const { pathname, searchParams } = new URL(path, 'http://discord');
    const [, kind, id, what] = pathname.split('/');
    if (kind === 'guilds') return { ok: true, answer: { threads: this.#threads() } };
    const channelId = this.#isThread(id) ? 'c3' : id;
    if (this.broken.has(channelId)) return refused('Missing Access');
    if (what === 'threads') return { ok: true, answer: { threads: [], has_more: false } };
    if (this.blind.has(channelId)) return { ok: true, answer: [] };
    const before = searchParams.get('before');
    const here = this.messages.filter((one) =>
      this.#isThread(id)
        ? one.id === id
        : one.channelId === id && (!before || BigInt(one.id) < BigInt(before)),
    );
    return { ok: true, answer: here.slice(-PAGE).reverse().map(view) };
  }

  /** The forum's posts; all open. Whom the history is hidden from, Discord shows the threads all the same. */
  #threads(): object[] {
    const here = this.messages.filter(({ channelId, mark }) => channelId === 'c3' && mark !== '');
    return here.map(({ id }) => ({ id, parent_id: 'c3', owner_id: BOT }));
  }

  #isThread(id: string): boolean {
    return /^\d+$/.test(id);
  }

  #commit({ place, nonce, mark, papers }: Post): Receipt {
    const { kind } = place;
    const channelId = channelOfDestination(place);
    if (this.broken.has(channelId))
      return { kind: 'refused', code: 'permission-missing', reason: 'Missing Access' };
    if (papers.some((paper) => this.bad.has(paper)))
      return { kind: 'refused', code: 'content-refused', reason: 'AutoMod' };
    const same = this.messages.find(
      (message) => message.nonce === nonce && this.time - message.at < NONCE_HELD,
    );
    if (same && kind === 'message') return { kind: 'delivered', messageId: same.id, channelId };
    return { kind: 'delivered', messageId: this.#add({ channelId, nonce, mark, papers }), channelId };
  }

  #add(message: Omit<Message, 'id' | 'at'>): string {
    const id = (BigInt(idAt(this.time)) + BigInt(this.#ids++)).toString();
    this.messages.push({ ...message, id, at: this.time });
    return id;
  }
}

function view({ id, channelId, mark }: Message): object {
  return {
    id,
    channel_id: channelId,
    timestamp: new Date(instantOf(id)).toISOString(),
    author: { id: mark === '' ? 'member' : BOT },
    components: mark === '' ? [] : [{ type: 1, components: [{ type: 2, custom_id: mark }] }],
  };
}

function refused(reason: string): CallOutcome {
  return {
    ok: false,
    receipt: { kind: 'refused', code: 'permission-missing', reason },
    code: 50001,
    status: 403,
  };
}
