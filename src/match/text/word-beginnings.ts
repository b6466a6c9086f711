import { wordList } from './word-list.ts';

const BEGINNINGS = wordList(`
after anti auto bi bio co counter cross cyto eco eigen electro endo epi exo extra fore geo grand half hetero homo hyper hypo
inter intra iso macro mega meta micro mid mini mono multi nano neo neuro night non over para past peri photo poly post pre proto
pseudo quasi radio re semi sub super supra tetra trans tri ultra un under uni wild
`);

/** Whether compounds begin with these letters: what follows them is read as a word of its own (`hyper-tori`). */
export function isBeginning(letters: string): boolean {
  return BEGINNINGS.has(letters);
}
