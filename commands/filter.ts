import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { editedMessage, editMovedMessage, testMessage } from '#src/render/filter-page.ts';
import type { Services } from '#src/service/services.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { askerOf } from './asker.ts';
import type { Command, Component, Reply, Request } from './command.ts';
import { orGiveBack } from './give-back.ts';
import { MODERATORS } from './where.ts';

export const filter = {
  data: {
    name: 'filter',
    description: 'command.filter',
    ...MODERATORS,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'test',
        description: 'command.filter.test',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'filter',
            description: 'command.filter.test.filter',
            required: true,
            max_length: 1000,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'paper',
            description: 'command.filter.test.paper',
            max_length: 300,
            autocomplete: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'edit',
        description: 'command.filter.edit',
      },
    ],
  },
  async answer(request, services) {
    // Where it was until 0.1.0: for one version it says where editing is now.
    if (request.subcommand === 'edit') return editMovedMessage();
    const typed = { filter: request.text('filter'), paper: request.text('paper') };
    return testTyped({ form: 'test', ...typed }, request, services);
  },
  async complete(request, { proposeTitles, proposeSubscriptions, proposeQueries }) {
    const { name, value: text } = request.focused;
    if (name === 'paper') return proposeTitles(text, request.now);
    const known = await proposeSubscriptions({ ...askerOf(request), text });
    const taken = new Set(known.map(({ value }) => value));
    const others = await proposeQueries(text, request.now);
    return [...known, ...others.filter(({ value }) => !taken.has(value))];
  },
} satisfies Command;

/** `correct:<key>`: a saved filter as it was probably meant, in the place of the answer that offered it. */
export const correct = {
  prefix: 'correct',
  updates: true,
  answer: async (request, { correctFilter }) =>
    editedMessage(await correctFilter({ ...askerOf(request), key: request.arg(0) })),
} satisfies Component;

/** `try:<key>`: the same for one that is only tried. */
export const tryCorrected = {
  prefix: 'try',
  updates: true,
  answer: async (request, { testCorrected }) =>
    testMessage(await testCorrected({ ...askerOf(request), key: request.arg(0) })),
} satisfies Component;

/** `filter-edit:<subscription id>:<mark of the filter that stood in the form>`: the modal comes back with the new text. */
export const filterEdit = {
  prefix: 'filter-edit',
  updates: true,
  answer: (request, services) => {
    const at = { id: request.arg(0), shown: request.arg(1) || null };
    return editTyped({ form: 'edit', ...at, filter: request.text('filter') }, request, services);
  },
} satisfies Component;

/** A subscription's filter as it was typed in the form. */
export function editTyped(
  typed: Extract<TypedForm, { form: 'edit' }>,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { id, shown, filter } = typed;
  return orGiveBack(typed, request, services, async () =>
    editedMessage(await services.editFilter({ ...askerOf(request), id, shown, filter })),
  );
}

/** The test of a filter that was typed in the command or in the form. */
export function testTyped(
  typed: Extract<TypedForm, { form: 'test' }>,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { filter, paper } = typed;
  return orGiveBack(typed, request, services, async () =>
    testMessage(await services.testFilter({ ...askerOf(request), filter, paper })),
  );
}
