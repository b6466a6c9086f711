/**
 * The whole body as text. Throws when it is longer than `limit` bytes (after decompression) or breaks off.
 */
export async function readBody(response: Response, limit: number): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new Error(`the body is longer than ${limit} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
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
