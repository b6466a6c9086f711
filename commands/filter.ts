import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { conflictMessage } from '#src/render/conflict-page.ts';
import { exportMessage } from '#src/render/export-page.ts';
import { editedMessage, editMovedMessage, testMessage } from '#src/render/filter-page.ts';
import { importMessage, importModal, importUndoneMessage } from '#src/render/import-page.ts';
import { mutingMessage } from '#src/render/mute-page.ts';
import type { Services } from '#src/service/services.ts';
import type { TypedForm } from '#src/service/typed-forms.ts';
import { UserError } from '#src/wording/user-error.ts';
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
        name: 'mute',
        description: 'command.filter.mute',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'text',
            description: 'command.filter.mute.text',
            required: true,
            max_length: 1000,
            autocomplete: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'unmute',
        description: 'command.filter.unmute',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'text',
            description: 'command.filter.unmute.text',
            required: true,
            max_length: 1000,
            autocomplete: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'export',
        description: 'command.filter.export',
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'import',
        description: 'command.filter.import',
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
    const text = request.text('text');
    if (request.subcommand === 'mute') return muteTyped({ form: 'mute', filter: text }, request, services);
    if (request.subcommand === 'unmute')
      return mutingMessage(await services.unmuteFilter({ ...askerOf(request), text }));
    if (request.subcommand === 'export')
      return exportMessage(await services.exportSettings(askerOf(request)));
    if (request.subcommand === 'import') {
      await services.mayImport(askerOf(request));
      return importModal();
    }
    const typed = { filter: request.text('filter'), paper: request.text('paper') };
    return testTyped({ form: 'test', ...typed }, request, services);
  },
  async complete(request, { proposeTitles, proposeSubscriptions, proposeQueries, proposeMutes }) {
    const { name, value: text } = request.focused;
    if (request.subcommand === 'unmute') return proposeMutes({ ...askerOf(request), text });
    if (request.subcommand === 'mute') return proposeQueries(text, request.now);
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

/** `mute:<key>` takes a mute back, or its removal. */
export const mute = {
  prefix: 'mute',
  updates: true,
  answer: async (request, { undoMuting }) =>
    mutingMessage(await undoMuting({ ...askerOf(request), key: request.arg(0) })),
} satisfies Component;

/** `import`: the form comes back with a file; what it would change is shown. */
export const importFile = {
  prefix: 'import',
  async answer(request, { mayImport, previewImport }) {
    await mayImport(askerOf(request));
    const file = request.file('file');
    if (!file) throw new UserError('import.noFile');
    return importMessage(await previewImport({ ...askerOf(request), botIn: request.botIn, file }));
  },
} satisfies Component;

/** `import-now:<key>` does what a preview showed. */
export const importNow = {
  prefix: 'import-now',
  updates: true,
  answer: async (request, { importSettings }) =>
    importMessage(await importSettings({ ...askerOf(request), botIn: request.botIn, key: request.arg(0) })),
} satisfies Component;

/** `import-undo:<key>` takes an import back. */
export const importUndo = {
  prefix: 'import-undo',
  updates: true,
  async answer(request, { undoImport }) {
    const undone = await undoImport({ ...askerOf(request), key: request.arg(0) });
    return undone.kind === 'conflict' ? conflictMessage(undone, 'import-undo') : importUndoneMessage(undone);
  },
} satisfies Component;

/** What must not come to the server, as it was typed in the command or in the form. */
export function muteTyped(
  typed: Extract<TypedForm, { form: 'mute' }>,
  request: Request,
  services: Services,
): Promise<Reply> {
  return orGiveBack(typed, request, services, async () =>
    mutingMessage(await services.muteFilter({ ...askerOf(request), text: typed.filter })),
  );
}

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
