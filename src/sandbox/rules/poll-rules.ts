import { PollLayoutType } from 'discord-api-types/v10';
import { isObject, type Json, type JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText } from './primitives.ts';

const QUESTION = 300;
const ANSWER = 55;
/** 32 days. */
const HOURS = 768;

/** A new poll. https://discord.com/developers/docs/resources/poll#poll-create-request-object */
export function checkPoll(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null) return;
  const poll = checkObject(form, path, value);
  if (!poll) return;
  checkMedia(form, [...path, 'question'], poll.question, QUESTION);
  const answers = checkList(form, [...path, 'answers'], poll.answers, { min: 1, max: 10, required: true });
  answers.forEach((one, index) => {
    const at = [...path, 'answers', index];
    const answer = checkObject(form, at, one);
    if (answer) checkMedia(form, [...at, 'poll_media'], answer.poll_media, ANSWER);
  });
  checkInteger(form, [...path, 'duration'], poll.duration, { min: 1, max: HOURS });
  checkChoice(form, [...path, 'layout_type'], poll.layout_type, [PollLayoutType.Default]);
}

function checkMedia(form: Form, path: JsonPath, value: unknown, max: number): void {
  const media: Json = isObject(value) ? value : {};
  checkText(form, [...path, 'text'], media.text, { min: 1, max, required: true });
}
