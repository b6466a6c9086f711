/** A JSON object whose shape is not known yet. */
export type Json = Record<string, unknown>;

/** Where something stands in a JSON body. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
