import { type Client, Events, type Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '#src/sandbox/sandbox.ts';
import { connect } from '#test/sandbox/some-server.ts';

/** A bot of discord.js with one command of each kind; `answer` is what it does with whatever it is asked. */
export async function someBot(
  sandbox: Sandbox,
  answer: (interaction: Interaction) => unknown,
): Promise<Client<true>> {
  const client = await connect(sandbox);
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const text = { type: 3, description: 'Words to look for' } as const;
  await client.application.commands.set([
    {
      name: 'look',
      description: 'Looks for papers',
      options: [
        { ...text, name: 'words', autocomplete: true, required: true },
        { type: 11, name: 'file', description: 'A list of papers' },
      ],
    },
    { type: 3, name: 'More like this' },
    { type: 2, name: 'Papers of this person' },
  ]);
  return client;
}
