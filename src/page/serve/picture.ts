import type { Attachment } from '#src/sandbox/world/message.ts';
import type { World } from '#src/sandbox/world/world.ts';

/** What a browser draws and can hold no script. Everything else is only ever saved. */
const DRAWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file of a message, and the headers under which it is harmless whatever it says that it is. */
export function pictureAt(
  world: World,
  channelId: string,
  attachmentId: string,
): { content: Uint8Array; headers: Record<string, string> } | null {
  const messages = world.channels.get(channelId)?.messages.all() ?? [];
  const found = messages
    .flatMap(({ attachments }): readonly Attachment[] => attachments)
    .find(({ id }) => id === attachmentId);
  if (!found) return null;
  const type = found.contentType.toLowerCase();
  const headers: Record<string, string> = DRAWN.has(type)
    ? { 'content-type': type }
    : { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' };
  return { content: found.content, headers };
}
