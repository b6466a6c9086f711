import type { FaultHook, RequestFault, SandboxRequest } from '#src/sandbox/http/faults.ts';

/** How often each fault met a request. */
export type FaultCounts = Record<string, number>;

/** Faults for what the bot asks about posts: connections cut, 5xx and silence, each before and after the work. */
const FAULTS: readonly { name: string; share: number; fault: RequestFault }[] = [
  { name: 'cut before', share: 0.07, fault: { kind: 'cut-before' } },
  { name: 'cut after', share: 0.09, fault: { kind: 'cut-after' } },
  { name: '5xx before', share: 0.05, fault: { kind: 'status', status: 502 } },
  { name: '5xx after', share: 0.07, fault: { kind: 'status', status: 504, commit: true } },
  { name: 'silence before', share: 0.02, fault: { kind: 'hang' } },
  { name: 'silence after', share: 0.04, fault: { kind: 'hang', commit: true } },
];

/** What the run wants to know of a request: what kind it is, and its nonce if it has one. */
export type Seen = { kind: 'post' | 'digest' | 'thread' | 'read-back' | 'other'; nonce: string | null };

export type Weather = {
  hook: FaultHook;
  counts: FaultCounts;
  /** Ends the bad weather. */
  clear(): void;
  /** Hears of each request before it is carried out. */
  onRequest(listener: (seen: Seen) => void): void;
};

/** Bad weather until it clears. `random`: 0 to 1. */
export function createWeather(random: () => number): Weather {
  const counts: FaultCounts = {};
  let isBad = true;
  let listener: (seen: Seen) => void = () => {};
  return {
    counts,
    hook(request) {
      listener(seenOf(request));
      if (!isBad || !/^\/(channels|guilds)\//.test(request.path)) return null;
      let rest = random();
      for (const { name, share, fault } of FAULTS) {
        if (rest < share) {
          counts[name] = (counts[name] ?? 0) + 1;
          return fault;
        }
        rest -= share;
      }
      return null;
    },
    clear: () => {
      isBad = false;
    },
    onRequest: (heard) => {
      listener = heard;
    },
  };
}

function seenOf({ method, route, body }: SandboxRequest): Seen {
  const nonce = String((body as { nonce?: unknown } | undefined)?.nonce ?? '') || null;
  if (method === 'GET') return { kind: /messages|threads/.test(route) ? 'read-back' : 'other', nonce };
  if (method !== 'POST') return { kind: 'other', nonce };
  if (route === '/channels/{channel_id}/messages') return { kind: isDigest(body) ? 'digest' : 'post', nonce };
  return { kind: route.endsWith('/threads') ? 'thread' : 'other', nonce };
}

function isDigest(body: unknown): boolean {
  const embed = (body as { embeds?: { url?: string }[] })?.embeds?.[0];
  return embed !== undefined && embed.url === undefined;
}
