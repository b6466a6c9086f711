import type { MessageKey } from './languages.ts';

/**
 * What stands in a sentence and is written otherwise in each medium. `code`: letter by letter as it was typed. `words`: text
 * of papers and people, in which nothing formats. `quoted`: the same between quotes. `markdown`: the same with its addresses
 * as links. `most`: UTF-16 units, cut beyond. `command`: a slash command by its name ("filter test").
 * `at`: UTC ms; `style` as Discord has it: R "in 5 minutes", f date and time, t time, d and D date.
 */
export type Mark =
  | { mark: 'code' | 'words' | 'quoted' | 'markdown'; text: string; most?: number }
  | { mark: 'channel' | 'role'; id: string }
  | { mark: 'command'; name: string }
  | { mark: 'instant'; at: number; style: 'R' | 'f' | 't' | 'd' | 'D' };

/**
 * What a placeholder may be: text that is written for its medium already, a number, a mark, a phrase, or several, which are
 * joined: "A, B and C", "A, B or C" where they are `or`, and "A, B, C" where they are a `list`.
 */
export type Value =
  | string
  | number
  | Mark
  | Phrase
  | readonly Value[]
  | { or: readonly Value[] }
  | { list: readonly Value[] };

/** A sentence that is not said yet: plain JSON, which may be stored; whoever reads it hears it in their own language. */
export type Phrase = { key: MessageKey; values: Readonly<Record<string, Value>> };
