import { MessageFlags, MessageReferenceType } from 'discord-api-types/v10';
import { isObject, type Json, type JsonPath } from '../world/json.ts';
import type { DraftFile } from '../world/message.ts';
import { checkComponents } from './component-rules.ts';
import { refusal } from './discord-error.ts';
import { checkEmbeds } from './embed-rules.ts';
import { checked, type Form } from './form.ts';
import { checkPoll } from './poll-rules.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText } from './primitives.ts';

/** A message's body as it came, with its files. */
export type MessageDraft = { body: Json; files: readonly DraftFile[] };

/** What an edit starts from: flags cannot be taken back, and kept files may still be referred to. */
export type Before = {
  flags: number;
  fileNames: readonly string[];
  /** Whether something is still shown when the edit empties nothing else. */
  hasContent: boolean;
  /** Whether content or embeds stay, which components V2 do not allow. */
  hasLegacyParts: boolean;
};

/** https://discord.com/developers/docs/resources/message#create-message: bots have 2000, whatever the schema says. */
const CONTENT = 2000;
const NEW: Before = { flags: 0, fileNames: [], hasContent: false, hasLegacyParts: false };

/** Refuses a message that Discord would refuse for its form: 50035, or 50006 when nothing is in it. */
export function checkMessage(draft: MessageDraft, before: Before = NEW): void {
  checked((form) => {
    checkMessageForm(form, [], draft, before);
  });
  if (isEmpty(draft, before)) throw refusal.emptyMessage();
}

/** The same rules, for messages that stand inside another body (`data`, `message`). */
export function checkMessageForm(
  form: Form,
  path: JsonPath,
  draft: MessageDraft,
  before: Before = NEW,
): void {
  const { body } = draft;
  const flags =
    (typeof body.flags === 'number' ? body.flags : 0) | (before.flags & MessageFlags.IsComponentsV2);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  checkInteger(form, [...path, 'flags'], body.flags, { min: 0, max: 2 ** 31 - 1 });
  checkText(form, [...path, 'content'], body.content, { max: CONTENT });
  checkEmbeds(form, [...path, 'embeds'], body.embeds);
  checkNonce(form, [...path, 'nonce'], body.nonce);
  checkList(form, [...path, 'sticker_ids'], body.sticker_ids, { max: 3 });
  checkAllowedMentions(form, [...path, 'allowed_mentions'], body.allowed_mentions);
  checkAttachments(form, path, draft);
  checkComponents(form, [...path, 'components'], body.components, v2, namesOf(draft, before));
  checkPoll(form, [...path, 'poll'], body.poll);
  if (v2) checkV2(form, path, body, before);
}

function checkNonce(form: Form, path: JsonPath, nonce: unknown): void {
  if (typeof nonce === 'number' && Number.isInteger(nonce)) return;
  checkText(form, path, nonce, { max: 25 });
}

function checkAllowedMentions(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  const allowed = checkObject(form, path, value);
  if (!allowed) return;
  const parse = checkList(form, [...path, 'parse'], allowed.parse, { max: 3 });
  parse.forEach((one, index) => {
    checkChoice(form, [...path, 'parse', index], one, ['users', 'roles', 'everyone']);
  });
  for (const kind of ['users', 'roles'] as const) {
    const ids = checkList(form, [...path, kind], allowed[kind], { max: 100 });
    if (!parse.includes(kind) || ids.length === 0) continue;
    form.refuse(
      path,
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    );
  }
}

function checkAttachments(form: Form, path: JsonPath, { body, files }: MessageDraft): void {
  const listed = checkList(form, [...path, 'attachments'], body.attachments, { max: 10 });
  listed.forEach((one, index) => {
    const attachment = checkObject(form, [...path, 'attachments', index], one);
    if (attachment)
      checkText(form, [...path, 'attachments', index, 'description'], attachment.description, { max: 1024 });
  });
  if (files.length > 10)
    form.refuse([...path, 'files'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
}

function namesOf({ body, files }: MessageDraft, before: Before): ReadonlySet<string> {
  const listed = Array.isArray(body.attachments) ? body.attachments.filter(isObject) : [];
  const renamed = listed.map((one) => one.filename).filter((name) => typeof name === 'string');
  return new Set([...before.fileNames, ...files.map((file) => file.name), ...renamed]);
}

// With the flag, content, embeds, stickers and polls are refused; an edit may set them to nothing.
function checkV2(form: Form, path: JsonPath, body: Json, before: Before): void {
  const forbidden = ['content', 'embeds', 'sticker_ids', 'poll', 'shared_client_theme'] as const;
  for (const key of forbidden) {
    const value = body[key];
    const isNothing =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (isNothing) continue;
    form.refuse(
      [...path, key],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
  if (before.hasLegacyParts) {
    form.refuse(
      [...path, 'content'],
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'Set content to null and embeds to [] when a message turns to components V2.',
    );
  }
}

/** Whether nothing would be shown. For edits: whether it would be emptied. */
export function isEmpty({ body, files }: MessageDraft, before: Before = NEW): boolean {
  const holds = (key: string) => Array.isArray(body[key]) && body[key].length > 0;
  const hasText = typeof body.content === 'string' && body.content.trim() !== '';
  if (
    hasText ||
    files.length > 0 ||
    holds('embeds') ||
    holds('components') ||
    holds('sticker_ids') ||
    isObject(body.poll)
  )
    return false;
  // A forward shows what it refers to.
  if (isObject(body.message_reference) && body.message_reference.type === MessageReferenceType.Forward)
    return false;
  return !before.hasContent;
}
