import type { OfferedOption } from '../../protocol.ts';
import type { Pickable } from '../../typed-command.ts';
import { askBeside } from '../ask.ts';
import { useEffect, useState } from '../preact.ts';
import { type Chip, type CommandBar, valuesOf } from './command-bar.ts';
import { type Suggestion, suggestion } from './suggestions.ts';

/** What the bot proposes for an option; `lines` are of the question before while `state` is `asked`. */
export type Completion = { lines: readonly Suggestion[]; state: 'asked' | 'here' | 'failed' };

const NOTHING_YET: Completion = { lines: [], state: 'asked' };
/** Keys that follow each other faster are one question. */
const PAUSE_MS = 40;

/** Asks the bot what it proposes for the chip that has the focus; null: it is asked nothing there. */
export function useCompletion(
  channelId: string,
  bar: CommandBar,
  chip: Chip | undefined,
  pickables: readonly Pickable[],
): Completion | null {
  const isAsked = chip?.option.completes === true && chip.picked === null;
  const [found, setFound] = useState<{ option: OfferedOption | null; completion: Completion }>({
    option: null,
    completion: NOTHING_YET,
  });
  const { name } = bar.command;
  const option = chip?.option ?? null;
  const text = chip?.text ?? '';
  useEffect(() => {
    if (!isAsked || !option) return;
    let isStale = false;
    const put = (make: (before: Completion) => Completion) =>
      setFound((before) => ({
        option,
        completion: make(before.option === option ? before.completion : NOTHING_YET),
      }));
    const complete = async () => {
      const options = { ...plainValues(bar, pickables), [option.name]: text };
      const answer = await askBeside({ ask: 'complete', channelId, name, options, focused: option.name });
      if (isStale) return;
      if (answer.answer === 'choices') put(() => ({ lines: answer.choices.map(suggestion), state: 'here' }));
      else put(() => ({ lines: [], state: 'failed' }));
    };
    put(({ lines }) => ({ lines, state: 'asked' }));
    const timer = setTimeout(() => void complete(), text === '' ? 0 : PAUSE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [isAsked, channelId, name, option?.name, text]);
  if (!isAsked) return null;
  return found.option === option ? found.completion : NOTHING_YET;
}

/** Files stay here until the command is sent. */
function plainValues(bar: CommandBar, pickables: readonly Pickable[]) {
  const values = valuesOf({ ...bar, chips: bar.chips.filter(({ file }) => file === null) }, pickables);
  return Object.fromEntries(Object.entries(values).filter((entry) => typeof entry[1] !== 'object')) as Record<
    string,
    string | number | boolean
  >;
}
