import type { APIAttachment } from 'discord-api-types/v10';
import type { World } from '#src/sandbox/world/world.ts';
import type { Picture, ShownFile } from '../protocol.ts';
import { isAddress } from './masked-link.ts';

/** What browsers draw; everything else is a file to download. */
const DRAWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

type Described = { url: string; alt?: string | null; isSpoiler?: boolean };

/** A picture by its address: one of this server's own, or the name of the host where it stands. */
export function showPicture(world: World, { url, alt = null, isSpoiler = false }: Described): Picture {
  const src = pathOf(world, url);
  const host = src === null && isAddress(url) ? new URL(url).host : null;
  return { src, host, alt: alt || null, isSpoiler };
}

export function showFile(world: World, attachment: APIAttachment, isSpoiler = false): ShownFile {
  const { id, filename, size, url, description } = attachment;
  const type = attachment.content_type?.split(';')[0].trim().toLowerCase();
  return {
    ...showPicture(world, { url, alt: description, isSpoiler: isSpoiler || filename.startsWith('SPOILER_') }),
    id,
    name: filename,
    bytes: size,
    isImage: DRAWN.includes(type ?? ''),
  };
}

/** `/pictures/CHANNEL/ATTACHMENT/NAME` of what this Discord keeps. */
function pathOf(world: World, url: string): string | null {
  const kept = `${world.origin}/attachments/`;
  return url.startsWith(kept) ? `/pictures/${url.slice(kept.length)}` : null;
}
