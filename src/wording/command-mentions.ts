import { AsyncLocalStorage } from 'node:async_hooks';

/** The id that Discord gave a command; null while that is not known. */
type CommandId = (name: string) => string | null;

const current = new AsyncLocalStorage<CommandId>();

/** What is said meanwhile names commands so that a press writes them: whoever knows their ids opens it. */
export const withCommandIds = <T>(idOf: CommandId, work: () => T): T => current.run(idOf, work);

/** A command (`filter test`) as Discord makes a link of it; null where its id is not known. */
export function mentionOf(name: string): string | null {
  const id = current.getStore()?.(name.split(' ')[0]);
  return id ? `</${name}:${id}>` : null;
}

const COMMAND = /`\/([a-z]+(?: [a-z]+)?)`/g;

/**
 * A message whose commands (`/status` between backticks, with nothing typed behind) are placeholders of their own, and their
 * names by those: each medium writes them in its way.
 */
export function commandsApart(message: string): { message: string; commands: ReadonlyMap<string, string> } {
  const commands = new Map<string, string>();
  const apart = message.replaceAll(COMMAND, (_, name: string) => {
    const placeholder = `command_${name.replace(' ', '_')}`;
    commands.set(placeholder, name);
    return `{${placeholder}}`;
  });
  return { message: apart, commands };
}
