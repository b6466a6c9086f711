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
  return decoded(Buffer.concat(chunks, bytes), response.headers.get('content-type') ?? '');
}

const DECLARED = /^\s{0,20}<\?xml\s[^<>]{0,100}\sencoding\s?=\s?["']([\w.:-]{1,40})["']/;
const IN_HEADER = /;\s{0,5}charset\s?=\s?"?([\w.:-]{1,40})/i;
const MARKS = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
] as const;

/** By its own mark, else what its header says, else what the document itself says (RFC 7303, section 3); else UTF-8. */
function decoded(body: Buffer, contentType: string): string {
  const mark = MARKS.find(([bytes]) => bytes.every((byte, at) => body[at] === byte));
  const told =
    mark?.[1] ?? (IN_HEADER.exec(contentType) ?? DECLARED.exec(body.toString('latin1', 0, 200)))?.[1];
  try {
    return new TextDecoder(told).decode(body);
  } catch {
    // An encoding that nobody knows.
    return new TextDecoder().decode(body);
  }
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
