import { own } from '#src/foundation/own.ts';

// Where these letters cannot be typed they are spelled out: DIN 5007-2 for German, Danish and Norwegian usage for ø and å.
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  Ø: 'Oe',
  Å: 'Aa',
};

/** The word with its umlauts spelled out, all of them; null when it has none. Composed and decomposed letters are the same. */
export function spellOut(word: string): string | null {
  const composed = word.normalize('NFC');
  const spelled = composed.replace(/[äöüøåÄÖÜØÅ]/g, (letter) => own(SPELLED_OUT, letter) ?? letter);
  return spelled === composed ? null : spelled;
}
