/** A number written in plain decimals, such as `3` or `2.5`; null for any other writing (`1e3`, `0x10`, `+5`, `5.`). */
export function plainNumber(text: string): number | null {
  return /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
}
