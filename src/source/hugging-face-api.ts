import { z } from 'zod';
import { OutsideError } from '#src/foundation/failure.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import type { GetOptions, HttpHost } from '#src/foundation/http/http.ts';
import { readJson } from '#src/foundation/http/http-body.ts';
import { cutAtWord } from '#src/foundation/mask.ts';

/** A third of the anonymous quota of 500 requests in 5 minutes (hub-docs, rate-limits.md). */
export const HUGGING_FACE_MANNERS: Manners = {
  system: 'Hugging Face',
  connections: 4,
  spacing: 0,
  budget: { requests: 166, per: 300_000, reserved: 46 },
  refusals: [429],
  rest: { first: 5000, most: 300_000 },
  // A page of a hundred papers takes 0.4 MB.
  body: 8 * 2 ** 20,
};

/** Hugging Face's paper addresses; items come back as they are, unread. All throw OutsideError. */
export type HuggingFaceApi = {
  /** One page of a list; `next` is the address of the page after it, null at the end. */
  page(address: string): Promise<{ items: unknown[]; next: string | null }>;
  /** The address of a list's first page. */
  listAddress(query: Record<string, string>): string;
  /** The paper itself, or null when it is not indexed there. A member's question, as a search is: it ends with `signal`. */
  paper(id: string, signal?: AbortSignal): Promise<unknown>;
  search(words: string, limit: number, signal?: AbortSignal): Promise<unknown[]>;
};

/** The largest page that is served. */
const PAGE = 100;

export function openHuggingFaceApi(host: HttpHost, base: string, token: string | null): HuggingFaceApi {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const options: GetOptions = { headers, answers: [400] };

  const page: HuggingFaceApi['page'] = async (address) => {
    const answer = await host.get(address, readList, options);
    return { items: answer.value, next: nextPage(address, answer.value.length, answer.next) };
  };

  const paper: HuggingFaceApi['paper'] = async (id, signal) => {
    const url = `${base}/api/papers/${id}`;
    const asker = { urgency: 'member', signal } as const;
    const answer = await host.get(url, readFound, { headers, answers: [404], ...asker });
    return answer.value;
  };

  const search: HuggingFaceApi['search'] = async (words, limit, signal) => {
    const url = withQuery(`${base}/api/papers/search`, { q: words, limit: String(limit) });
    const answer = await host.get(url, readList, { ...options, urgency: 'member', signal });
    return answer.value;
  };

  const listAddress: HuggingFaceApi['listAddress'] = (query) =>
    withQuery(`${base}/api/daily_papers`, { ...query, limit: String(PAGE) });

  return { page, listAddress, paper, search };
}

const withQuery = (address: string, query: Record<string, string>): string =>
  `${address}?${new URLSearchParams(query)}`;

const complaint = z.object({ error: z.string() }).or(z.object({ message: z.string() }));

/** A list is a bare array. A date that is too late answers an object instead, with status 400. */
function readList(body: string, status: number): unknown[] {
  const list = readJson(body);
  if (status === 200 && Array.isArray(list)) return list;
  const told = complaint.safeParse(list).data;
  const words = told ? Object.values(told)[0] : 'no list';
  // What it calls a bad request stays bad when repeated.
  throw new OutsideError(
    'Hugging Face',
    `answered ${status}: ${cutAtWord(words.replace(/\s+/g, ' '), 200)}`,
    {
      retryable: status !== 400,
    },
  );
}

const readFound = (body: string, status: number): unknown => (status === 404 ? null : readJson(body));

/** The announced next page; without announcement, the one after a full page. */
function nextPage(address: string, items: number, announced: string | null): string | null {
  if (items === 0) return null;
  const here = new URL(address);
  // The token must not follow a link to another host.
  if (announced && new URL(announced).origin === here.origin && announced !== here.href) return announced;
  if (items < PAGE) return null;
  here.searchParams.set('p', String(Number(here.searchParams.get('p') ?? 0) + 1));
  return here.href;
}
