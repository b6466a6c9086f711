import type { Channel } from '../world/channel.ts';
import { isObject, type Json } from '../world/json.ts';
import { refusal } from './discord-error.ts';
import { checked, type Form } from './form.ts';
import { checkMessageForm, isEmpty, type MessageDraft } from './message-rules.ts';
import { checkChoice, checkInteger, checkList, checkText } from './primitives.ts';

/** Name 1-100, auto_archive and slow mode of any new thread. */
export function checkThread(form: Form, body: Json): void {
  checkText(form, ['name'], body.name, { min: 1, max: 100, required: true });
  checkChoice(form, ['auto_archive_duration'], body.auto_archive_duration, [60, 1440, 4320, 10080]);
  checkInteger(form, ['rate_limit_per_user'], body.rate_limit_per_user, { min: 0, max: 21_600 });
}

/** A forum post: a thread with its first message and up to five of the forum's tags; 40067 when a tag is missing. */
export function checkForumPost(forum: Channel, draft: MessageDraft): MessageDraft {
  const { body } = draft;
  const first: MessageDraft = { body: isObject(body.message) ? body.message : {}, files: draft.files };
  checked((form) => {
    checkThread(form, body);
    checkTags(form, forum, body.applied_tags);
    if (!isObject(body.message)) form.refuse(['message'], 'BASE_TYPE_REQUIRED', 'This field is required');
    checkMessageForm(form, ['message'], first);
  });
  if (isEmpty(first)) throw refusal.emptyMessage();
  if (forum.requiresTag && tagsOf(body.applied_tags).length === 0) throw refusal.tagRequired();
  return first;
}

function checkTags(form: Form, forum: Channel, value: unknown): void {
  checkList(form, ['applied_tags'], value, { max: 5 }).forEach((tag, index) => {
    if (forum.tags.some((known) => known.id === tag)) return;
    form.refuse(['applied_tags', index], 'INVALID_FORUM_TAG', 'Unknown tag');
  });
}

/** The tag ids of a body, none when there are none. */
export function tagsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}
