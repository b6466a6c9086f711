/** `#rrggbb`, or null where none is set: Discord's 0 is no colour. */
export function showColour(colour: number | null | undefined): string | null {
  return colour ? `#${colour.toString(16).padStart(6, '0')}` : null;
}
