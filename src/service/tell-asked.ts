import { wording } from '#src/render/wording.ts';
import type { Asked } from './ask-sources.ts';

/** Short sentences, for one line: what each source said, or why none was asked. Empty where no source can be asked. */
export function tellAsked({ answers, refusal }: Pick<Asked, 'answers' | 'refusal'>): string[] {
  if (refusal) return [wording.ownPapersOnly(refusal)];
  return answers.map(wording.sourceSaid);
}

/** Whether every source that there is was asked, and has none. */
export function nobodyHas({ answers, refusal }: Pick<Asked, 'answers' | 'refusal'>): boolean {
  return refusal === null && answers.length > 0 && answers.every(({ said }) => said.kind === 'none');
}
