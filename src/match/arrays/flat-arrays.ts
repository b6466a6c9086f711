export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** The same array when it holds `length` numbers already, else a copy half as large again. */
export function grown<A extends Numbers>(array: A, length: number): A {
  if (array.length >= length) return array;
  const larger = new (array.constructor as new (length: number) => A)(
    Math.max(length, array.length + (array.length >>> 1)),
  );
  larger.set(array as never);
  return larger;
}
