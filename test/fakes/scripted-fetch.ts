/** A fetch without a network. */
export type ScriptedFetch = {
  fetch: typeof globalThis.fetch;
  /** What was asked so far, in order. */
  asked: { url: string; headers: Headers }[];
};

/** Answers each request with what `answer` returns; what it throws is the network's failure. */
export function createScriptedFetch(
  answer: (url: URL, count: number) => Response | Promise<Response>,
): ScriptedFetch {
  const asked: ScriptedFetch['asked'] = [];
  return {
    asked,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push({ url: url.href, headers: new Headers(init?.headers) });
      return answer(url, asked.length);
    },
  };
}

/** A server that takes the request and says nothing, whatever the caller's signal says. */
export const silence = (): Promise<Response> => new Promise(() => {});

export const json = (value: unknown, headers: Record<string, string> = {}, status = 200): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
