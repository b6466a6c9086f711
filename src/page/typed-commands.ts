import { settled } from '#src/foundation/settled.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { Narrator } from './narrator.ts';
import { showCommands } from './show/commands.ts';
import { showServers } from './show/scene.ts';
import { checkedValue, type Pickable, readTypedCommand } from './typed-command.ts';
import type { TypedLines } from './typed-lines.ts';

type Deps = { driver: Driver; world: World; narrator: Narrator; user: string; channel: string };

const LOCALE = 'en-US';
const HOW = 'Type a command that begins with /, for example /search diffusion, or r to start again.';

/** What is typed at the terminal is asked by one person in one channel, and the answer is printed. */
export function createTypedCommands(deps: Deps): Omit<TypedLines, 'again'> {
  const { narrator } = deps;
  return {
    other: () => narrator.say(HOW),
    async command(line) {
      const done = await settled(() => askTyped(deps, line));
      if (done.status === 'rejected') narrator.say('Paperboy did not respond. Try again.');
    },
  };
}

async function askTyped({ driver, world, narrator, user, channel }: Deps, line: string): Promise<void> {
  const offered = showCommands(driver.offered(user, channel), LOCALE);
  const typed = readTypedCommand(line, offered);
  if (!typed) return narrator.say(`${unknownCommand(offered.map(({ name }) => `/${name}`))}`);
  const { command, texts, left } = typed;
  if (left !== '') return narrator.say(`/${command.name} has no option for “${left}”.`);
  const pickables = pickablesFor(world, user);
  const values = new Map<string, string | number | boolean>();
  for (const [name, text] of texts) {
    const option = command.options.find((one) => one.name === name);
    const checked = option && checkedValue(option, text, pickables);
    if (checked && 'fault' in checked) return narrator.say(`${name}: ${checked.fault}`);
    if (checked) values.set(name, checked.value);
  }
  const missing = command.options.find(({ name, isRequired }) => isRequired && !values.has(name));
  if (missing) return narrator.say(`/${command.name} needs ${missing.name}: ${missing.description}`);
  const life = driver.slash({ user, channel, name: command.name, options: Object.fromEntries(values) });
  const first = await life.answered();
  if (first.kind === 'modal') return narrator.say('This command opens a form: use the page for it.');
  narrator.answeredInFull(await life.message());
}

function pickablesFor(world: World, user: string): Pickable[] {
  return showServers(world, user).flatMap(({ places, roles, members }) => [
    ...places.map(({ id, name, kind }) => ({ id, name, of: 'channel' as const, channelKind: kind })),
    ...roles.map(({ id, name }) => ({ id, name, of: 'role' as const, channelKind: null })),
    ...members.map(({ id, name }) => ({ id, name, of: 'user' as const, channelKind: null })),
  ]);
}

const unknownCommand = (names: readonly string[]): string =>
  `There is no such command. There are ${names.join(', ')}.`;
