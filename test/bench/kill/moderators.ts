import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import { editInList, inList, pickInList } from '#test/stories/in-list.ts';
import { WORDS } from './paper-press.ts';
import type { Home, Town } from './town.ts';

/** People who change their subscriptions, by commands and buttons, while the bot runs and dies. */
export type Moderators = {
  /** How often what was asked. */
  readonly counts: Record<string, number>;
  /** One of them does one thing; resolves when it is answered, or when nobody answers. */
  act(): Promise<void>;
};

/** `random`: 0 to 1. */
export function createModerators(driver: Driver, town: Town, random: () => number): Moderators {
  const counts: Record<string, number> = {};
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const words = () => [oneOf(WORDS), oneOf(WORDS)].filter((word, at, all) => all.indexOf(word) === at);

  const edit = async (home: Home): Promise<void> => {
    const filter = [home.words, ...words()].join(' OR ');
    home.wishes.mayBe([filter]);
    await editInList(driver, harnessOf(town, home.server), home.subscriptions[0], filter);
  };

  const press = async (home: Home, deed: 'Pause' | 'Resume' | 'Remove'): Promise<void> => {
    home.wishes.mayBe([]);
    home.wishes.mayBe(home.filters);
    await inList(driver, harnessOf(town, home.server), home.subscriptions[0], deed);
  };

  /** Pauses what runs and resumes what is paused. */
  const turn = async (home: Home): Promise<void> => {
    const entry = await pickInList(driver, harnessOf(town, home.server), home.subscriptions[0]);
    const isPaused = JSON.stringify(entry.components).includes('"resume:');
    await press(home, isPaused ? 'Resume' : 'Pause');
  };

  const subscribe = async (home: Home): Promise<void> => {
    const keywords = home.words;
    home.wishes.mayBe([keywords]);
    const options = { keywords, channel: home.channel, what: 'all', cap: 100 };
    const at = harnessOf(town, home.server);
    const { id, components } = await subscribeByHand(driver, { ...at, options });
    const customId = /"custom_id":"(example:[^"]+)"/.exec(JSON.stringify(components))?.[1];
    if (customId === undefined) return;
    counts['example asked for'] = (counts['example asked for'] ?? 0) + 1;
    await driver.click({ ...at, message: id, customId }).message();
  };

  const move = async (home: Home): Promise<void> => {
    await subscribe(town.move(home));
  };

  const act = (home: Home): [what: string, done: Promise<void>] => {
    if (home.subscriptions.length === 0) return ['subscribed', subscribe(home)];
    if (home.habit === 'edits') return ['filter edited', edit(home)];
    if (home.habit === 'pauses') return ['paused or resumed', turn(home)];
    if (home.habit === 'removes') return ['removed', press(home, 'Remove')];
    return ['channel deleted, another subscribed', move(home)];
  };

  return {
    counts,
    async act() {
      const home = oneOf(town.homes.filter(({ habit, isGone }) => habit !== null && !isGone));
      try {
        const [what, done] = act(home);
        counts[what] = (counts[what] ?? 0) + 1;
        await done;
      } catch {
        // The bot died over it, or may not be asked here: what became of it is looked up in its database.
      }
    },
  };
}

function harnessOf(town: Town, id: string): { user: string; channel: string } {
  const server = town.servers.find((one) => one.id === id);
  if (!server) throw new Error(`The town has no server ${id}.`);
  return { user: server.owner, channel: server.harness };
}
