import { html } from '../preact.ts';
import { hasList } from './bar-fields.ts';
import { type Chip, type CommandBar, optionsLeft } from './command-bar.ts';
import type { Completion } from './completion.ts';
import { takesFreeText } from './suggestions.ts';

type Props = { id: string; bar: CommandBar; chip: Chip | undefined; completion: Completion | null };

/** Above the list: what the option is for, and why it cannot be sent. */
export function CommandHint({ id, bar, chip, completion }: Props) {
  const isSought = chip !== undefined && hasList(chip.option) && !takesFreeText(chip.option);
  return html`<div id=${id} class="command-hint">
    <p>
      <strong>${chip ? chip.option.name : `/${bar.command.name}`}</strong>
      <span> ${chip ? chip.option.description : bar.command.description}</span>
    </p>
    ${chip?.fault && html`<p class="fault-words">${chip.fault}</p>`}
    ${completion && html`<p class="completion-state" aria-live="polite">${completionWords(completion)}</p>`}
    ${!chip && optionsLeft(bar).length === 0 && html`<p>Press Enter to send.</p>`}
    ${isSought && html`<p class="aloud">Arrow keys move, Enter picks.</p>`}
  </div>`;
}

function completionWords({ lines, state }: Completion): string {
  if (state === 'failed') return 'Loading options failed. Type on to ask again.';
  if (lines.length > 0) return '';
  return state === 'asked' ? 'Loading options …' : 'No options match your search.';
}
