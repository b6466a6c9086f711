import { type Attachment, LARGEST_FILE } from '../world/message.ts';
import type { World } from '../world/world.ts';

/** A file as somebody hands it to the client. */
export type GivenFile = { name: string; contentType?: string; content: Uint8Array };

/** Puts a file where the bot can fetch it; returns its id. Throws for what is too large, or of a type that is not asked for. */
export function upload(world: World, file: GivenFile, types: unknown): string {
  if (file.content.byteLength > LARGEST_FILE) throw new Error(`The file "${file.name}" is too large.`);
  const wanted = Array.isArray(types) ? types.map(String) : [];
  if (wanted.length > 0 && !wanted.some((type) => isOfType(file, type)))
    throw new Error(`The file "${file.name}" is none of ${wanted.join(', ')}.`);
  const attachment: Attachment = {
    id: world.nextId(),
    filename: file.name,
    description: null,
    contentType: file.contentType ?? 'application/octet-stream',
    content: file.content,
  };
  world.uploads.set(attachment.id, attachment);
  return attachment.id;
}

export function isFile(value: unknown): value is GivenFile {
  return typeof value === 'object' && value !== null && 'content' in value;
}

/** By the extension alone, or by image, audio and video. https://docs.discord.com/developers/reference#file-type-filtering */
function isOfType({ name, contentType = '' }: GivenFile, type: string): boolean {
  if (type.startsWith('.')) return name.toLowerCase().endsWith(type.toLowerCase());
  return contentType.startsWith(`${type}/`);
}
