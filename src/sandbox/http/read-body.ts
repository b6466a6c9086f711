import type { IncomingMessage } from 'node:http';
import { refusal } from '../rules/discord-error.ts';
import { type DraftFile, LARGEST_FILE } from '../world/message.ts';

export type RequestBody = { body: unknown; files: DraftFile[] };

/** https://discord.com/developers/docs/resources/message#create-message: 25 MiB for a whole request. */
const LARGEST = 25 * 1024 * 1024;

/** Reads JSON, or multipart with `payload_json` and `files[n]`. Throws 40005 and 50109. */
export async function readRequestBody(request: IncomingMessage): Promise<RequestBody> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return { body: undefined, files: [] };
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(bytes, type);
  return { body: parsed(bytes.toString('utf8')), files: [] };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // What is over the limit is read to its end, so that the answer can be read, and thrown away.
    if (size <= LARGEST) chunks.push(chunk);
  }
  if (size > LARGEST) throw refusal.tooLarge();
  return Buffer.concat(chunks);
}

async function readMultipart(bytes: Buffer, type: string): Promise<RequestBody> {
  const form = await formOf(bytes, type);
  const payload = form.get('payload_json');
  const files: DraftFile[] = [];
  for (const [name, value] of form) {
    const numbered = /^files\[(\d+)\]$/.exec(name);
    if (!numbered || typeof value === 'string') continue;
    const content = new Uint8Array(await value.arrayBuffer());
    if (content.byteLength > LARGEST_FILE) throw refusal.tooLarge();
    files.push({ index: Number(numbered[1]), name: value.name, contentType: value.type, content });
  }
  return { body: typeof payload === 'string' ? parsed(payload) : {}, files };
}

async function formOf(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch {
    throw refusal.invalidJson();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal.invalidJson();
  }
}
