import type { Clock } from '#src/foundation/clock.ts';
import type { Http } from '#src/foundation/http/http.ts';
import type { Manners } from '#src/foundation/http/http-pace.ts';
import type { Log } from '#src/foundation/log.ts';
import { ARXIV_MANNERS } from './arxiv.ts';
import { createArxivApi } from './arxiv-api.ts';
import { volatileCursors } from './arxiv-days.ts';
import { createArxivRss } from './arxiv-rss.ts';
import { createHuggingFace } from './hugging-face.ts';
import { HUGGING_FACE_MANNERS } from './hugging-face-api.ts';
import { createPaceStore } from './pace-store.ts';
import type { ReadBefore } from './read-before.ts';
import type { Cursors, Source } from './source.ts';

export type SourceSettings = {
  /** `https://huggingface.co`; all four without a slash at the end. */
  huggingFaceUrl: string;
  huggingFaceToken: string | null;
  /** `https://export.arxiv.org/api/query` */
  arxivApiUrl: string;
  /** `https://rss.arxiv.org` */
  arxivRssUrl: string;
  arxivCategories: readonly string[];
  /** More of them, which may change from poll to poll. */
  arxivExtra?(): readonly string[];
  /** Milliseconds between two requests to arXiv; only against another server than arXiv's may it be shorter. */
  arxivSpacing?: number;
};

/**
 * Everything that Paperboy reads papers from, the most telling first. A new source is one line here. Without `cursors` it
 * is forgotten at the end of this life which announcements were read, and when a source was asked last; without
 * `readBefore` every start reads all lists.
 */
export function createSources(
  settings: SourceSettings,
  parts: { http: Http; clock: Clock; log: Log; cursors?: Cursors; readBefore?: ReadBefore },
): Source[] {
  const { http, cursors = volatileCursors(), readBefore, ...shared } = parts;
  const open = (manners: Manners) => http.host(manners, createPaceStore(cursors, manners.system));
  const huggingFace = open(HUGGING_FACE_MANNERS);
  const arxiv = open({ ...ARXIV_MANNERS, spacing: settings.arxivSpacing ?? ARXIV_MANNERS.spacing });
  return [
    createHuggingFace({
      ...shared,
      host: huggingFace,
      url: settings.huggingFaceUrl,
      token: settings.huggingFaceToken,
      readBefore,
    }),
    createArxivRss({
      ...shared,
      host: arxiv,
      url: settings.arxivRssUrl,
      apiUrl: settings.arxivApiUrl,
      cursors,
      categories: settings.arxivCategories,
      extra: settings.arxivExtra,
    }),
    createArxivApi({ ...shared, host: arxiv, url: settings.arxivApiUrl }),
  ];
}

/** What servers see of us: name, version and, when the operator gave one, whom to write to. */
export const userAgent = (version: string, contact: string | null): string =>
  contact ? `Paperboy/${version} (${contact})` : `Paperboy/${version}`;
