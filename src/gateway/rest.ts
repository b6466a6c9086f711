/**
 * REST instances that never queue for each other: one for posts, which the pacer paces, and two for answers to
 * interactions, which Discord's global limit does not bind (topics/rate-limits.mdx) but discord.js' own one would.
 */
import { REST, type RESTOptions } from '@discordjs/rest';

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
  return new REST({ ...COMMON, api: apiUrl, retries: 1, timeout: 2_000 });
}

/** For what comes after the first response. Never repeats: conversation.ts knows what may be sent twice. */
export function createWebhookRest({ apiUrl }: RestSettings): REST {
  return new REST({ ...COMMON, api: apiUrl, retries: 0, timeout: 5_000 });
}

const COMMON: Partial<RESTOptions> = {
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  timeout: 15_000,
  userAgentAppendix: 'Paperboy',
};
