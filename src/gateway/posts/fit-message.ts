/**
 * A message that Discord takes: what is longer than its limits is cut where the reader sees it, an ornament that it would
 * refuse (a picture, a link, an empty field) is left out, and the log is told. So nothing optional costs the message.
 */
import { fitComponents } from './fit-components.ts';
import { fitEmbeds } from './fit-embed.ts';
import { type Cuts, fitText } from './fit-text.ts';

type MessageParts = {
  content?: string;
  embeds?: readonly object[];
  components?: readonly object[];
};

const CONTENT = 2000;
/** Of a post; an answer counts all its components together. */
const ROWS = 5;

/** The parts within the limits, everything else as it was, and what was cut; `cut` is empty when all fitted. */
export function fitMessage<P extends MessageParts>(
  parts: P,
  rows = ROWS,
): { parts: P; cut: readonly string[] } {
  const cut: Cuts = [];
  const fitted: P = { ...parts };
  if (parts.content !== undefined) fitted.content = fitText(parts.content, CONTENT, 'content', cut) ?? '';
  if (parts.embeds) fitted.embeds = fitEmbeds(parts.embeds, cut);
  if (parts.components) fitted.components = fitComponents(parts.components, rows, cut);
  return { parts: fitted, cut };
}
