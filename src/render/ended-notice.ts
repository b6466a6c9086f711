import { channel, code, lines, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

const NAMED = 8;

/** Subscriptions whose last day is over: `hidden` of them in channels that not everybody sees who reads it. */
export function endedNotice(
  shown: readonly { channelId: string; filter: string; until?: { day: string } }[],
  hidden: number,
): Phrase {
  const more = shown.length - NAMED;
  return lines(
    phrase('subscriptions.ended', { n: shown.length + hidden }),
    ...shown.slice(0, NAMED).map(({ channelId, filter, until }) =>
      phrase('subscriptions.endedOne', {
        ...{ channel: channel(channelId), filter: code(filter, 80), day: until?.day ?? '' },
      }),
    ),
    ...(more > 0 ? [phrase('unusual.toldMore', { n: more })] : []),
    ...(hidden > 0 ? [phrase('unusual.toldHidden', { n: hidden })] : []),
    phrase('subscriptions.endedNext'),
  );
}
