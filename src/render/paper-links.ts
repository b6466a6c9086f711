import type { Paper } from '#src/paper/paper.ts';

/** Where a reader goes first: the Hugging Face page where the paper was seen there, otherwise arXiv. */
export function paperPage(paper: Paper, onHuggingFace: boolean): string {
  return onHuggingFace ? `https://huggingface.co/papers/${paper.id}` : `https://arxiv.org/abs/${paper.id}`;
}

/** Link buttons of a card. Discord: at most five buttons in a row. */
export function linkButtons(paper: Paper): object[] {
  const links = [
    ['arXiv', `https://arxiv.org/abs/${paper.id}`],
    ['PDF', `https://arxiv.org/pdf/${paper.id}`],
    ...(paper.repository ? [['Code', `https://github.com/${paper.repository}`]] : []),
  ];
  return links.map(([label, url]) => ({ type: 2, style: 5, label, url }));
}
