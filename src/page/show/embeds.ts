import type { APIEmbed } from 'discord-api-types/v10';
import type { Picture, ShownEmbed, Text } from '../protocol.ts';
import { showColour } from './colour.ts';
import type { MarkdownKind } from './markdown.ts';
import { isAddress } from './masked-link.ts';
import { showPicture } from './pictures.ts';
import type { Sight } from './sight.ts';
import { readText } from './text.ts';

/** An embed. Its author and footer are read as they are, its titles for marks alone, and nothing in it calls anybody. */
export function showEmbed(embed: APIEmbed, sight: Sight): ShownEmbed {
  const quiet = { ...sight, calls: null };
  const read = (text: string | undefined, kind: MarkdownKind): Text | null =>
    text ? readText(text, quiet, kind) : null;
  return {
    colour: showColour(embed.color),
    author: embed.author?.name || null,
    title: read(embed.title, 'title'),
    href: embed.url && isAddress(embed.url) ? embed.url : null,
    description: read(embed.description, 'whole'),
    fields: (embed.fields ?? []).map(({ name, value, inline }) => ({
      name: readText(name, quiet, 'title'),
      value: readText(value, quiet, 'field'),
      isInline: inline === true,
    })),
    image: imageOf(embed.image, sight),
    thumbnail: imageOf(embed.thumbnail, sight),
    footer: embed.footer?.text || null,
    at: instantOf(embed.timestamp),
  };
}

/** The addresses of the pictures in it, as far as the page shows them. */
export function picturesIn(embed: APIEmbed): string[] {
  return [embed.image, embed.thumbnail].flatMap((image) => image?.url ?? []);
}

// `description` is its alternative text since 2026; discord-api-types does not know it yet.
function imageOf(image: { url: string; description?: string } | undefined, { world }: Sight): Picture | null {
  return image ? showPicture(world, { url: image.url, alt: image.description }) : null;
}

function instantOf(timestamp: string | undefined): number | null {
  const at = Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? null : at;
}
