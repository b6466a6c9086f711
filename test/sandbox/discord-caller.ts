import type { Sandbox } from '#src/sandbox/sandbox.ts';

export type Answered = { status: number; body: Record<string, unknown>; headers: Headers };
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** Calls the sandbox's REST as a bot would, without discord.js' own checks in between. */
export function callerOf(sandbox: Sandbox): Caller {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${sandbox.url}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${sandbox.token}`,
        'user-agent': 'DiscordBot (https://example.org, 1.0.0)',
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body:
        body === undefined || body instanceof FormData
          ? (body as FormData | undefined)
          : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
  };
}

/** Every fault of a 50035 body as `path CODE`. */
export function faultsOf(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) => {
    if (key === '_errors') return (value as { code: string }[]).map(({ code }) => `${path} ${code}`);
    return faultsOf(value, path === '' ? key : `${path}.${key}`);
  });
}
