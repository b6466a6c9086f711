import { type RESTGetAPIGatewayBotResult, Routes } from 'discord-api-types/v10';
import { createPostRest, type RestSettings } from './rest.ts';

/** What Discord allows a bot to begin anew (docs: events/gateway.mdx "Session Start Limit Object"). */
export type SessionStarts = { left: number; of: number; needed: number; resetAfterMs: number };

const DAY_MS = 86_400_000;
const SHORTEST_WAIT_MS = 1_000;

/**
 * When `error` says that the session starts of the day are used up: how many are left of how many, and in how many ms
 * (a second to a day) Discord renews them. Null for any other failure. Asks Discord, and rejects as REST does.
 */
export async function usedUpStarts(settings: RestSettings, error: unknown): Promise<SessionStarts | null> {
  // @discordjs/ws 1.2 gives this error no code; a later version that words it otherwise fails the test of this file.
  if (!(error instanceof Error && error.message.startsWith('Not enough sessions remaining'))) return null;
  // The client has forgotten its token by now.
  const answer = (await createPostRest(settings).get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
  const { remaining, total, reset_after } = answer.session_start_limit;
  const told = Number.isFinite(reset_after) ? reset_after : DAY_MS;
  const resetAfterMs = Math.min(Math.max(told, SHORTEST_WAIT_MS), DAY_MS);
  return { left: remaining, of: total, needed: answer.shards, resetAfterMs };
}
