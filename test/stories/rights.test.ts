import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands, components } from '#commands/index.ts';
import { idIn, type Lab, openLab, refusals } from './lab.ts';

let lab: Lab;
let posted: Awaited<ReturnType<Lab['publish']>>;
beforeAll(async () => {
  lab = await openLab();
  posted = await lab.publish('Ocean one');
  await lab.clearAway();
});
afterEach(() => lab.clearAway());
afterAll(() => lab.close());

/** Everybody's commands, and what they are asked: they tell of papers, and nothing of a server. */
const ASKED_BY_ALL: Readonly<Record<string, () => Record<string, string>>> = {
  paper: () => ({ query: posted.paper }),
  search: () => ({ query: 'ocean' }),
  trending: () => ({}),
  why: () => ({ paper: posted.paper }),
  status: () => ({}),
  'privacy show': () => ({}),
  help: () => ({}),
};

const tooOld = /^That list is too old to turn its pages\. Ask again with the command\.\n$/;
/** Everybody's components: what of them is pressed or chosen, and what that answers. */
const PRESSED_BY_ALL: Readonly<Record<string, () => { id: string; chosen?: string[]; answer: RegExp }>> = {
  open: () => ({ id: 'open', chosen: [posted.paper], answer: /Ocean one/ }),
  abstract: () => ({ id: `abstract:${posted.paper}`, answer: /Ocean one/ }),
  'ask-again': () => ({ id: `ask-again:${posted.paper}`, answer: /Ocean one/ }),
  // Of no channel of theirs.
  'why-in': () => ({ id: `why-in:${lab.secret}::${posted.paper}`, answer: /^You cannot see that channel, / }),
  cancel: () => ({ id: 'cancel', answer: /Nothing was saved/ }),
  help: () => ({ id: 'help', chosen: ['trouble'], answer: /Nothing came, or the wrong paper/ }),
  privacy: () => ({ id: 'privacy:keep', answer: /^Nothing was deleted\.\n$/ }),
  'privacy, show': () => ({ id: 'privacy:show:me', answer: /What Paperboy stores about you/ }),
  found: () => ({ id: 'found:0:none', answer: tooOld }),
  'trending-page': () => ({ id: 'trending-page:0:none', answer: tooOld }),
  'trending-period': () => ({ id: 'trending-period:none', chosen: ['week'], answer: tooOld }),
};

/** A moderators' component: its command, how it is pressed on a subscription or post, what it answers then. */
type Kept = {
  command: string;
  press(user: string, channel: string, on: On): Promise<string>;
  /** Makes the message that it stands on; returns its custom id. */
  prepare?(subscription: string, where: string): Promise<string>;
  answer: RegExp;
  /** What one hears who presses on something of another server. */
  elsewhere?: string;
};
type On = { subscription: string; post: string; id: string };
/** Something to press on, in everybody's channel or another. */
const on = async (kept: Kept, channel = lab.open, post = posted.openPost): Promise<On> => {
  const subscription = await lab.subscribe(channel);
  return { subscription, post, id: (await kept.prepare?.(subscription, channel)) ?? '' };
};

const refusedOrder = async (_: string, channel: string): Promise<string> =>
  idIn((await lab.order(lab.mod, channel, { keywords: 'waves OR (', channel })).message, 'change:');

const previewed = async (_: string, channel: string): Promise<string> => {
  const options = { keywords: 'waves OR water', channel };
  return idIn(await lab.type(lab.mod, channel, 'subscribe', options), 'subscribe:');
};
const fronted = async (_: string, channel: string): Promise<string> =>
  idIn(await lab.type(lab.mod, channel, 'subscribe', { channel }), 'topic:');
/** The preview of what is saved, by its Change. */
const edited = (subscription: string): Promise<string> => lab.idBehind('change:', `edit:${subscription}`);

/** One for newly trending papers, which has a sensitivity. */
const trendingOne = async (_: string, channel: string): Promise<string> =>
  (
    await lab.order(lab.mod, channel, {
      keywords: 'tides',
      what: 'newly trending',
      sensitivity: 'balanced',
      channel,
    })
  ).id;

const oceanOne = async (_: string, channel: string): Promise<string> =>
  (await lab.order(lab.mod, channel, { keywords: 'ocean', channel })).id;

let freshPapers = 1;

const KEPT: Readonly<Record<string, Kept>> = {
  subscriptions: {
    command: 'subscriptions',
    press: (user, channel) => lab.press(user, channel, 'subscriptions:0'),
    answer: /\d subscriptions?\n/,
  },
  history: {
    command: 'subscriptions',
    press: (user, channel) => lab.press(user, channel, 'history:0'),
    answer: /\d changes?\n/,
  },
  'history, of a channel': {
    command: 'subscriptions',
    press: (user, channel) => lab.press(user, channel, 'history:of', [channel]),
    answer: /Of <#\d+> alone\./,
  },
  'take-back': {
    command: 'subscriptions',
    prepare: async () => lab.newestChange(),
    press: (user, channel, { id }) => lab.press(user, channel, 'take-back:0', [id]),
    answer: /^\nUndone( already)?\n/,
    elsewhere: refusals.changeGone,
  },
  unsubscribe: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, 'unsubscribe', [subscription]),
    answer: /\d subscriptions?\n|is subscribed\. Begin/,
    elsewhere: refusals.gone,
  },
  pick: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, 'pick:0', [subscription]),
    answer: /^\n<#\d+> `waves`\nevery new paper/,
    elsewhere: refusals.gone,
  },
  remove: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `remove:${subscription}:0`),
    answer: /^Removed\. `waves` posts nothing in <#\d+> any more\./,
    elsewhere: refusals.gone,
  },
  'pause, which asks for how long': {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `pause:${subscription}:0`),
    answer: /How long is `waves` in <#\d+> to be paused\?/,
    elsewhere: refusals.gone,
  },
  'pause-for': {
    command: 'subscriptions',
    press: (user, channel, { subscription }) =>
      lab.press(user, channel, `pause-for:${subscription}:0`, ['day']),
    answer: /⏸ paused by a moderator until <t:/,
    elsewhere: refusals.gone,
  },
  'pause-until': {
    command: 'subscriptions',
    press: (user, channel, { subscription }) =>
      lab.fillIn(user, channel, `pause-until:${subscription}:0`, '2026-12-31', 'until'),
    answer: /⏸ paused by a moderator until <t:/,
    elsewhere: refusals.gone,
  },
  resume: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `resume:${subscription}:0`),
    answer: /^Resumed\. `waves` posts in <#\d+> what comes from now on\./,
    elsewhere: refusals.gone,
  },
  copy: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `copy:${subscription}:0`),
    answer: /Where is `waves` of <#\d+> to be copied to\?/,
    elsewhere: refusals.gone,
  },
  'copy-to': {
    command: 'subscriptions',
    press: (user, channel, { subscription }) =>
      lab.pressInto(user, channel, `copy-to:${subscription}:0`, lab.side),
    answer: /^Copied\. `waves` posts in <#\d+> what comes from now on\./,
    elsewhere: refusals.gone,
  },
  'unsubscribe, as Undo': {
    command: 'subscribe',
    press: (user, channel, { subscription }) => lab.press(user, channel, `unsubscribe:${subscription}`),
    answer: /Taken back\nThe subscription is removed again\. `\/subscriptions` shows the others\./,
    elsewhere: refusals.gone,
  },
  pause: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, 'pause', [subscription]),
    answer: /⏸ paused by a moderator/,
    elsewhere: refusals.gone,
  },
  unusual: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, 'unusual', [subscription]),
    answer: /^\n<#\d+> `waves`\nevery new paper/,
    elsewhere: refusals.gone,
  },
  tune: {
    command: 'subscriptions',
    prepare: trendingOne,
    press: (user, channel, { id }) => lab.press(user, channel, `tune:${id}:wider`),
    answer: /^\nNot saved yet\n/,
    elsewhere: refusals.gone,
  },
  'tune, for its filter': {
    command: 'filter',
    press: (user, channel, { subscription }) => lab.press(user, channel, `tune:${subscription}:filter`),
    answer: /"value":"waves"/,
    elsewhere: refusals.gone,
  },
  tuned: {
    command: 'subscriptions',
    prepare: trendingOne,
    press: (user, channel, { id }) => lab.press(user, channel, `tuned:${id}:balanced:early`),
    answer: /^\nSaved( already)?\n/,
    elsewhere: refusals.gone,
  },
  fine: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `fine:${subscription}`),
    answer: /^`waves` in <#\d+> is as usual again, so nothing was changed\.\n/,
    elsewhere: refusals.gone,
  },
  'filter-edit': {
    command: 'filter',
    press: (user, channel, { subscription }) =>
      lab.fillIn(user, channel, `filter-edit:${subscription}`, 'changed'),
    answer: /Filter changed/,
    elsewhere: refusals.gone,
  },
  undo: {
    command: 'subscriptions',
    prepare: (subscription) => lab.idBehind('undo:', 'pause', [subscription]),
    press: (user, channel, { id }) => lab.press(user, channel, id.replace(':list', '')),
    answer: /^\nUndone( already)?\n/,
    elsewhere: refusals.gone,
  },
  correct: {
    command: 'subscribe',
    prepare: async (_, channel) =>
      idIn((await lab.order(lab.mod, channel, { keywords: 'oceon' })).message, 'correct:'),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Filter changed/,
    elsewhere: refusals.gone,
  },
  try: {
    command: 'filter',
    prepare: async () => idIn(await lab.type(lab.mod, lab.open, 'filter test', { filter: 'oceon' }), 'try:'),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Would have found: /,
  },
  import: {
    command: 'filter',
    press: (user, channel) => lab.press(user, channel, 'import'),
    answer: /^There is no file in the form\. /,
  },
  'import-now': {
    command: 'filter',
    press: (user, channel) => lab.press(user, channel, 'import-now:none'),
    answer: /^That preview is too old\. /,
  },
  'import-undo': {
    command: 'filter',
    press: (user, channel) => lab.press(user, channel, 'import-undo:none'),
    answer: /^That cannot be undone any more: /,
  },
  change: {
    command: 'subscribe',
    prepare: refusedOrder,
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /"value":"waves OR \("/,
    elsewhere: refusals.formGone,
  },
  begin: {
    command: 'subscribe',
    press: (user, channel) => lab.press(user, channel, 'begin'),
    answer: /Which channel should have papers\?/,
  },
  'begin-in': {
    command: 'subscribe',
    press: (user, channel) => lab.pressInto(user, channel, 'begin-in', channel),
    answer: /What should <#\d+>/,
  },
  topic: {
    command: 'subscribe',
    prepare: fronted,
    press: (user, channel, { id }) => lab.press(user, channel, id, ['robotics']),
    answer: /Not saved yet.*topic:robotics/s,
    elsewhere: refusals.formGone,
  },
  zone: {
    command: 'subscribe',
    prepare: async (_, channel) => (await previewed(_, channel)).replace('subscribe:', 'zone:'),
    press: (user, channel, { id }) => lab.press(user, channel, id, ['Europe/Paris']),
    answer: /Not saved yet/,
    elsewhere: refusals.formGone,
  },
  like: {
    command: 'subscribe',
    prepare: async (_, channel) => (await fronted(_, channel)).replace('topic:', 'like:'),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Name two papers at least/,
    elsewhere: refusals.formGone,
  },
  preview: {
    command: 'subscribe',
    prepare: async (_, channel) => (await previewed(_, channel)).replace('subscribe:', 'preview:'),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Not saved yet/,
    elsewhere: refusals.formGone,
  },
  sensitivity: {
    command: 'subscribe',
    prepare: async (_, channel) => (await previewed(_, channel)).replace('subscribe:', 'sensitivity:'),
    press: (user, channel, { id }) => lab.press(user, channel, id, ['early']),
    answer: /Not saved yet.*\nOptions: early\n/s,
    elsewhere: refusals.formGone,
  },
  subscribe: {
    command: 'subscribe',
    prepare: previewed,
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Subscribed|^This preview is somebody else’s/,
    elsewhere: refusals.formGone,
  },
  example: {
    command: 'subscribe',
    prepare: oceanOne,
    press: (user, channel, { id }) => lab.press(user, channel, `example:${id}`),
    answer: /^\nExample\n\*\*(Posted|It is) in <#\d+>:\*\* \[Ocean/,
    elsewhere: refusals.gone,
  },
  'delete-example': {
    command: 'subscribe',
    prepare: async (_, channel) => lab.idBehind('delete-example:', `example:${await oceanOne(_, channel)}`),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /^\nDeleted( already)?\n/,
    elsewhere: refusals.forgotten,
  },
  edit: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, `edit:${subscription}`),
    answer: /, as it is saved\n/,
    elsewhere: refusals.gone,
  },
  'change, of what is saved': {
    command: 'subscriptions',
    prepare: (subscription) => edited(subscription),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /"value":"waves"/,
    elsewhere: refusals.formGone,
  },
  'typed, of what is saved': {
    command: 'subscriptions',
    prepare: async (subscription) => (await edited(subscription)).replace('change:', 'typed:'),
    press: (user, channel, { id }) => lab.fillIn(user, channel, id, 'waves OR water'),
    answer: /Not saved yet/,
    elsewhere: refusals.formGone,
  },
  'subscribe, of what is saved': {
    command: 'subscriptions',
    prepare: async (subscription) => (await edited(subscription)).replace('change:', 'subscribe:'),
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /Saved already|^This preview is somebody else’s/,
    elsewhere: refusals.formGone,
  },
  typed: {
    command: 'subscribe',
    prepare: async (_, channel) => (await refusedOrder(_, channel)).replace('change:', 'typed:'),
    press: (user, channel, { id }) => lab.fillIn(user, channel, id, 'waves OR water'),
    answer: /Not saved yet/,
    elsewhere: refusals.formGone,
  },
  mend: {
    command: 'subscriptions',
    prepare: async (_, channel) => {
      const { paper, openPost, secretPost } = await lab.publish(`Ocean number ${freshPapers++}`, channel);
      return lab.idBehind('mend:', `wrong:${channel === lab.open ? openPost : secretPost}:${paper}`);
    },
    press: (user, channel, { id }) => lab.press(user, channel, id),
    answer: /^\nSaved( already)?\n/,
    elsewhere: refusals.changesGone,
  },
  doctor: {
    command: 'doctor',
    press: (user, channel) => lab.press(user, channel, 'doctor:look::0'),
    answer: /Notices to moderators go to /,
  },
  'doctor, of a channel': {
    command: 'doctor',
    press: (user, channel) => lab.press(user, channel, 'doctor:channel', [channel]),
    answer: /<#\d+>[\s\S]*Notices to moderators go to /,
  },
  doubt: {
    command: 'subscriptions',
    press: (user, channel, { post }) => lab.press(user, channel, `doubt:${post}:again`),
    answer: /^It is in <#\d+>: https:\S+ Nothing was changed\.\n$/,
    elsewhere: refusals.forgotten,
  },
};

/** Buttons of posts, for whoever sees the post's channel. */
const OF_POSTS: Readonly<Record<string, (user: string, channel: string, post: string) => Promise<string>>> = {
  why: (user, channel, post) => lab.press(user, channel, `why:${post}`),
  wrong: (user, channel, post) => lab.press(user, channel, `wrong:${post}:${posted.paper}`),
  more: (user, channel, post) => lab.press(user, channel, `more:${post}:0`),
};

/** Components for whoever may use their command and manages the server. */
const OF_SERVERS: Readonly<Record<string, (user: string, channel: string) => Promise<string>>> = {
  'server-settings, notices': (user, channel) =>
    lab.pressInto(user, channel, 'server-settings:notices', lab.open),
  'server-settings, pick-notices': (user, channel) =>
    lab.press(user, channel, 'server-settings:pick-notices'),
  'server-settings, undo-notices': (user, channel) =>
    lab.press(user, channel, 'server-settings:undo-notices::'),
  'server-settings': (user, channel) => lab.press(user, channel, 'server-settings'),
  'server-settings, same-paper': (user, channel) =>
    lab.press(user, channel, 'server-settings:same-paper', ['line']),
  'server-settings, undo': (user, channel) => lab.press(user, channel, 'server-settings:undo:line:line'),
};

/** The same for /filter. */
const OF_SERVERS_BY_FILTER: Readonly<Record<string, (user: string, channel: string) => Promise<string>>> = {
  mute: (user, channel) => lab.press(user, channel, 'mute:none'),
};

describe.each(Object.entries(OF_SERVERS_BY_FILTER))('what %s does', (_, press) => {
  it('is done for who manages the server, and for nobody else', async () => {
    const keeper = lab.driver.addMember(lab.server, {
      ...{ name: 'Kay', permissions: ['ViewChannel', 'SendMessages', 'ManageChannels', 'ManageGuild'] },
    }).id;
    expect(await press(keeper, lab.open)).toMatch(/^That cannot be undone any more/);
    for (const user of [lab.mod, lab.curator])
      expect(await press(user, lab.open)).toMatch(/^Settings of the whole server are for members with/);
    expect(await press(lab.member, lab.open)).toBe(refusals.notFor('filter'));
  });
});

describe.each(Object.entries(OF_SERVERS))('what %s does', (_, press) => {
  it('is done for who manages the server, and for nobody else', async () => {
    const keeper = lab.driver.addMember(lab.server, {
      ...{ name: 'Kim', permissions: ['ViewChannel', 'SendMessages', 'ManageChannels', 'ManageGuild'] },
    }).id;
    expect(await press(keeper, lab.open)).toMatch(/several channels want/);
    for (const user of [lab.mod, lab.curator])
      expect(await press(user, lab.open)).toMatch(/^Settings of the whole server are for members with/);
    expect(await press(lab.member, lab.open)).toBe(refusals.notFor('subscriptions'));
  });
});

describe.each([
  ['its select', (user: string) => lab.pressInto(user, lab.open, 'doctor:notices::0', lab.open)],
  ['Let Paperboy pick', (user: string) => lab.press(user, lab.open, 'doctor:pick::0')],
  ['its Undo', (user: string) => lab.press(user, lab.open, 'doctor:undo::')],
])('where notices go, by %s of /doctor', (_, press) => {
  it('is changed by who manages the server, and by nobody else', async () => {
    const keeper = lab.driver.addMember(lab.server, {
      ...{ name: 'Kim', permissions: ['ViewChannel', 'SendMessages', 'ManageChannels', 'ManageGuild'] },
    }).id;
    expect(await press(keeper)).toMatch(/^(Saved|Undone)\.\n/);
    for (const user of [lab.mod, lab.curator])
      expect(await press(user)).toMatch(/^Settings of the whole server are for members with/);
    expect(await press(lab.member)).toBe(refusals.notFor('doctor'));
  });
});

describe('what is stored of a server', () => {
  it('is shown to, given to and deleted by its administrators alone', async () => {
    const id = await lab.subscribe(lab.open);
    for (const user of [lab.mod, lab.curator, lab.member]) {
      for (const step of ['ask', 'export'])
        expect(await lab.press(user, lab.open, `privacy:${step}:server`)).toMatch(/Administrator permission/);
      const typed = await lab.fillIn(user, lab.open, 'privacy:delete:server', 'delete', 'word');
      expect(typed).toMatch(/Administrator permission/);
    }
    expect(await lab.listed(lab.mod, lab.open)).toEqual([id]);
  });
});

describe('the commands and components of this file', () => {
  it('are all that there are: a new one has a test of who may press it', () => {
    const tested = [
      ...[...Object.keys(KEPT), ...Object.keys(OF_POSTS), ...Object.keys(PRESSED_BY_ALL)],
      ...[...Object.keys(OF_SERVERS), ...Object.keys(OF_SERVERS_BY_FILTER)],
    ];
    const prefixes = new Set(tested.map((name) => name.split(',')[0]));
    expect([...prefixes].toSorted()).toEqual(components.map(({ prefix }) => prefix).toSorted());
    const moderators = commands.filter(({ data }) => 'default_member_permissions' in data);
    expect(moderators.map(({ data }) => data.name)).toEqual([
      'subscribe',
      'subscriptions',
      'filter',
      'doctor',
    ]);
    const others = commands.filter((command) => !moderators.includes(command));
    expect(others.map(({ data }) => data.name).toSorted()).toEqual(
      Object.keys(ASKED_BY_ALL)
        .map((name) => name.split(' ')[0])
        .toSorted(),
    );
  });
});

describe('a moderators’ command', () => {
  const use: Readonly<Record<string, (user: string, channel?: string) => Promise<string>>> = {
    subscribe: async (user, channel = lab.open) => (await lab.order(user, channel, {})).text,
    subscriptions: (user, channel = lab.open) => lab.said(user, channel, 'subscriptions'),
    doctor: (user, channel = lab.open) => lab.said(user, channel, 'doctor'),
    'filter edit': (user, channel = lab.open) => lab.said(user, channel, 'filter edit'),
    'filter test': (user, channel = lab.open) => lab.said(user, channel, 'filter test', { filter: 'ocean' }),
    'filter mute': (user, channel = lab.open) => lab.said(user, channel, 'filter mute', { text: 'ocean' }),
    'filter unmute': (user, channel = lab.open) =>
      lab.said(user, channel, 'filter unmute', { text: 'ocean' }),
    'filter export': (user, channel = lab.open) => lab.said(user, channel, 'filter export'),
    'filter import': async (user, channel = lab.open) =>
      JSON.stringify(await lab.driver.slash({ user, channel, name: 'filter import', options: {} }).modal()),
  };

  it.each(Object.keys(use))('/%s is for whom Discord lets use it, and for nobody else', async (name) => {
    for (const user of [lab.mod, lab.curator, lab.blind])
      expect(await use[name](user)).not.toContain('Only members');
    expect(await use[name](lab.cornerer, lab.corner)).not.toContain('Only members');
    for (const user of [lab.member, lab.cornerer])
      await expect(use[name](user)).rejects.toThrow('may not use the command');
  });
});

describe.each(Object.entries(KEPT))('what %s does', (name, kept) => {
  it('is done for a moderator, and for whom the Integrations page lets use its command', async () => {
    for (const user of [lab.mod, lab.curator, lab.blind]) {
      expect(await kept.press(user, lab.open, await on(kept))).toMatch(kept.answer);
      await lab.clearAway();
    }
  });

  it('is not done for other members', async () => {
    const it = await on(kept);
    for (const user of [lab.member, lab.cornerer])
      expect(await kept.press(user, lab.open, it)).toBe(refusals.notFor(kept.command));
    if (name !== 'doubt') expect(await kept.press(lab.mod, lab.open, it)).toMatch(kept.answer);
  });

  it('is not done for a moderator whom the Integrations page shuts out, there or anywhere', async () => {
    const { driver, server } = lab;
    const id = await driver.untilCommand(kept.command);
    const it = await on(kept);
    const allChannels = String(BigInt(server) - 1n);
    for (const denied of [
      { id: lab.mod, type: ApplicationCommandPermissionType.User, permission: false },
      { id: lab.open, type: ApplicationCommandPermissionType.Channel, permission: false },
      { id: allChannels, type: ApplicationCommandPermissionType.Channel, permission: false },
      { id: server, type: ApplicationCommandPermissionType.Role, permission: false },
    ] as const) {
      driver.setCommandPermissions(server, id, [denied]);
      expect(await kept.press(lab.mod, lab.open, it)).toBe(refusals.notFor(kept.command));
    }
    lab.letIn(id);
    driver.setCommandPermissions(server, null, [
      { id: lab.mod, type: ApplicationCommandPermissionType.User, permission: false },
    ]);
    expect(await kept.press(lab.mod, lab.open, it)).toBe(refusals.notFor(kept.command));
    expect(await kept.press(lab.curator, lab.open, it)).toMatch(kept.answer);
    driver.setCommandPermissions(server, null, []);
  });
});

describe.each(Object.entries(KEPT).filter(([, { elsewhere }]) => elsewhere))('what %s does', (_, kept) => {
  it('is not done to what is another server’s', async () => {
    expect(await kept.press(lab.stranger, lab.elsewhere, await on(kept))).toBe(kept.elsewhere);
  });

  it('is not done in a channel that the presser cannot see', async () => {
    const it = await on(kept, lab.secret, posted.secretPost);
    for (const user of [lab.blind, lab.curator])
      expect(await kept.press(user, lab.open, it)).toBe(refusals.hidden);
    expect(await kept.press(lab.mod, lab.open, it)).toMatch(kept.answer);
  });

  it('is not done by who manages the channel of the button only', async () => {
    expect(await kept.press(lab.cornerer, lab.corner, await on(kept))).toBe(refusals.notManaged(lab.open));
  });

  it('is not done by who cannot write in the channel', async () => {
    const it = await on(kept);
    lab.driver.setOverwrite(lab.open, { id: lab.curators, deny: ['SendMessages'] });
    expect(await kept.press(lab.curator, lab.corner, it)).toBe(refusals.notWritten(lab.open));
    lab.driver.setOverwrite(lab.open, { id: lab.curators });
    expect(await kept.press(lab.curator, lab.corner, it)).toMatch(kept.answer);
  });
});

describe('Subscribe under a preview', () => {
  it('is for whoever asked for it, and saves nothing for others', async () => {
    const id = await previewed('', lab.open);
    expect(await lab.press(lab.curator, lab.open, id)).toBe(
      'This preview is somebody else’s, so only they can subscribe with it. Use `/subscribe` yourself.\n',
    );
    expect(await lab.said(lab.mod, lab.open, 'subscriptions')).not.toContain('waves OR water');
    expect(await lab.press(lab.mod, lab.open, id)).toMatch(/Subscribed/);
    expect(await lab.said(lab.mod, lab.open, 'subscriptions')).toContain('waves OR water');
  });
});

describe.each(Object.entries(OF_POSTS))('the button %s of a post', (_, pressed) => {
  it('answers whoever sees the channel', async () => {
    for (const user of [lab.mod, lab.member, lab.curator, lab.blind])
      expect(await pressed(user, lab.open, posted.openPost)).toMatch(/Ocean one|^Noted/);
    expect(await pressed(lab.mod, lab.secret, posted.secretPost)).toContain('Ocean one');
  });

  it('tells nobody else what was posted there', async () => {
    for (const user of [lab.member, lab.curator, lab.blind])
      expect(await pressed(user, lab.open, posted.secretPost)).toBe(refusals.hiddenPost);
    expect(await pressed(lab.stranger, lab.elsewhere, posted.openPost)).toBe(refusals.forgotten);
  });
});

describe('what is proposed of subscriptions', () => {
  const names = async (user: string, text = '') => {
    const asked = {
      user,
      channel: lab.open,
      name: 'filter test',
      focused: 'filter',
      options: { filter: text },
    };
    return (await lab.driver.autocomplete(asked).choices()).map((choice) => choice.name);
  };

  it('names the channel first, is found by it, and no two are called the same', async () => {
    await lab.order(lab.mod, lab.open, { keywords: 'waves' });
    await lab.order(lab.mod, lab.corner, {
      keywords: 'waves',
      channel: lab.corner,
      what: 'trending',
      when: 'daily',
    });
    expect((await names(lab.mod)).slice(0, 2).toSorted()).toEqual([
      '#corner · waves · daily 09:00',
      '#open · waves · all new, as it happens',
    ]);
    for (const text of ['corner', '#corner', 'WAVES #cor', 'daily waves'])
      expect((await names(lab.mod, text))[0]).toBe('#corner · waves · daily 09:00');
    for (const end of ['a', 'b'])
      await lab.order(lab.mod, lab.open, { keywords: `${'wa '.repeat(30)}${end}` });
    const cut = (await names(lab.mod, 'wa wa')).filter((name) => name.includes('wa wa wa'));
    expect(new Set(cut).size).toBe(2);
    for (const name of cut) expect(name.length).toBeLessThanOrEqual(100);
  });

  it('tells nothing of channels that the asker cannot see', async () => {
    await lab.order(lab.mod, lab.secret, { keywords: 'waves', channel: lab.secret });
    expect(await names(lab.mod, 'secret')).toContain('#secret · waves · all new, as it happens');
    for (const user of [lab.blind, lab.curator])
      for (const text of ['secret', '']) expect((await names(user, text)).join()).not.toMatch(/waves|#/);
  });
});

describe('a page that is gone', () => {
  it('of the list of subscriptions is its last, or its first', async () => {
    await lab.subscribe(lab.open);
    for (const page of ['999', '-1', 'NaN', 'x', '', '1e9', '0.5'])
      expect(await lab.press(lab.mod, lab.open, `subscriptions:${page}`)).toMatch(/1 subscription\n/);
    expect(await lab.press(lab.mod, lab.open, 'subscriptions')).toMatch(/1 subscription\n/);
  });

  it('of how long to pause, a choice that is none any more is asked again, and nothing is paused', async () => {
    const id = await lab.subscribe(lab.open);
    for (const choice of ['fortnight', '', '0'])
      expect(await lab.press(lab.mod, lab.open, `pause-for:${id}:0`, [choice])).toContain('to be paused?');
    expect(await lab.press(lab.mod, lab.open, 'subscriptions:0')).not.toContain('⏸');
  });

  it('of the history is its last', async () => {
    for (const page of ['history:999', 'history:-1', 'history:x'])
      expect(await lab.press(lab.mod, lab.open, page)).toMatch(/subscribed <#\d+> to `/);
  });

  it('of the subscriptions is the nearest that there is', async () => {
    await lab.subscribe(lab.open);
    for (const page of ['999', '-1', 'x', '', '1e308', 'Infinity'])
      expect(await lab.press(lab.mod, lab.open, `subscriptions:${page}`)).toMatch(/1 subscription\n/);
    expect(await lab.press(lab.mod, lab.open, 'subscriptions')).toMatch(/1 subscription\n/);
  });

  it('of search results or trending papers is the nearest that there is', async () => {
    const { components } = await lab.type(lab.member, lab.open, 'search', { query: 'ocen' });
    const [, found] = /"found:0:([\w-]{16})"/.exec(JSON.stringify(components)) ?? [];
    for (const page of ['999', '-1', 'x', '', '0.5', '1e308', '9007199254740993'])
      expect(await lab.press(lab.member, lab.open, `found:${page}:${found}`)).toContain('Ocean one');
    for (const press of ['found', 'found:0', 'found:0:', 'trending-page', 'trending-page:1:constructor'])
      expect(await lab.press(lab.member, lab.open, press)).toBe(
        'That list is too old to turn its pages. Ask again with the command.\n',
      );
  });

  it('and whatever else no button of today says, is answered with a sentence, not as a fault', async () => {
    const args = [
      '',
      ':',
      ':x',
      ':constructor:__proto__',
      ':1e308:-1',
      `:${posted.openPost}`,
      ':0:none:again',
    ];
    for (const { prefix } of components)
      for (const values of [undefined, [], ['x'], ['constructor'], ['resume:x'], ['2603.99999']])
        for (const end of args) {
          const pressed = () => lab.press(lab.mod, lab.open, `${prefix}${end}`, values);
          expect([prefix, end, values, await pressed()].join(' | ')).not.toContain('Something went wrong');
        }
  });

  it('of a digest is its last', async () => {
    for (const page of ['7', '-1', 'x'])
      expect(await lab.press(lab.member, lab.open, `more:${posted.openPost}:${page}`)).toContain('Ocean one');
  });
});

describe('what tells of papers alone', () => {
  it.each(Object.entries(ASKED_BY_ALL))('/%s answers anybody, in any server', async (name, options) => {
    const { id } = await lab.type(lab.member, lab.open, name, options());
    expect(id).not.toBe('');
    expect(await lab.said(lab.stranger, lab.elsewhere, name, options())).not.toContain('Only members');
  });

  it.each(Object.entries(PRESSED_BY_ALL))('%s is there for anybody, in any server', async (_, pressed) => {
    const { id, chosen, answer } = pressed();
    expect(await lab.press(lab.member, lab.open, id, chosen)).toMatch(answer);
    expect(await lab.press(lab.stranger, lab.elsewhere, id, chosen)).toMatch(answer);
  });
});
