import type { Archive } from '#src/archive/archive.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { channel, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { titleById } from './title.ts';

type Deps = {
  happenings: Happenings;
  archive: Pick<Archive, 'paper'>;
  outbox: Pick<Outbox, 'post'>;
};

/** Tells whoever looks on of a post that arrived, with where it is. */
export function tellPosted(deps: Deps, post: Post): Promise<void> {
  return deps.happenings.tell(async () => {
    const sent = await deps.outbox.post(post.id);
    return [{ kind: 'posted', what: await postedWhat(deps, post), link: sent?.message ?? null }];
  });
}

async function postedWhat({ archive }: Deps, { kind, papers, place }: Post): Promise<Phrase> {
  const here = { channel: channel(channelOfDestination(place)) };
  if (kind === 'notice') return phrase('happening.notified', here);
  if (kind === 'card' || kind === 'example') {
    const titled = { ...here, title: await titleById(archive, papers[0]) };
    return kind === 'card' ? phrase('happening.posted', titled) : phrase('happening.postedExample', titled);
  }
  return kind === 'digest'
    ? phrase('happening.postedDigest', { ...here, n: papers.length })
    : phrase('happening.postedMissed', { ...here, n: papers.length });
}
