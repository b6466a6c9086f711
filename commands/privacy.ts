import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import {
  askMessage,
  deletedMessage,
  deleteForm,
  isTyped,
  storedFileMessage,
  storedMessage,
} from '#src/render/privacy-page.ts';
import { say } from '#src/render/say.ts';
import type { Services } from '#src/service/services.ts';
import type { PlainKey } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { askerOf } from './asker.ts';
import type { Command, Component, Reply, Request } from './command.ts';
import { EVERYWHERE } from './where.ts';

type About = 'me' | 'server';

const aboutOption = {
  type: ApplicationCommandOptionType.String,
  name: 'about',
  description: 'command.privacy.about',
  choices: [
    { name: 'command.privacy.about.me', value: 'me' },
    { name: 'command.privacy.about.server', value: 'server' },
  ],
} as const;

const part = (name: string, description: PlainKey) => ({
  ...({ type: ApplicationCommandOptionType.Subcommand, options: [aboutOption] } as const),
  ...{ name, description },
});

export const privacy = {
  data: {
    name: 'privacy',
    description: 'command.privacy',
    ...EVERYWHERE,
    options: [
      part('show', 'command.privacy.show'),
      part('export', 'command.privacy.export'),
      part('delete', 'command.privacy.delete'),
    ],
  },
  answer(request, services) {
    const about = aboutOf(request.text('about'));
    if (request.subcommand === 'export') return exported(request, services, about);
    return request.subcommand === 'delete'
      ? asked(request, services, about)
      : shown(request, services, about);
  },
} satisfies Command;

/** What answers beside the message on which it stands. */
const BESIDE: readonly string[] = ['show', 'export'];

/**
 * `privacy:show:<me or server>` and `privacy:export:…`, `privacy:ask:…`, which asks once more, `privacy:delete:…`, which does it (of a
 * server with the word that was typed in the form of `privacy:form:server`), `privacy:keep`, which does not.
 */
export const privacyButton = {
  prefix: 'privacy',
  updates: (request) => !BESIDE.includes(request.arg(0)),
  answer(request, services) {
    const about = aboutOf(request.arg(1));
    const step = request.arg(0);
    if (step === 'export') return exported(request, services, about);
    if (step === 'show') return shown(request, services, about);
    if (step === 'ask') return asked(request, services, about);
    if (step === 'form') return deleteForm();
    if (step === 'delete') return deleted(request, services, about);
    return { content: say('privacy.kept') };
  },
} satisfies Component;

const aboutOf = (text: string): About => (text === 'server' ? 'server' : 'me');

const shown = async (request: Request, { showStored }: Services, about: About): Promise<Reply> =>
  storedMessage(await showStored({ ...askerOf(request), about }));

const asked = async (request: Request, { showStored }: Services, about: About): Promise<Reply> =>
  askMessage(await showStored({ ...askerOf(request), about }));

const exported = async (request: Request, { exportStored }: Services, about: About): Promise<Reply> =>
  storedFileMessage(await exportStored({ ...askerOf(request), about }));

async function deleted(request: Request, { deleteStored }: Services, about: About): Promise<Reply> {
  if (about === 'server' && !isTyped(request.text('word'))) throw new UserError('privacy.notTyped');
  return deletedMessage(await deleteStored({ ...askerOf(request), about }));
}
