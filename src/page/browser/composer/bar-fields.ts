import type { OfferedOption } from '../../protocol.ts';
import type { Chip, CommandBar } from './command-bar.ts';
import { takesFreeText } from './suggestions.ts';

/** What is typed behind the chips. */
export const BEHIND = 'behind';

/** Whether there is something to choose from for an option. */
export const hasList = (option: OfferedOption): boolean =>
  option.completes || option.choices.length > 0 || (!takesFreeText(option) && option.kind !== 'attachment');

/** The fields of a bar by name: one an option, and `BEHIND` them. */
export const optionField = ({ name }: OfferedOption): string => fieldOf(name);

export const fieldOf = (option: string): string => `option:${option}`;

export const lastField = ({ chips }: CommandBar): string | null => {
  const last = chips.at(-1);
  return last ? optionField(last.option) : null;
};

/** The field behind or before a chip; null: it is the first. */
export function fieldBeside({ chips }: CommandBar, chip: Chip, step: 1 | -1): string | null {
  const index = chips.findIndex(({ option }) => option.name === chip.option.name) + step;
  if (index < 0) return null;
  return index < chips.length ? optionField(chips[index].option) : BEHIND;
}

/** Where any text may be sent no line is active by itself: Enter sends what was typed, and nothing else. */
export function firstActive(chip: Chip | undefined, { left }: CommandBar): number {
  if (!chip) return left === '' ? -1 : 0;
  return takesFreeText(chip.option) ? -1 : 0;
}

export const isBlankChip = ({ text, file }: Chip): boolean => text === '' && file === null;

/** Where one goes on typing: the first empty chip, else behind all. */
export function fieldToFill({ chips }: CommandBar): string {
  const empty = chips.find(isBlankChip);
  return empty ? optionField(empty.option) : BEHIND;
}

/** The first field that cannot be sent as it is. */
export function faultyField({ chips }: CommandBar): string | null {
  const faulty = chips.find(({ fault }) => fault !== null);
  return faulty ? optionField(faulty.option) : null;
}
