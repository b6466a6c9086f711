import type { Unusual } from '#src/decision/unusual.ts';
import { channel, code, lines, phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';

const DAY = 86_400_000;
/** From here on one paper more or less says nothing. */
const ABOUT_FROM = 10;
const NAMED = 8;

/** "quiet for 15 days; 4 or 5 papers were usual". */
export function tellUnusual({ kind, since, at, posts, usual }: Unusual): Phrase {
  const days = Math.max(1, Math.round((at - since) / DAY));
  if (kind === 'quiet') return phrase('unusual.quiet', { days, usual: tellUsual(usual) });
  return phrase('unusual.loud', { days, posts, usual: tellUsual(usual) });
}

/** Two whole numbers where it lies between them. */
function tellUsual(usual: number): Phrase {
  if (usual >= ABOUT_FROM) return phrase('unusual.aboutUsual', { n: Math.round(usual) });
  const least = Math.floor(usual + 0.05);
  const most = Math.ceil(usual - 0.05);
  if (least < 1) return phrase('unusual.noneUsual');
  return least >= most
    ? phrase('unusual.manyUsual', { n: most })
    : phrase('unusual.someUsual', { least, most });
}

/** What moderators are told, of all that a server has: `hidden` of them in channels that not everybody sees who reads it. */
export function unusualNotice(
  shown: readonly { channelId: string; filter: string; unusual: Unusual }[],
  hidden: number,
): Phrase {
  const more = shown.length - NAMED;
  return lines(
    phrase('unusual.told', { n: shown.length + hidden }),
    ...shown.slice(0, NAMED).map(({ channelId, filter, unusual }) =>
      phrase('unusual.toldOne', {
        ...{ channel: channel(channelId), filter: code(filter, 80), unusual: tellUnusual(unusual) },
      }),
    ),
    ...(more > 0 ? [phrase('unusual.toldMore', { n: more })] : []),
    ...(hidden > 0 ? [phrase('unusual.toldHidden', { n: hidden })] : []),
    phrase('unusual.toldNext'),
  );
}
