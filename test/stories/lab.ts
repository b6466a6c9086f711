import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import { subscribeByHand } from '#src/page/subscribe-by-hand.ts';
import { askBot } from '#src/sandbox/driver/ask.ts';
import { lifeOf } from '#src/sandbox/driver/life.ts';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { pickable } from './in-list.ts';
import { createNewsstand, postsIn } from './newsstand.ts';
import { openStage, saidOf, textOf } from './stage.ts';

const HOUR = 3_600_000;
export const EVERYDAY: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'UseApplicationCommands',
];
const COMPONENT = 3;
const MODAL = 5;

/** A server whose people may different things in its channels, and another one. */
export type Lab = Awaited<ReturnType<typeof openLab>>;

export async function openLab() {
  const stand = createNewsstand();
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-lab-'));
  const settings = { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` };
  const stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources, settings });
  const { driver, server, sandbox } = stage;
  const person = (name: string, ...permissions: PermissionName[]) =>
    driver.addMember(server, { name, permissions: [...EVERYDAY, ...permissions] }).id;
  const [open, secret, corner, side] = ['open', 'secret', 'corner', 'side'].map((name) =>
    stage.channelNamed(name),
  );
  const mod = person('Mo', 'ManageChannels');
  const cornerer = person('Cora');
  const aside = driver.createRole(server, { name: 'aside' }).id;
  const curators = driver.createRole(server, { name: 'curators' }).id;
  driver.setOverwrite(corner, { id: cornerer, kind: 'member', allow: ['ManageChannels'] });
  driver.setOverwrite(secret, { id: server, deny: ['ViewChannel'] });
  for (const id of [mod, stage.role])
    driver.setOverwrite(secret, { id, allow: ['ViewChannel', 'SendMessages'] });
  const other = driver.createServer({ name: 'Elsewhere' }).id;
  const elsewhere = driver.createChannel(other, { name: 'elsewhere' }).id;
  driver.inviteBot(other, [...EVERYDAY, 'EmbedLinks']);
  const letIn = (command: string) =>
    driver.setCommandPermissions(server, command, [
      { id: curators, type: ApplicationCommandPermissionType.Role, permission: true },
    ]);
  for (const name of ['subscribe', 'subscriptions', 'filter', 'doctor'])
    letIn(await driver.untilCommand(name));

  /** Subscriptions that a test made, and are to be gone before the next. */
  const made: string[] = [];

  const type = (user: string, channel: string, name: string, options = {}) =>
    driver.slash({ user, channel, name, options }).message();

  const noteMade = (message: { components?: unknown }): string => {
    const id = idIn(message, 'unsubscribe:').slice('unsubscribe:'.length);
    if (id !== '') made.push(id);
    return id;
  };

  /** Orders a subscription; returns what is answered. */
  const order = async (user: string, from: string, options: Record<string, string>) => {
    const wanted = { keywords: 'waves', what: 'all', ...options };
    const message = await subscribeByHand(driver, { user, channel: from, options: wanted });
    return { id: noteMade(message), text: saidOf(message), message };
  };

  /** Presses or fills in something of which only the custom id is known, as nobody's own client would. */
  const send = (kind: number, customId: string, more: object, by: string, channelId: string) => {
    const { world } = sandbox;
    const [channel, user] = [world.channels.get(channelId), world.users.get(by)];
    if (!channel || !user) throw new Error('There is no such channel or user.');
    const data = { custom_id: customId, ...more };
    return lifeOf(world, askBot(world, { type: kind, name: customId, channel, user, data }), 5_000);
  };

  /** What a press answers; that of a select where values are given. */
  const press = async (user: string, channel: string, customId: string, values?: readonly string[]) => {
    const more = values ? { component_type: 3, values } : { component_type: 2 };
    const life = send(COMPONENT, customId, more, user, channel);
    const { kind } = await life.answered();
    if (kind === 'modal') return JSON.stringify(await life.modal());
    const message = await life.message();
    noteMade(message);
    return textOf(message);
  };

  /** What choosing that channel in a select of channels answers. */
  const pressInto = async (user: string, channel: string, customId: string, target: string) => {
    const { type: kind, name } = sandbox.world.channels.get(target) ?? { type: 0, name: '' };
    const resolved = { channels: { [target]: { id: target, type: kind, name } } };
    const more = { component_type: 8, values: [target], resolved };
    const message = await send(COMPONENT, customId, more, user, channel).message();
    made.push(...pickable(message).flatMap(({ label, value }) => (label.includes(`#${name}`) ? value : [])));
    return textOf(message);
  };

  /** The custom id that begins so of what a moderator's press is answered with. */
  const idBehind = async (begins: string, customId: string, values?: readonly string[]) => {
    const more = values ? { component_type: 3, values } : { component_type: 2 };
    return idIn(await send(COMPONENT, customId, more, mod, open).message(), begins);
  };

  const lab = {
    ...stage,
    async close() {
      await stage.close();
      rmSync(folder, { recursive: true });
    },
    /** Everybody's, one that its people alone see, one that `cornerer` manages; and one of another server. */
    ...{ open, secret, corner, side, elsewhere },
    /** Manages all channels and sees them. */
    mod,
    member: person('Mia'),
    /** Manages channels, but does not see the secret one. */
    blind: driver.addMember(server, {
      name: 'Bea',
      roles: [aside],
      permissions: ['ManageChannels', ...EVERYDAY],
    }).id,
    /** A role that `blind` has, and nobody else. */
    aside,
    /** Manages one channel alone. */
    cornerer,
    curators,
    /** Manages nothing, but is let in by the Integrations page. */
    curator: driver.addMember(server, { name: 'Cy', roles: [curators] }).id,
    /** Moderates another server where the bot is too. */
    stranger: driver.addMember(other, { name: 'Stan', permissions: ['ManageChannels', ...EVERYDAY] }).id,
    /** What the Integrations page said of a command at first: it is for curators too. */
    letIn,
    ...{ type, order, press, pressInto, idBehind },
    said: async (...asked: Parameters<typeof type>) => saidOf(await type(...asked)),
    /** Subscribes a channel from within it; returns the subscription's id. */
    subscribe: async (channel: string, user = mod, keywords = 'waves') =>
      (await order(user, channel, { keywords })).id,
    /** What the filter's form answers. */
    async fillIn(user: string, channel: string, customId: string, value: string, name = 'filter') {
      const field = { type: 18, id: 1, component: { type: 4, id: 2, custom_id: name, value } };
      const message = await send(MODAL, customId, { components: [field] }, user, channel).message();
      noteMade(message);
      return saidOf(message);
    },
    async proposed(user: string, channel: string, name: string, focused: string) {
      const life = driver.autocomplete({ user, channel, name, options: { [focused]: '' }, focused });
      return (await life.choices()).map(({ value }) => String(value));
    },
    /** The ids that the list of subscriptions has on its first page. */
    listed: async (user: string, channel: string) =>
      pickable(await type(user, channel, 'subscriptions')).map(({ value }) => value),
    /** The id of what was changed last. */
    newestChange(): string {
      const db = openBeside(join(folder, 'paperboy.db'), { readOnly: true });
      const newest = db.prepare('SELECT max(id) AS id FROM change').get();
      db.close();
      return String(newest?.id);
    },
    async clearAway() {
      for (const id of made.splice(0)) await press(mod, open, 'unsubscribe', [id]);
    },
    /** A paper is posted in the open and the secret channel, or in those; returns its id and the marks of both posts. */
    async publish(title: string, ...channels: string[]) {
      for (const channel of channels.length > 0 ? channels : [open, secret])
        await order(mod, channel, { keywords: title });
      const [paper] = stand.print(title);
      stage.clock.leap(HOUR / 4);
      await stage.round();
      const postOf = (channel: string) =>
        postsIn(stage, channel).findLast(({ message }) => textOf(message).includes(title));
      const markIn = (channel: string) =>
        /"why:([^"]+)"/.exec(JSON.stringify(postOf(channel)?.message.components))?.[1] ?? '';
      return { paper, openPost: markIn(open), secretPost: markIn(secret) };
    },
  };
  return lab;
}

/** The custom id that begins so of a component of the message. */
export function idIn(message: { components?: unknown }, begins: string): string {
  const ids = JSON.stringify(message.components ?? []).matchAll(/"custom_id":"([^"]+)"/g);
  return [...ids].map(([, id]) => id).find((id) => id.startsWith(begins)) ?? '';
}

/** What people hear who may not, word by word. */
export const refusals = {
  notFor: (command: string) =>
    `Only members with the Manage Channels permission, and those whom this server’s Integrations page lets use \`/${command}\`, can do this. Ask a moderator of this server.\n`,
  hidden:
    'This is about a channel that you cannot see, so nothing was changed. Ask somebody who can see it, or pick another channel.\n',
  gone: 'That subscription is no longer there. Use `/subscriptions` to see the current list.\n',
  changeGone:
    'That change is not kept any more, so it cannot be undone. `/subscriptions` shows what is there now.\n',
  formGone: 'That form is too old. Use the command again; what you typed stands in the answer.\n',
  changesGone:
    'Those changes are too old: they are kept for 30 days. Press Why here? under the post, then Not for us, for fresh ones.\n',
  forgotten: 'I no longer know anything about this message: its server asked me to forget.\n',
  hiddenPost:
    'You cannot see the channel of this message, so I do not tell what was posted there. Ask a moderator of this server to let you see it.\n',
  notManaged: (channel: string) =>
    `You may not change what is posted in <#${channel}>, because you do not have Manage Channels there. Nothing was changed. Ask somebody who has it, or pick another channel.\n`,
  notWritten: (channel: string) =>
    `You may not change what is posted in <#${channel}>, because you may not write there yourself: Send Messages is missing. Nothing was changed. Ask somebody who may, or pick another channel.\n`,
};
