import type { Answer, EarlierMessages, OfferedCommands, PageQuestion } from '../protocol.ts';
import { heardEarlier, logOf, type State } from './state.ts';
import { changeKnown, known } from './store.ts';

/** Everything that can be asked, without whoever asks. */
type Question = PageQuestion extends infer One ? (One extends PageQuestion ? Omit<One, 'as'> : never) : never;

const AWAY = 'The sandbox is not running. Start it again with npm start, then try again.';
const REFUSED = 'The sandbox did not take that. Load the page again and try once more.';

/**
 * Asks the server as the present viewer. A modal is opened, and what failed is shown, before this resolves with the answer.
 * Never rejects.
 */
export async function ask(question: Question): Promise<Answer> {
  const answer = await askBeside(question);
  if (answer.answer === 'failed') changeKnown((state) => ({ ...state, trouble: answer.sentence }));
  return answer;
}

/** As `ask`, for whoever shows what failed beside what was pressed. */
export async function askBeside(question: Question): Promise<Answer> {
  const answer = await answerTo(question);
  if (answer.answer === 'modal' && 'channelId' in question)
    changeKnown((state) => ({ ...state, modal: { modal: answer.modal, channelId: question.channelId } }));
  return answer;
}

async function answerTo(question: Question): Promise<Answer> {
  try {
    const response = await fetch('/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: viewerId(), ...question }),
    });
    if (!response.headers.get('content-type')?.startsWith('application/json'))
      return { answer: 'failed', sentence: REFUSED };
    return await response.json();
  } catch {
    return { answer: 'failed', sentence: AWAY };
  }
}

/** Commands that somebody, the viewer if nobody is named, is offered in a place; none where the server is away. */
export async function commandsFor(
  channelId: string,
  as: string = viewerId(),
): Promise<OfferedCommands['commands']> {
  const found = await read<OfferedCommands>('/commands', { as, channel: channelId });
  return found?.commands ?? [];
}

/** Loads what was written before the first message that is shown. */
export async function loadEarlier(channelId: string): Promise<void> {
  const asked = known();
  const before = logOf(asked, channelId).messages[0]?.id ?? '';
  const found = await read<EarlierMessages>('/messages', { as: viewerId(), channel: channelId, before });
  if (!found) return;
  changeKnown((state) => (isSameSight(state, asked) ? heardEarlier(state, channelId, found) : state));
}

async function read<T>(path: string, asked: Record<string, string>): Promise<T | null> {
  try {
    const response = await fetch(`${path}?${new URLSearchParams(asked)}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const viewerId = (): string => known().scene?.viewer.id ?? '';

/** What was asked before the scene began anew, or as somebody else, is no news now. */
const isSameSight = ({ scene }: State, before: State): boolean =>
  scene?.id === before.scene?.id && scene?.viewer.id === before.scene?.viewer.id;
