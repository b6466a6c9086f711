import type { APIButtonComponent } from 'discord-api-types/v10';
import type { Paper } from '#src/paper/paper.ts';
import { linkButton } from './parts.ts';
import { sayPlain } from './say.ts';

/** Link buttons of a card. Discord: at most five buttons in a row. */
export function linkButtons(paper: Paper): APIButtonComponent[] {
  const links = [
    ['arXiv', `https://arxiv.org/abs/${paper.id}`],
    ['PDF', `https://arxiv.org/pdf/${paper.id}`],
    ...(paper.repository ? [[sayPlain('button.code'), `https://github.com/${paper.repository}`]] : []),
  ];
  return links.map(([label, url]) => linkButton(label, url));
}
