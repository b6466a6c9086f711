import type { ServerResponse } from 'node:http';
import type { World } from '../world/world.ts';

/** Serves `/attachments/{channel}/{attachment}/{name}`, as Discord's media server does. */
export function serveAttachment(world: World, path: string, response: ServerResponse): void {
  const [, , channelId, attachmentId] = path.split('/');
  const messages = world.channels.get(channelId)?.messages.all() ?? [];
  const attachments = messages.flatMap((message) => message.attachments);
  const found = world.uploads.get(attachmentId) ?? attachments.find((one) => one.id === attachmentId);
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'Content-Type': found.contentType || 'application/octet-stream' })
    .end(found.content);
}
