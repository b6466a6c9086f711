import type { Paper, Signals } from '#src/paper/paper.ts';
import type { AlsoIn } from '#src/render/also-in.ts';
import type { DigestView } from '#src/render/digest.ts';
import type { CatchUpFacts } from '#src/render/digest-heading.ts';
import type { Reason } from '#src/render/reason.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';

/** What a post says, as values: who carries it chooses the form. */
export type Letter = CardLetter | DigestLetter | CatchUpLetter | NoticeLetter;

/** One paper. */
export type CardLetter = {
  kind: 'card';
  /** The paper's id. */
  id: string;
  /** Null when the paper is not kept any more: then its address alone is told. */
  shown: { paper: Paper; signals: Signals; page: string } | null;
  why?: Reason;
  /** It stands there in full: here it is a line. */
  elsewhere?: AlsoIn;
  /** The filters that match, as their moderators wrote them. */
  matched?: readonly string[];
  /** A moderator asked to see how it will be. */
  isExample?: true;
  /** By this a post is recognised when its place is read back. */
  mark: string;
};

/** Several papers; `page` is the one that is shown. */
export type DigestLetter = { kind: 'digest'; view: DigestView };

/** What a channel missed. */
export type CatchUpLetter = { kind: 'catch-up'; view: DigestView; facts: CatchUpFacts };

/** Words to moderators; as they were written by an earlier version, where they are text. `about`: the nonce of a post in doubt that they are asked about. */
export type NoticeLetter = { kind: 'notice'; text: KeptPhrase; mark: string; about: string | null };

/** What can be written anew in place. */
export type Renewable = CardLetter | NoticeLetter;
