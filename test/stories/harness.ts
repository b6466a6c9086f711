import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Paper } from '#src/paper/paper.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { blocksOf, type Choice, controlsOf } from '#test/read-message.ts';
import { formInList, inList } from './in-list.ts';
import { createNewsstand, retold } from './newsstand.ts';
import { openStage, type StageOptions, saidOf } from './stage.ts';

/** A moderator at a harness: types, presses, reads what is answered, and looks into what is stored. */
export type Harness = Awaited<ReturnType<typeof openHarness>>;
export type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof openStage>>['ask']>>;
/** A paper to be printed: its title and whatever else is to be known of it. */
export type Facts = Partial<Paper> & { title: string; votes?: number };
type Options = Record<string, string | number | boolean>;

export async function openHarness(
  start: string,
  settings: Record<string, string> = {},
  more: Pick<StageOptions, 'zone'> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-desk-'));
  const file = join(folder, 'paperboy.db');
  const stand = createNewsstand();
  const known = new Map<string, Facts>();
  const stage = await openStage({
    ...more,
    start,
    settings: { DATABASE_URL: `sqlite:${file}`, ...settings },
    sources: (clock) =>
      retold(stand.sources(clock), (poll) => ({
        ...poll,
        sightings: poll.sightings.map((sighting) => {
          const { votes: _, ...facts } = known.get(sighting.paper.title) ?? { title: sighting.paper.title };
          return { ...sighting, paper: { ...sighting.paper, ...facts } };
        }),
      })),
  });
  const { driver, channel, moderator: user } = stage;

  const rows = (sql: string): Record<string, unknown>[] => {
    const db = openBeside(file, { readOnly: true });
    const read = db.prepare(sql).all();
    db.close();
    return read;
  };
  const documents = (like: string) =>
    rows(`SELECT value FROM keyv WHERE key LIKE '${like}' ORDER BY key`).map(
      ({ value }) => JSON.parse(String(value)).value,
    );

  return {
    ...stage,
    stand,
    /** Papers appear now, and the sources are read. Returns their ids. */
    async print(...papers: readonly Facts[]): Promise<string[]> {
      for (const facts of papers) known.set(facts.title, facts);
      const ids = stand.print(...papers.map(({ title }) => title));
      for (const [index, { votes }] of papers.entries()) if (votes) stand.vote(ids[index], votes);
      await stage.round();
      return ids;
    },
    said: async (name: string, options: Options = {}, where = channel) =>
      saidOf(await stage.ask(name, options, where)),
    subscribed: async (options: Options, where = channel) => saidOf(await stage.subscribe(options, where)),
    /** Clicks a button of the message by its label. */
    click: (message: string, label: string, where = channel) =>
      driver.click({ user, channel: where, message, label }).message(),
    /** Chooses in a select of the message. */
    choose: (message: string, customId: string, value: string, where = channel) =>
      driver.choose({ user, channel: where, message, customId, values: [value] }).message(),
    /** Picks a subscription in a list of them; the one that stands alone then. */
    pick: (message: Answer, id: string) =>
      driver
        .choose({ user, channel, message: message.id, customId: pickIn(message), values: [id] })
        .message(),
    /** What is offered while somebody types in an option: names and values. */
    async offered(name: string, focused: string, text: string) {
      const options = { [focused]: text };
      return driver.autocomplete({ user, channel, name, options, focused }).choices();
    },
    /** Opens the form in which a filter is edited. */
    form: (subscription: string) => formInList(stage, { user, channel }, subscription),
    remove: (subscription: string) => inList(driver, { user, channel }, subscription, 'Remove'),
    pause: (subscription: string) => inList(driver, { user, channel }, subscription, 'Pause'),
    resume: (subscription: string) => inList(driver, { user, channel }, subscription, 'Resume'),
    /** Sends that form off. */
    submit: async (life: { id: string }, filter: string) =>
      saidOf(await (await driver.submitModal({ user, channel, life, fields: { filter } })).message()),
    /** Every subscription as it is stored. */
    stored: (): Subscription[] =>
      documents('subscriptions:%').flatMap(({ subscriptions = [] }) => subscriptions),
    /** The settings of servers as they are stored. */
    settings: (): string[] => documents('%:settings').map(({ settings }) => JSON.stringify(settings)),
    /** A document of the server is there, and cannot be read. */
    spoil(name: 'settings' | 'mutes') {
      const db = openBeside(file);
      const key = `subscriptions:${stage.server}:${name}`;
      db.prepare('INSERT OR REPLACE INTO keyv (key, value) VALUES (?, ?)').run(
        key,
        '{"value":{"version":9}}',
      );
      db.close();
    },
    /** What was done in the server, the oldest first. */
    history: (): string[] => rows('SELECT what FROM change ORDER BY id').map(({ what }) => String(what)),
    async close() {
      await stage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Instants as a minute, `2026-03-10 12:00`: how many seconds a story took to come there is the machine's. */
export const inUtc = (text: string): string =>
  text.replace(/<t:(\d+):\w>/g, (_, seconds) =>
    new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' '),
  );

/** The title of a message's only embed or container. */
export const titleOf = (message: Answer): string => blocksOf(message)[0]?.title ?? '';

/** The colour at its edge. */
export const colourOf = (message: Answer): number | undefined => blocksOf(message)[0]?.colour;

/** The small line at its end. */
export const footerOf = (message: Answer): string => blocksOf(message)[0]?.footer ?? '';

/** Its text, line by line. */
export const linesOf = (message: Answer): string[] => (blocksOf(message)[0]?.text ?? '').split('\n');

/** The select of a list of subscriptions in which one is picked. */
export const pickIn = (message: Answer): string =>
  controlsOf(message).find(({ custom_id = '' }) => custom_id.startsWith('pick:'))?.custom_id ?? '';

/** Labels of the buttons that can be pressed. */
export const buttonsOf = (message: Answer): string[] =>
  controlsOf(message).flatMap(({ label, disabled }) => (label !== undefined && !disabled ? [label] : []));

/** What the select offers. */
export const choicesOf = (message: Answer, customId: string): Choice[] =>
  controlsOf(message).find(({ custom_id }) => custom_id === customId)?.options ?? [];

/** Where its link buttons lead. */
export const linksOf = (message: Answer): string[] => controlsOf(message).flatMap(({ url }) => url ?? []);
