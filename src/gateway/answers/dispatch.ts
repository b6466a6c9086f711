/**
 * From an interaction to its answer: finds the command or component, gives it a Request, sends what it returns. Alone
 * talks to the asker: makes time when an answer is slow, and turns errors into sentences.
 */
import { InteractionType, MessageFlags } from 'discord-api-types/v10';
import type { Choice, Command, Component, Request } from '#commands/command.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { ClosedError, FatalError, OutsideError } from '#src/foundation/failure.ts';
import type { Log } from '#src/foundation/log.ts';
import { settled } from '#src/foundation/settled.ts';
import { say, sayPhrase } from '#src/render/say.ts';
import { welcomeMessage } from '#src/render/welcome.ts';
import type { Services } from '#src/service/services.ts';
import { withCommandIds } from '#src/wording/command-mentions.ts';
import { inLanguage } from '#src/wording/language.ts';
import { code } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { ServerChannel } from '../connection/servers.ts';
import { readAnswerFailure } from './answer-failure.ts';
import { type Conversation, type Manner, openConversation } from './conversation.ts';
import { bareInteractionShape, interactionShape, type ReceivedInteraction } from './interaction.ts';
import { nameOf, toRequest } from './request.ts';
import type { Responder } from './responder.ts';
import type { RightsOf } from './rights.ts';

type DispatchDeps = {
  commands: readonly Command[];
  components: readonly Component[];
  services: Services;
  /** What the gateway knows of a channel; null: nothing. */
  channel(channelId: string): ServerChannel | null;
  rightsOf: RightsOf;
  /** The id that Discord gave a command; null while it did not tell. */
  commandId(name: string): string | null;
  responder: Responder;
  log: Log;
  clock: Clock;
  /** A command met what no retry mends (a full disk): the process should end. */
  onFatal(error: FatalError): void;
};

export type Dispatch = {
  /** Takes an interaction as Discord sent it. Never throws: what goes wrong is told to the asker and the log. */
  take(interaction: unknown): void;
  /** From now on says that the bot restarts; waits for the answers in hand, at most `ms`. */
  close(ms: number): Promise<void>;
};

type Handler = Command | Component;

/** An answer that takes longer gets a "thinking ..." first. Discord waits 3 s, the way there and back included. */
const SAFETY_DEFER_MS = 1_500;
const COMPLETE_WITHIN_MS = 2_000;
/** A reason of our own: without one each abort makes an error with a stack. */
const ANSWERED = 'answered';

export function createDispatch(deps: DispatchDeps): Dispatch {
  const commands = new Map(deps.commands.map((command) => [command.data.name, command]));
  const components = new Map(deps.components.map((component) => [component.prefix, component]));
  const inHand = new Set<Promise<void>>();
  let closing = false;

  const tellAlone = (interaction: ReceivedInteraction, sentence: string): Promise<void> => {
    const manner = { hidden: true, updates: false };
    return openConversation(deps.responder, interaction, manner, deps.clock).tellProblem(sentence);
  };

  const answerTo = async (interaction: ReceivedInteraction): Promise<void> => {
    const { type } = interaction;
    const name = nameOf(interaction);
    if (type === InteractionType.ApplicationCommandAutocomplete)
      return complete(deps, commands.get(name), interaction);
    const isCommand = type === InteractionType.ApplicationCommand;
    if (!isCommand && type !== InteractionType.MessageComponent && type !== InteractionType.ModalSubmit)
      return;
    const handler = isCommand ? commands.get(name) : components.get(name);
    if (closing) return tellAlone(interaction, say('answer.stopping'));
    if (!handler)
      return tellAlone(interaction, say(isCommand ? 'answer.unknownCommand' : 'answer.unknownComponent'));
    return converse(deps, handler, interaction, () => closing);
  };

  const hold = (interaction: ReceivedInteraction, work: () => Promise<void>): void => {
    const linked = () => withCommandIds(deps.commandId, work);
    const spoken = () => inLanguage(interaction.locale ?? '', linked);
    const answering = noted(deps.log, interaction, spoken).finally(() => inHand.delete(answering));
    inHand.add(answering);
  };

  return {
    take: (raw) => {
      const parsed = interactionShape.safeParse(raw);
      if (parsed.success) return hold(parsed.data, () => answerTo(parsed.data));
      const bare = bareInteractionShape.safeParse(raw);
      const reference = bare.success ? referenceOf(bare.data) : 'none';
      deps.log.error({ reference, err: parsed.error }, 'An interaction of unknown shape');
      if (bare.success)
        hold(bare.data, () => tellAlone(bare.data, say('answer.unexpected', { reference: code(reference) })));
    },
    close: async (ms) => {
      closing = true;
      const enough = new AbortController();
      const patience = deps.clock.sleep(ms, enough.signal).catch(() => undefined);
      await Promise.race([untilEmpty(inHand), patience]);
      enough.abort();
    },
  };
}

/** Never rejects. */
async function noted(log: Log, interaction: ReceivedInteraction, work: () => Promise<void>): Promise<void> {
  const ending = await settled(work);
  if (ending.status === 'fulfilled') return;
  const { id, type } = interaction;
  log.warn({ id, type, name: nameOf(interaction), err: ending.reason }, 'An answer did not arrive');
}

/** Who asks while the bot stops is told so: that is in hand too. */
async function untilEmpty(inHand: ReadonlySet<Promise<void>>): Promise<void> {
  while (inHand.size > 0) await Promise.all(inHand);
}

async function converse(
  deps: DispatchDeps,
  handler: Handler,
  interaction: ReceivedInteraction,
  isClosing: () => boolean,
): Promise<void> {
  const { clock, responder, services } = deps;
  const request = requestOf(deps, interaction);
  const manner = mannerOf(handler, request, interaction);
  const conversation = openConversation(responder, interaction, manner, clock);
  const inTime = new AbortController();
  const deferring = deferWhenSlow(deps, conversation, inTime.signal);
  const work = await settled(() => handler.answer(request, services));
  inTime.abort(ANSWERED);
  await deferring;
  const said = work.status === 'fulfilled' ? await settled(() => conversation.answer(work.value)) : work;
  if (said.status === 'fulfilled') return sayFirstWords(deps, conversation, request, interaction);
  // What did not arrive is no fault of the answer: there is nothing else to tell.
  if (said !== work && readAnswerFailure(said.reason) !== 'refused') throw said.reason;
  // A bot that stops gives up asking others, and closes its database before the slowest answers: that is nobody's fault.
  const isGivenUp =
    isClosing() && (said.reason instanceof OutsideError || said.reason instanceof ClosedError);
  const sentence = isGivenUp ? say('answer.stopping') : sentenceFor(said.reason, interaction, deps);
  try {
    await conversation.tellProblem(sentence);
  } finally {
    // Only now: this ends the process.
    if (said.reason instanceof FatalError) deps.onFatal(said.reason);
  }
}

/** Who sets the bot up hears who it is, where no channel was fit to say so. */
async function sayFirstWords(
  { services }: DispatchDeps,
  conversation: Conversation,
  request: Request,
  { type }: ReceivedInteraction,
): Promise<void> {
  if (type !== InteractionType.ApplicationCommand) return;
  if (!(await services.firstWordsFor(request))) return;
  const said = await settled(() => conversation.whisper(welcomeMessage()));
  if (said.status === 'fulfilled') return;
  await services.keepFirstWords(request);
  throw said.reason;
}

function requestOf({ clock, rightsOf, channel }: DispatchDeps, interaction: ReceivedInteraction): Request {
  const now = clock.now();
  return toRequest(interaction, now, rightsOf(interaction, now), channel);
}

function mannerOf(handler: Handler, request: Request, { message }: ReceivedInteraction): Manner {
  const { private: hidden = true } = handler;
  const updates = 'updates' in handler ? (handler.updates ?? false) : false;
  return {
    hidden: typeof hidden === 'function' ? hidden(request) : hidden,
    // A form that a command opened stands on no message; a post is the pipeline's, which may edit it as it was.
    updates: isAnswer(message) && (typeof updates === 'function' ? updates(request) : updates),
  };
}

/** A message that answered somebody, perhaps by an earlier version. */
const isAnswer = (message: ReceivedInteraction['message']): boolean =>
  message?.interaction_metadata != null ||
  ((message?.flags ?? 0) & (MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral)) !== 0;

/** Makes time for an answer that takes long. */
async function deferWhenSlow(
  { clock }: DispatchDeps,
  conversation: Conversation,
  answered: AbortSignal,
): Promise<void> {
  // Rejects when the answer came first.
  const tooSlow = await clock.sleep(SAFETY_DEFER_MS, answered).then(
    () => true,
    () => false,
  );
  if (tooSlow) return conversation.defer();
}

async function complete(
  deps: DispatchDeps,
  command: Command | undefined,
  to: ReceivedInteraction,
): Promise<void> {
  const { clock, log, responder } = deps;
  const answered = new AbortController();
  const late = clock.sleep(COMPLETE_WITHIN_MS, answered.signal).then(
    () => log.warn({ name: nameOf(to) }, 'Proposals took too long'),
    () => undefined,
  );
  const choices = await Promise.race([proposals(deps, command, to), late]);
  answered.abort(ANSWERED);
  await responder.propose(to, choices ?? NO_CHOICES);
}

/** Never rejects. */
async function proposals(
  deps: DispatchDeps,
  command: Command | undefined,
  to: ReceivedInteraction,
): Promise<readonly Choice[]> {
  const { log, services, onFatal } = deps;
  try {
    const request = requestOf(deps, to);
    const { focused } = request;
    return (focused && (await command?.complete?.({ ...request, focused }, services))) ?? NO_CHOICES;
  } catch (error) {
    log.error({ name: nameOf(to), err: error }, 'Proposals failed');
    if (error instanceof FatalError) onFatal(error);
    return NO_CHOICES;
  }
}

const NO_CHOICES: readonly Choice[] = [];

const capitalised = (system: string): string => system.charAt(0).toUpperCase() + system.slice(1);

function sentenceFor(error: unknown, interaction: ReceivedInteraction, { log }: DispatchDeps): string {
  if (error instanceof UserError) return sayPhrase(error.phrase);
  const reference = referenceOf(interaction);
  const about = { reference, name: nameOf(interaction), err: error };
  if (error instanceof OutsideError) {
    log.warn(about, 'A source did not answer a command');
    return say('answer.sourceSilent', { system: capitalised(error.system) });
  }
  log.error(about, 'A command failed');
  return say('answer.unexpected', { reference: code(reference) });
}

/** Short enough to be typed, and found in the log. */
function referenceOf({ id }: ReceivedInteraction): string {
  return BigInt(id).toString(36).slice(-8);
}
