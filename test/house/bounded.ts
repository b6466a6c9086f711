/** Lines that keep at most so many by hand: what drops the oldest, or everything, once there are too many. */
export function boundsByHand(text: string): string[] {
  const byHand = /^.*(?:const \[\w+\] = [\w.#]+\.keys\(\)|\boldest of |\.keys\(\)\.next\(\)).*$/gm;
  const bySize =
    /^.*\.size >=? (?!0\b)[\w.]+(?: &&[^)]*)?\)\s*\{?\s*[^\n]*(?:\.clear|\.delete|forget\w*)\(.*$/gim;
  return [...text.matchAll(byHand), ...text.matchAll(bySize)].map(([found]) => found.trim());
}

/** What lives as long as the process, begins empty, and is there to be filled. */
export function filledForLife(text: string): string[] {
  const empty =
    /^(?:export )?(?:const|let) (?!\w+: [Rr]eadonly).*= (?:new (?:Weak)?(?:Map|Set)\b.*\(\)|\[\]);$/gm;
  return [...text.matchAll(empty)].map(([found]) => found);
}
