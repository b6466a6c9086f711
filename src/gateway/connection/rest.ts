/**
 * REST instances that never queue for each other: one for posts, which the pacer paces, and two for answers to
 * interactions, which Discord's global limit does not bind (topics/rate-limits.mdx) but discord.js' own one would.
 */
import { type RateLimitData, REST, type RESTOptions } from '@discordjs/rest';

/** Discord's address, the bot's name in the User-Agent. */
export type RestSettings = { token: string; apiUrl: string };

/**
 * For posts. Never waits and never repeats: a 429 is thrown, so that the pacer decides, and a POST that may have
 * arrived is the outbox's to repeat (discord.js would send it again at once, without asking).
 */
export function createPostRest({ token, apiUrl }: RestSettings): REST {
  return new REST({ ...COMMON, api: apiUrl, retries: 0, offset: 0, rejectOnRateLimit: () => true }).setToken(
    token,
  );
}

/**
 * For first responses, which Discord takes for 3 s: a try is given up while there is time for another. Given twice, it is
 * refused (40060), so that the second try tells of the first.
 */
export function createCallbackRest({ apiUrl }: RestSettings): REST {
  return new REST({ ...COMMON, ...FOR_ANSWERS, api: apiUrl, retries: 1, timeout: 2_000 });
}

/** For what comes after the first response. Never repeats: conversation.ts knows what may be sent twice. */
export function createWebhookRest({ apiUrl }: RestSettings): REST {
  return new REST({ ...COMMON, ...FOR_ANSWERS, api: apiUrl, retries: 0, timeout: 5_000 });
}

/** REST's own patience ends with an answer's first line; these bound the rest of it too, and waits for limits. */
export const WHOLE_MS = { post: 20_000, callback: 4_500, webhook: 10_000 } as const;

const COMMON: Partial<RESTOptions> = {
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  timeout: 15_000,
  userAgentAppendix: 'Paperboy',
};

/** Discord counts its limits for answers in seconds; nobody waits for longer. */
const SHORTEST_LIMIT_MS = 100;
const LONGEST_LIMIT_MS = 5_000;

/**
 * A limit is waited out only where it tells a time to wait: on a 429 of somebody in between, who tells none, REST would ask
 * again at once and for ever, thousands of times a second.
 */
const FOR_ANSWERS: Partial<RESTOptions> = {
  offset: 0,
  rejectOnRateLimit: ({ retryAfter }: RateLimitData) =>
    !(retryAfter >= SHORTEST_LIMIT_MS && retryAfter <= LONGEST_LIMIT_MS),
};
