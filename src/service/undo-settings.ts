import type { ServerSettings } from '#src/subscription/server-settings.ts';
import { differingSettings } from './tell-changed.ts';

type Change = { before: ServerSettings; after: ServerSettings };

/** What an Undo makes of the settings that are there now; the very same where they are so already; null: another change is in the way. */
export function settingsUndone(
  { before, after }: Change,
  present: ServerSettings,
  seen: ServerSettings | undefined,
): ServerSettings | null {
  const names = differingSettings(before, after);
  const isAs = (version: ServerSettings) => names.every((name) => present[name] === version[name]);
  if (isAs(before)) return present;
  if (!isAs(after) && !(seen && isAs(seen))) return null;
  return { ...present, ...Object.fromEntries(names.map((name) => [name, before[name]])) };
}

/** Of the settings that are there now those that the change changed; the others as they were after it. */
export function settingsInTheWay({ before, after }: Change, present: ServerSettings): ServerSettings {
  const names = differingSettings(before, after);
  return { ...after, ...Object.fromEntries(names.map((name) => [name, present[name]])) };
}

/** Whether both changed the same setting. */
export function isInTheWayOf(earlier: Change, later: Change | undefined): boolean {
  if (!later) return false;
  const names = differingSettings(earlier.before, earlier.after);
  return differingSettings(later.before, later.after).some((name) => names.includes(name));
}
