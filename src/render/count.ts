/** "1 upvote", "2 upvotes", "1,200 papers"; `many` where the plural is not made with an s. */
export function count(number: number, noun: string, many = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : many}`;
}

/** "A", "A and B", "A, B and C"; or with another word between the last two. */
export function listed(names: readonly string[], joined = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${joined} ${last}`;
}
