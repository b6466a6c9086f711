/** Embeds that Discord takes (resources/message.mdx "Embed Limits"). What is no ornament is its title and its text. */
import {
  type Cuts,
  cutText,
  type Fields,
  fitAddress,
  fitList,
  fitText,
  isFields,
  withoutNothing,
} from './fit-text.ts';

const EMBEDS = 10;
const FIELDS = 25;
const ALL_EMBEDS = 6000;
const ADDRESS = 2048;
const SHOWN = ['title', 'description', 'image', 'thumbnail', 'author', 'footer'] as const;

/** The embeds within the limits, one by one and together; those that would show nothing are left out. */
export function fitEmbeds(embeds: readonly object[], cuts: Cuts): Fields[] {
  const fitted = fitList(embeds, EMBEDS, 'embeds', cuts)
    .map((embed) => fitEmbed({ ...embed }, cuts))
    .filter((embed) => SHOWN.some((name) => embed[name] !== undefined) || hasFields(embed));
  return fitTogether(fitted, cuts);
}

function hasFields({ fields }: Fields): boolean {
  return Array.isArray(fields) && fields.length > 0;
}

function fitEmbed(embed: Fields, cuts: Cuts): Fields {
  return withoutNothing({
    ...embed,
    title: fitText(embed.title, 256, 'embed title', cuts),
    description: fitText(embed.description, 4096, 'embed description', cuts),
    url: fitAddress(embed.url, ADDRESS, 'embed address', cuts),
    thumbnail: fitPicture(embed.thumbnail, cuts),
    image: fitPicture(embed.image, cuts),
    author: fitNamed(embed.author, 'name', 256, 'embed author', cuts),
    footer: fitNamed(embed.footer, 'text', 2048, 'embed footer', cuts),
    fields: fitFields(embed.fields, cuts),
  });
}

function fitPicture(picture: unknown, cuts: Cuts): Fields | undefined {
  if (!isFields(picture)) return undefined;
  const url = fitAddress(picture.url, ADDRESS, 'picture', cuts, true);
  return url === undefined ? undefined : { ...picture, url };
}

/** An author or a footer: nothing without its text. */
function fitNamed(
  part: unknown,
  name: 'name' | 'text',
  limit: number,
  what: string,
  cuts: Cuts,
): Fields | undefined {
  if (!isFields(part)) return undefined;
  const text = fitText(part[name], limit, what, cuts);
  if (text === undefined) return undefined;
  return withoutNothing({
    ...part,
    [name]: text,
    url: fitAddress(part.url, ADDRESS, `address of ${what}`, cuts),
    icon_url: fitAddress(part.icon_url, ADDRESS, `icon of ${what}`, cuts, true),
  });
}

function fitFields(fields: unknown, cuts: Cuts): Fields[] | undefined {
  if (!Array.isArray(fields)) return undefined;
  const fitted = fields.filter(isFields).flatMap((field) => {
    const name = fitText(field.name, 256, 'field name', cuts);
    const value = fitText(field.value, 1024, 'field value', cuts);
    return name === undefined || value === undefined ? [] : [{ ...field, name, value }];
  });
  return [...fitList(fitted, FIELDS, 'fields', cuts)];
}

/** All embeds of a message share 6,000 characters: the last descriptions give way, then the last embeds. */
function fitTogether(embeds: readonly Fields[], cuts: Cuts): Fields[] {
  const fitted = [...embeds];
  for (let last = fitted.length - 1; last >= 0; last--) {
    const excess = fitted.reduce((sum, embed) => sum + charactersOf(embed), 0) - ALL_EMBEDS;
    if (excess <= 0) break;
    cuts.push(`embed ${last + 1} for the sum of all embeds`);
    const { description } = fitted[last];
    if (typeof description === 'string' && description.length > excess + 1) {
      fitted[last] = { ...fitted[last], description: cutText(description, description.length - excess) };
    } else if (last > 0) {
      fitted.splice(last, 1);
    } else {
      fitted[0] = { ...fitted[0], description: '…', fields: [] };
    }
  }
  return fitted;
}

function charactersOf(embed: Fields): number {
  const { title, description, author, footer, fields } = embed;
  const texts = [title, description];
  if (isFields(author)) texts.push(author.name);
  if (isFields(footer)) texts.push(footer.text);
  if (Array.isArray(fields)) texts.push(...fields.flatMap(({ name, value }) => [name, value]));
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0);
}
