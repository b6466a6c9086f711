import { askBeside } from '../ask.ts';
import { useRef, useState } from '../preact.ts';
import type { Spot } from './spot.ts';

type Question = Parameters<typeof askBeside>[0];

/** Asks for a message, one question at a time: what is pressed meanwhile is not asked. What fails stands at the message. */
export function useAsking({ failed }: Pick<Spot, 'failed'>) {
  const isAsked = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const asking = async (question: Question): Promise<boolean> => {
    if (isAsked.current) return false;
    isAsked.current = true;
    setBusy(true);
    failed(null);
    const answer = await askBeside(question);
    isAsked.current = false;
    setBusy(false);
    if (answer.answer === 'failed') failed(answer.sentence);
    return answer.answer !== 'failed';
  };
  return { isBusy, asking };
}
