/** When a subscription's role is mentioned: with papers that would also come at strict, always, with digests, or once an hour. */
export const MENTIONS = ['strict', 'every', 'digests', 'hourly'] as const;
export type MentionRule = (typeof MENTIONS)[number];

/** For so long a channel was pinged just now. */
export const PINGED_MS = 3_600_000;

/** What is known of a post that decides whom it mentions. */
export type MentionFacts = {
  isDigest: boolean;
  /** One of its papers would also come at sensitivity strict. */
  isStrict: boolean;
  /** Another post mentioned somebody in this channel within the last hour. */
  wasPinged: boolean;
};

export function isMentioned(mention: MentionRule, { isDigest, isStrict, wasPinged }: MentionFacts): boolean {
  if (mention === 'strict') return isStrict;
  if (mention === 'digests') return isDigest;
  return mention === 'every' || !wasPinged;
}
