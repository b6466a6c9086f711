/** The results of `works`, each as soon as it is there. The works must not reject. */
export async function* asTheyArrive<T>(works: Iterable<Promise<T>>): AsyncGenerator<T> {
  const waiting = new Map<number, Promise<{ number: number; value: T }>>();
  let count = 0;
  for (const work of works) {
    const number = count++;
    waiting.set(
      number,
      work.then((value) => ({ number, value })),
    );
  }
  while (waiting.size > 0) {
    const { number, value } = await Promise.race(waiting.values());
    waiting.delete(number);
    yield value;
  }
}
