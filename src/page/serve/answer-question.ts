import { createContain } from '#src/foundation/contain.ts';
import { settled } from '#src/foundation/settled.ts';
import type { Answer, PageQuestion } from '../protocol.ts';
import { showPlace } from '../show/places.ts';
import { seesPlace } from '../show/sight.ts';
import { askPaperboy } from './ask-paperboy.ts';
import type { PageScene } from './page-scene.ts';
import { DONE, failed, refusalOf } from './refusal.ts';
import { addChannel, allowBot, mapCommand, removeChannel } from './scene-panel.ts';

const LONGEST_MESSAGE = 2000;

const NOBODY = failed('The scene has begun anew without this person. Choose whom to look as.');
const FAULT = failed('The page could not do this. The terminal in which the sandbox runs says why.');

/** Does what somebody asks. What a client would not send is refused with a sentence; never rejects. */
export async function answerQuestion(scene: PageScene, question: PageQuestion): Promise<Answer> {
  if (!scene.people.some(({ id }) => id === question.as)) return NOBODY;
  const done = await settled(() => answerTo(scene, question));
  if (done.status === 'rejected') return refusalOrFault(scene, question, done.reason);
  if (done.value.answer !== 'failed') scene.tasks.noticed(question);
  return done.value;
}

function refusalOrFault({ log }: PageScene, { ask }: PageQuestion, error: unknown): Answer {
  const refusal = refusalOf(error);
  if (refusal) return refusal;
  log.error({ ask, err: error }, 'the page could not do what it was asked');
  return FAULT;
}

function answerTo(scene: PageScene, question: PageQuestion): Answer | Promise<Answer> {
  switch (question.ask) {
    case 'vote':
      return vote(scene, question);
    case 'write':
      return write(scene, question);
    case 'allow':
      return allowBot(scene, question);
    case 'create channel':
      return addChannel(scene, question);
    case 'delete channel':
      return removeChannel(scene, question);
    case 'map command':
      return mapCommand(scene, question);
    case 'speed':
      scene.time.setSpeed(question.speed);
      return DONE;
    case 'go to':
      return goTo(scene, question.where);
    case 'again':
      scene.again();
      return DONE;
    default:
      return askPaperboy(scene, question);
  }
}

function vote({ driver }: PageScene, question: Extract<PageQuestion, { ask: 'vote' }>): Answer {
  const { as: user, channelId: channel, messageId: message, answers } = question;
  driver.vote({ user, channel, message, answers: answers.map(Number) });
  return DONE;
}

function write(scene: PageScene, question: Extract<PageQuestion, { ask: 'write' }>): Answer {
  const { as: user, channelId: channel } = question;
  const content = question.content.trim();
  if (content === '') return failed('The message is empty. Write something first.');
  if (content.length > LONGEST_MESSAGE)
    return failed(`A message has at most ${LONGEST_MESSAGE} characters. Shorten it.`);
  if (!mayWrite(scene, user, channel))
    return failed('You may not write here. Open another channel, or look as somebody else.');
  scene.driver.write({ user, channel, content });
  return DONE;
}

/** A forum's messages stand in its posts. */
function mayWrite({ world }: PageScene, userId: string, channelId: string): boolean {
  const channel = world.channels.get(channelId);
  if (!channel || !seesPlace(world, channel, userId)) return false;
  const place = showPlace(world, channel, userId);
  return place?.mayWrite === true && place.kind !== 'forum';
}

/** Answers when the scene is on its way: the clock tells the rest. */
function goTo({ time, log }: PageScene, where: 'next poll' | 'next digest'): Answer {
  const { nextPollAt, nextDigestAt } = time.state();
  if (where === 'next poll' && nextPollAt === null) return failed('No poll is due. Let the clock run.');
  if (where === 'next digest' && nextDigestAt === null)
    return failed('No digest is due. Give a channel a schedule first, with /subscribe.');
  const contain = createContain(log, () => {});
  void contain({ where }, 'the scene did not get there', () =>
    where === 'next poll' ? time.toNextPoll() : time.toNextDigest(),
  );
  return DONE;
}
