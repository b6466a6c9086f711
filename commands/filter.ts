import { editedMessage, editModal, testMessage } from '#src/render/filter-page.ts';
import { askerOf } from './asker.ts';
import type { Command, Component } from './command.ts';
import { MODERATORS } from './where.ts';

export const filter = {
  data: {
    name: 'filter',
    description: 'Try a filter, or change one',
    ...MODERATORS,
    options: [
      {
        type: 1,
        name: 'test',
        description: 'What a filter would have found in the last 30 days, or why it takes a paper or not',
        options: [
          {
            type: 3,
            name: 'filter',
            description: 'a filter, or pick one of this server’s subscriptions',
            required: true,
            max_length: 1000,
            autocomplete: true,
          },
          {
            type: 3,
            name: 'paper',
            description: 'one paper: arXiv id, link or words of the title',
            max_length: 300,
            autocomplete: true,
          },
        ],
      },
      {
        type: 1,
        name: 'edit',
        description: 'Change the filter of a subscription; the old one stays when the new one is bad',
        options: [
          {
            type: 3,
            name: 'subscription',
            description: 'which one',
            required: true,
            max_length: 100,
            autocomplete: true,
          },
        ],
      },
    ],
  },
  async answer(request, { testFilter, openFilter }) {
    if (request.subcommand === 'edit') {
      return editModal(await openFilter({ ...askerOf(request), id: request.text('subscription') }));
    }
    const test = await testFilter({
      ...askerOf(request),
      filter: request.text('filter'),
      paper: request.text('paper'),
    });
    return testMessage(test);
  },
  complete(request, { proposeTitles, proposeSubscriptions }) {
    const text = request.focused?.value ?? '';
    if (request.focused?.name === 'paper') return proposeTitles(text);
    return proposeSubscriptions({ ...askerOf(request), text, asFilter: request.focused?.name === 'filter' });
  },
} satisfies Command;

/** `correct:<key>`: a saved filter as it was probably meant, in the place of the answer that offered it. */
export const correct = {
  prefix: 'correct',
  updates: true,
  answer: async (request, { correctFilter }) =>
    editedMessage(await correctFilter({ ...askerOf(request), key: request.args[0] ?? '' })),
} satisfies Component;

/** `try:<key>`: the same for one that is only tried. */
export const tryCorrected = {
  prefix: 'try',
  updates: true,
  answer: async (request, { testCorrected }) =>
    testMessage(await testCorrected({ ...askerOf(request), key: request.args[0] ?? '' })),
} satisfies Component;

/** `filter-edit:<subscription id>:<mark of the filter that stood in the form>`: the modal comes back with the new text. */
export const filterEdit = {
  prefix: 'filter-edit',
  async answer(request, { editFilter }) {
    const [id, shown = null] = request.args;
    return editedMessage(
      await editFilter({ ...askerOf(request), id, shown, filter: request.text('filter') }),
    );
  },
} satisfies Component;
