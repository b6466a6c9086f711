/** Acronyms as papers write them: RAG, MoE, LoRA, GPT-4o's GPT. */
export type AcronymStore = {
  /** Takes one in as a text has it, or counts it again. */
  learn(written: string): void;
  /** Those that begin so, the commonest first, each in its commonest spelling; case does not matter. */
  complete(start: string, limit: number): string[];
};

export function createAcronymStore(): AcronymStore {
  const counts = new Map<string, number>();
  return {
    learn(written) {
      const single = written.replace(/(?<=[\p{Lu}\d])s$/u, '');
      if (single.length <= LONGEST) counts.set(single, (counts.get(single) ?? 0) + 1);
    },
    complete(start, limit) {
      const wanted = start.toUpperCase();
      const found = [...counts]
        .filter(([written]) => written.toUpperCase().startsWith(wanted))
        .sort((a, b) => b[1] - a[1]);
      const spelled = new Map<string, string>();
      for (const [written] of found) {
        const key = written.toLowerCase();
        if (!spelled.has(key)) spelled.set(key, written);
      }
      return [...spelled.values()].slice(0, limit);
    },
  };
}

/** Longer ones are words of a heading in capitals. */
const LONGEST = 12;
