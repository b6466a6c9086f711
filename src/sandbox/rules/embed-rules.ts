import { isObject, type JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';
import { checkInteger, checkList, checkObject, checkText, checkUrl, lengthOf } from './primitives.ts';

/*
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 * Lengths count after trimming; the 6000 are shared by all embeds of a message.
 */
const TOTAL = 6000;
const WEB = ['http', 'https'] as const;
const PICTURES = ['http', 'https', 'attachment'] as const;

/** Refuses embeds over Discord's limits. `value` is the body's `embeds`. */
export function checkEmbeds(form: Form, path: JsonPath, value: unknown): void {
  const embeds = checkList(form, path, value, { max: 10 });
  embeds.forEach((embed, index) => {
    checkEmbed(form, [...path, index], embed);
  });
  const total = embeds.reduce<number>((sum, embed) => sum + embedLength(embed), 0);
  if (total > TOTAL)
    form.refuse(path, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${TOTAL}`);
}

function checkEmbed(form: Form, path: JsonPath, value: unknown): void {
  const embed = checkObject(form, path, value);
  if (!embed) return;
  if (isEmptyEmbed(embed))
    form.refuse([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  checkText(form, [...path, 'title'], embed.title, { max: 256, trimmed: true });
  checkText(form, [...path, 'description'], embed.description, { max: 4096, trimmed: true });
  checkUrl(form, [...path, 'url'], embed.url, { schemes: WEB });
  checkInteger(form, [...path, 'color'], embed.color, { min: 0, max: 0xffffff });
  checkTimestamp(form, [...path, 'timestamp'], embed.timestamp);
  checkFooter(form, [...path, 'footer'], embed.footer);
  checkAuthor(form, [...path, 'author'], embed.author);
  checkPicture(form, [...path, 'image'], embed.image);
  checkPicture(form, [...path, 'thumbnail'], embed.thumbnail);
  checkFields(form, [...path, 'fields'], embed.fields);
}

function isEmptyEmbed(embed: Record<string, unknown>): boolean {
  const shown = [
    'title',
    'description',
    'image',
    'thumbnail',
    'author',
    'footer',
    'url',
    'timestamp',
    'fields',
  ];
  return shown.every(
    (key) => embed[key] === undefined || embed[key] === null || embed[key] === '' || isEmptyList(embed[key]),
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function checkTimestamp(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return;
  form.refuse(path, 'DATE_TIME_TYPE_PARSE', `Could not parse ${String(value)}. Should be ISO8601.`);
}

function checkFooter(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  const footer = checkObject(form, path, value);
  if (!footer) return;
  checkText(form, [...path, 'text'], footer.text, { min: 1, max: 2048, required: true, trimmed: true });
  checkUrl(form, [...path, 'icon_url'], footer.icon_url, { schemes: PICTURES });
}

function checkAuthor(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  const author = checkObject(form, path, value);
  if (!author) return;
  checkText(form, [...path, 'name'], author.name, { min: 1, max: 256, required: true, trimmed: true });
  checkUrl(form, [...path, 'url'], author.url, { schemes: WEB });
  checkUrl(form, [...path, 'icon_url'], author.icon_url, { schemes: PICTURES });
}

function checkPicture(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  const picture = checkObject(form, path, value);
  if (!picture) return;
  checkUrl(form, [...path, 'url'], picture.url, { schemes: PICTURES, required: true });
  // Its alternative text.
  checkText(form, [...path, 'description'], picture.description, { max: 1024 });
}

function checkFields(form: Form, path: JsonPath, value: unknown): void {
  checkList(form, path, value, { max: 25 }).forEach((one, index) => {
    const field = checkObject(form, [...path, index], one);
    if (!field) return;
    checkText(form, [...path, index, 'name'], field.name, {
      min: 1,
      max: 256,
      required: true,
      trimmed: true,
    });
    checkText(form, [...path, index, 'value'], field.value, {
      min: 1,
      max: 1024,
      required: true,
      trimmed: true,
    });
  });
}

function embedLength(embed: unknown): number {
  if (!isObject(embed)) return 0;
  const fields = Array.isArray(embed.fields) ? embed.fields.filter(isObject) : [];
  const texts = [
    embed.title,
    embed.description,
    isObject(embed.footer) ? embed.footer.text : '',
    isObject(embed.author) ? embed.author.name : '',
    ...fields.flatMap((field) => [field.name, field.value]),
  ];
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? lengthOf(text.trim()) : 0), 0);
}
