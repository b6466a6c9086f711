import { paperCard } from '#src/render/paper-card.ts';
import { openSelect } from '#src/render/paper-list.ts';
import { wording } from '#src/render/wording.ts';
import type { Command } from './command.ts';
import { EVERYWHERE } from './where.ts';

export const paper = {
  data: {
    name: 'paper',
    description: 'Show one paper',
    ...EVERYWHERE,
    options: [
      {
        type: 3,
        name: 'query',
        description: 'arXiv id, a link (arXiv, Hugging Face, alphaXiv, DOI), or words of the title',
        required: true,
        autocomplete: true,
        max_length: 300,
      },
    ],
  },
  private: false,
  async answer(request, { findPaper }) {
    const query = request.text('query');
    const found = await findPaper(query, request.userId);
    if (found.kind === 'paper') return paperCard(found.view);
    const isNear = found.nearest.length > 0;
    const sentence = isNear ? wording.noSuchPaperButNear(query) : wording.noSuchPaper(query);
    return {
      content: [sentence, ...found.notes].join('\n'),
      ...(isNear ? { components: [openSelect(found.nearest)] } : {}),
      private: true,
    };
  },
  complete: (request, { proposeTitles }) => proposeTitles(request.focused?.value ?? '', request.now),
} satisfies Command;
