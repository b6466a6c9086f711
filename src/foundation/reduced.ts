/**
 * What may be logged of an error. Those of libraries carry addresses with tokens in them, and the bodies they sent:
 * nothing of an error is logged but what is picked here.
 */
export type ReducedError = {
  name: string;
  /** The first line, without the paths of addresses. */
  sentence: string;
  code?: string | number;
  /** HTTP status. */
  status?: number;
  /** Where in the code, innermost first. */
  at?: readonly string[];
  cause?: ReducedError;
};

const LONGEST = 300;
const FRAMES = 8;
const CAUSES = 3;

/** Name, code, status, sentence and stack of whatever was thrown. */
export function reduced(error: unknown, causes = CAUSES): ReducedError {
  if (!(error instanceof Error)) return { name: typeof error, sentence: sentenceOf(String(error)) };
  const { name, message, stack, cause } = error;
  return {
    // Some names carry a route: `RateLimitError[/webhooks/:id/:token]`.
    name: name.split('[', 1)[0],
    sentence: sentenceOf(message),
    ...codesOf(error),
    at: framesOf(stack),
    ...(cause !== undefined && causes > 0 && { cause: reduced(cause, causes - 1) }),
  };
}

function codesOf(error: Error): Pick<ReducedError, 'code' | 'status'> {
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  return {
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
  };
}

/** Tokens stand in the paths and queries of addresses, and in Discord's routes. */
function sentenceOf(message: string): string {
  return message
    .split('\n', 1)[0]
    .replace(/:\/\/\S*/g, hostAlone)
    .replace(/\/(webhooks|interactions)\/\S*/g, '/$1/…')
    .slice(0, LONGEST);
}

/** Of `://name:password@host/path?query` the host. */
function hostAlone(address: string): string {
  const [authority, ...rest] = address.slice('://'.length).split(/[/?#]/);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return `://${host}${rest.length > 0 ? '/…' : ''}`;
}

function framesOf(stack: string | undefined): string[] {
  const lines = stack?.split('\n') ?? [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice('at '.length));
}
