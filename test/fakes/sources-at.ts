import { readConfig } from '#config/config.ts';
import type { Source } from '#src/source/source.ts';
import { createSources, SOURCE_SETTINGS } from '#src/source/sources.ts';

type Parts = Parameters<typeof createSources>[1];

/** The sources, all of them asked at one server of the test's own. `settings`: an operator's, which win. */
export function sourcesAt(url: string, parts: Parts, settings: Record<string, string> = {}): Source[] {
  const addresses = { HUGGING_FACE_URL: url, ARXIV_API_URL: `${url}/api/query`, ARXIV_RSS_URL: url };
  const read = readConfig({ ...addresses, ARXIV_CATEGORIES: 'cs.LG', ...settings }, SOURCE_SETTINGS);
  if (!read.ok) throw new Error(read.message);
  return createSources(read.config, parts);
}
