import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { pressSubscribe } from '#src/page/subscribe-by-hand.ts';
import { askBot } from '#src/sandbox/driver/ask.ts';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import { lifeOf } from '#src/sandbox/driver/life.ts';
import type { SeenMessage } from '#src/sandbox/driver/seen-message.ts';
import type { World } from '#src/sandbox/world/world.ts';
import { controlsOf } from '#test/read-message.ts';

// What a moderator does with one subscription: /subscriptions, pick it, press a button of it.

type At = { user: string; channel: string };
/** What can be picked in a list of subscriptions: labels and ids. */
export const pickable = (list: SeenMessage): { label: string; value: string }[] =>
  controlsOf(list).find(({ custom_id = '' }) => custom_id.startsWith('pick:'))?.options ?? [];

/** The one whose id, filter or place it is, standing alone; '' takes the first. */
export async function pickInList(driver: Driver, at: At, what: string): Promise<SeenMessage> {
  let list = await driver.slash({ ...at, name: 'subscriptions' }).message();
  for (;;) {
    const found = pickable(list).find(({ label, value }) => value === what || label.includes(what));
    const page = controlsOf(list).find(({ custom_id = '' }) => custom_id.startsWith('pick:'))?.custom_id;
    if (found && page)
      return driver.choose({ ...at, message: list.id, customId: page, values: [found.value] }).message();
    list = await driver.click({ ...at, message: list.id, label: 'Next' }).message();
  }
}

/** Pauses it until it is resumed, resumes or removes it; resolves with the list after it. */
export async function inList(
  driver: Driver,
  at: At,
  what: string,
  deed: 'Pause' | 'Resume' | 'Remove',
): Promise<SeenMessage> {
  const entry = await pickInList(driver, at, what);
  const pressed = await driver.click({ ...at, message: entry.id, label: deed }).message();
  if (deed !== 'Pause') return pressed;
  const customId = controlsOf(pressed).find(({ custom_id = '' }) =>
    custom_id.startsWith('pause-for:'),
  )?.custom_id;
  return driver.choose({ ...at, message: pressed.id, customId: customId ?? '', values: ['open'] }).message();
}

/** Gives it another filter by Edit, Change and Save; resolves with the last answer. */
export async function editInList(driver: Driver, at: At, what: string, filter: string): Promise<SeenMessage> {
  const entry = await pickInList(driver, at, what);
  const shown = await driver.click({ ...at, message: entry.id, label: 'Edit' }).message();
  const life = driver.click({ ...at, message: shown.id, label: 'Change' });
  await life.modal();
  const sent = await driver.submitModal({ ...at, life, fields: { filter } });
  return pressSubscribe(driver, at, await sent.message());
}

/** Opens the form in which its filter alone is edited: its button stands under an entry that is not as usual. */
export async function formInList(
  { driver, sandbox: { world } }: { driver: Driver; sandbox: { world: World } },
  at: At,
  what: string,
) {
  const entry = JSON.stringify((await pickInList(driver, at, what)).components);
  const customId = `tune:${/"edit:([^"]+)"/.exec(entry)?.[1]}:filter`;
  const [channel, user] = [world.channels.get(at.channel), world.users.get(at.user)];
  if (!channel || !user) throw new Error('There is no such channel or user.');
  const data = { custom_id: customId, component_type: ComponentType.Button };
  const type = InteractionType.MessageComponent;
  return lifeOf(world, askBot(world, { type, name: customId, channel, user, data }), 5_000);
}
