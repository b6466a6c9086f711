import { digestMessage } from '#src/render/digest.ts';
import { paperCard } from '#src/render/paper-card.ts';
import { abstractMessage } from '#src/render/why-page.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';
import { pageIn } from './page-in.ts';

/** A select on lists, digests and search results: opens the chosen paper, for the asker alone. */
export const open = {
  prefix: 'open',
  async answer(request, { showPaper }) {
    return paperCard(await showPaper(request.value, request.userId));
  },
} satisfies Component;

/** `abstract:<paper id>` */
export const abstract = {
  prefix: 'abstract',
  async answer(request, { showPaper }) {
    return abstractMessage(await showPaper(request.arg(0), request.userId));
  },
} satisfies Component;

/** `more:<post id>:<page>`: further pages of a digest, for the asker alone. */
export const more = {
  prefix: 'more',
  async answer(request, { openDigest }) {
    const at = { nonce: request.arg(0), page: pageIn(request, 1) };
    return digestMessage(await openDigest({ ...askerOf(request), ...at }));
  },
} satisfies Component;
