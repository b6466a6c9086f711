import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Paper } from '#src/paper/paper.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { createNewsstand, retold } from './newsstand.ts';
import { openStage, saidOf } from './stage.ts';

/** A moderator at a harness: types, presses, reads what is answered, and looks into what is stored. */
export type Harness = Awaited<ReturnType<typeof openHarness>>;
export type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof openStage>>['ask']>>;
/** A paper to be printed: its title and whatever else is to be known of it. */
export type Facts = Partial<Paper> & { title: string; votes?: number };
type Options = Record<string, string | number | boolean>;
type Button = { label?: string; custom_id?: string; disabled?: boolean; url?: string };
type Choice = { label: string; value: string; description?: string };

export async function openHarness(start: string, settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-desk-'));
  const file = join(folder, 'paperboy.db');
  const stand = createNewsstand();
  const known = new Map<string, Facts>();
  const stage = await openStage({
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
    /** What is offered while somebody types in an option: names and values. */
    async offered(name: string, focused: string, text: string) {
      const options = { [focused]: text };
      return driver.autocomplete({ user, channel, name, options, focused }).choices();
    },
    /** Opens the form in which a filter is edited. */
    form: (subscription: string) =>
      driver.slash({ user, channel, name: 'filter edit', options: { subscription } }),
    /** Sends that form off. */
    submit: async (life: { id: string }, filter: string) =>
      saidOf(await (await driver.submitModal({ user, channel, life, fields: { filter } })).message()),
    /** Every subscription as it is stored. */
    stored: (): Subscription[] =>
      documents('subscriptions:%').flatMap(({ subscriptions = [] }) => subscriptions),
    /** What was done in the server, the oldest first. */
    history: (): string[] =>
      documents('%:history').flatMap(({ entries }) => entries.map(({ what }: { what: string }) => what)),
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

/** The text of a message's only embed, line by line. */
export const linesOf = ({ embeds: [embed] }: Answer): string[] => (embed?.description ?? '').split('\n');

const partsOf = ({ components = [] }: Answer): (Button & { options?: Choice[] })[] =>
  (components as { components?: Button[] }[]).flatMap((row) => row.components ?? []);

/** Labels of the buttons that can be pressed. */
export const buttonsOf = (message: Answer): string[] =>
  partsOf(message).flatMap(({ label, disabled }) => (label !== undefined && !disabled ? [label] : []));

/** What the select offers. */
export const choicesOf = (message: Answer, customId: string): Choice[] =>
  partsOf(message).find(({ custom_id }) => custom_id === customId)?.options ?? [];

/** Where its link buttons lead. */
export const linksOf = (message: Answer): string[] => partsOf(message).flatMap(({ url }) => url ?? []);
