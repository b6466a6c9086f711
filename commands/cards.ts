import { digestMessage } from '#src/render/digest.ts';
import { paperCard } from '#src/render/paper-card.ts';
import { abstractMessage, whyMessage } from '#src/render/why-page.ts';
import { askerOf } from './asker.ts';
import type { Component } from './command.ts';

/** A select on lists, digests and search results: opens the chosen paper, for the asker alone. */
export const open = {
  prefix: 'open',
  async answer(request, { showPaper }) {
    const [paper = ''] = request.values;
    return paperCard(await showPaper(paper, request.userId));
  },
} satisfies Component;

/** `abstract:<paper id>` */
export const abstract = {
  prefix: 'abstract',
  async answer(request, { showPaper }) {
    return abstractMessage(await showPaper(request.args.join(':'), request.userId));
  },
} satisfies Component;

/** `why:<post id>`: the mark on every post; what was decided, from what, and when it was sent. */
export const why = {
  prefix: 'why',
  async answer(request, { explainPost }) {
    const [nonce = ''] = request.args;
    return whyMessage(await explainPost({ ...askerOf(request), nonce }));
  },
} satisfies Component;

/** `more:<post id>:<page>`: further pages of a digest, for the asker alone. */
export const more = {
  prefix: 'more',
  async answer(request, { openDigest }) {
    const [nonce = '', page] = request.args;
    return digestMessage(await openDigest({ ...askerOf(request), nonce, page: Number(page) }));
  },
} satisfies Component;
