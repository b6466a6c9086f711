import type { Select, SelectChoice } from '../../protocol.ts';
import { isWanted, type Pickable } from '../../typed-command.ts';
import { kindWord, signedName } from './pickables.ts';

/** What a select offers: its own choices, or what of the scene it may mean. */
export function selectChoices(select: Select, pickables: readonly Pickable[]): readonly SelectChoice[] {
  if (select.of === 'options') return select.choices;
  const wanted = { of: select.of, channelKinds: select.channelKinds };
  return pickables
    .filter((one) => isWanted(one, wanted))
    .map((one) => ({ value: one.id, label: signedName(one), description: kindWord(one), emoji: null }));
}

/** The values after one was pressed. One more than can be chosen is not taken; with one alone the other gives way. */
export function toggled(
  { least, most }: Select,
  chosen: readonly string[],
  value: string,
): readonly string[] {
  if (most === 1) return chosen.includes(value) && least === 0 ? [] : [value];
  if (chosen.includes(value)) return chosen.filter((one) => one !== value);
  return chosen.length < most ? [...chosen, value] : chosen;
}

/** Whether values are as many as the select takes, and others than before: nothing else is told, as Discord does. */
export function isNews(
  { least, most }: Select,
  before: readonly string[],
  chosen: readonly string[],
): boolean {
  const isSame = before.length === chosen.length && before.every((one) => chosen.includes(one));
  return !isSame && chosen.length >= least && chosen.length <= most;
}

/** How many there are to choose, where several are. */
export function howManyWords({ least, most }: Select, chosen: readonly string[]): string {
  const range = least === most ? `${most}` : least === 0 ? `up to ${most}` : `${least} to ${most}`;
  return `Choose ${range}; ${chosen.length} chosen. Close the list to confirm.`;
}
