/**
 * `larvae`, `algae`, `vertebrae`: plurals of -a. Autoencoders end like them (`betavae`, `videomae`, `vqrae`) and so do a
 * few other words (`sundae`): before the letters of those, only the endings of Latin words count.
 */
const PLURAL =
  /(?:[lnteihxz]|(?:cau|chor|cica|rhe|fun)d|[aeiournsl]c|[eu]b|(?:lar|no|gingi|juncti|sali|sil|syl|val|vul|ca|^cla|^u)v|(?:gem|mam|sum|pal|for|ther|lachry|lacri|cy|^ri|inti|stru|squa|isto|drach|^co)m|(?:bur|medu|fos|glos|cau|men|muco|sero|petro|^ur|^an|bris|scis)s|(?:[bdthrou]|[cmptlx]e|pi|oi|pa)r|(?:al|bel|bi|dri|tri|ru|to|pla)g|(?:pu|pal|sal|tal|cul|sco|rico)p|(?:aq|ling|decid|siliq)u)ae$/;

const OTHERS = /(?:ce|bourr|^thr)ae$/;

/** Whether a word in -ae, of more than four letters, is the plural of one in -a. Names of families (-idae, -aceae) stay. */
export function isPluralInAe(word: string): boolean {
  return word.length > 4 && PLURAL.test(word) && !OTHERS.test(word);
}
