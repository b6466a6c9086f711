/** The bytes of all bodies under way together, as they are after decompression. */
export class BodyBudget {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** A share that grows with its body. Give it back when nothing of the body is needed any more. */
  open(): BodyShare {
    let own = 0;
    let isOpen = true;
    return {
      take: (bytes) => {
        if (!isOpen) throw new Error('nobody waits for it any more');
        if (this.#taken + bytes > this.#most) throw new Error('too much is being read at once');
        own += bytes;
        this.#taken += bytes;
      },
      giveBack: () => {
        this.#taken -= own;
        own = 0;
        isOpen = false;
      },
    };
  }
}

export type BodyShare = {
  /** Throws when all bodies together would be too long, and once it was given back. */
  take(bytes: number): void;
  giveBack(): void;
};

/**
 * The whole body as text. Throws when it is or says that it is longer than `limit` bytes (after decompression), when
 * `share` has no room for it, or when it breaks off.
 */
export async function readBody(response: Response, limit: number, share: BodyShare): Promise<string> {
  if (!response.body) return '';
  const tooLong = `the body is longer than ${limit} bytes`;
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body.cancel();
    throw new Error(tooLong);
  }
  // Decoded when it is whole: a text that grows chunk by chunk takes several times its length.
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new Error(tooLong);
    share.take(chunk.byteLength);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks, bytes));
}

/** Reads a body as JSON. Throws a sentence that tells a web page and a cut body apart. */
export function readJson(body: string): unknown {
  if (/^\s*</.test(body)) throw new Error('a web page came instead of JSON');
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Error(`the JSON is cut or broken after ${body.length} characters`, { cause });
  }
}
