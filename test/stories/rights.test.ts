import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands, components } from '#commands/index.ts';
import { type Lab, openLab, refusals } from './lab.ts';
import { textOf } from './stage.ts';

let lab: Lab;
let posted: Awaited<ReturnType<Lab['publish']>>;
beforeAll(async () => {
  lab = await openLab();
  posted = await lab.publish('Ocean one');
  await lab.clearAway();
}, 30_000);
afterEach(() => lab.clearAway());
afterAll(() => lab.close());

/** Everybody's: they tell of papers, and nothing of a server. */
const OPEN_TO_ALL = {
  commands: ['paper', 'search', 'trending', 'status', 'help'],
  components: ['open', 'abstract', 'ask-again', 'found', 'trending-page', 'trending-period'],
};

/** A moderators' component: its command, how it is pressed on a subscription or post, what it answers then. */
type Kept = {
  command: string;
  press(user: string, channel: string, on: On): Promise<string>;
  answer: RegExp;
  /** What one hears who presses on something of another server. */
  elsewhere?: string;
};
type On = { subscription: string; post: string };
const on = async (): Promise<On> => ({ subscription: await lab.subscribe(lab.open), post: posted.openPost });

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
  unsubscribe: {
    command: 'subscriptions',
    press: (user, channel, { subscription }) => lab.press(user, channel, 'unsubscribe', [subscription]),
    answer: /\d subscriptions?\n|is subscribed\. Begin/,
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
    answer: /⏸ paused: a moderator paused it/,
    elsewhere: refusals.gone,
  },
  'filter-edit': {
    command: 'filter',
    press: (user, channel, { subscription }) =>
      lab.fillIn(user, channel, `filter-edit:${subscription}`, 'changed'),
    answer: /Filter changed/,
    elsewhere: refusals.gone,
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
  more: (user, channel, post) => lab.press(user, channel, `more:${post}:0`),
};

describe('the commands and components of this file', () => {
  it('are all that there are: a new one has a test of who may press it', () => {
    const tested = [...Object.keys(KEPT), ...Object.keys(OF_POSTS), ...OPEN_TO_ALL.components];
    const prefixes = new Set(tested.map((name) => name.split(',')[0]));
    expect([...prefixes].toSorted()).toEqual(components.map(({ prefix }) => prefix).toSorted());
    const moderators = commands.filter(({ data }) => 'default_member_permissions' in data);
    expect(moderators.map(({ data }) => data.name)).toEqual(['subscribe', 'subscriptions', 'filter']);
    const others = commands.filter((command) => !moderators.includes(command));
    expect(others.map(({ data }) => data.name).toSorted()).toEqual(OPEN_TO_ALL.commands.toSorted());
  });
});

describe('a moderators’ command', () => {
  const use: Readonly<Record<string, (user: string, channel?: string) => Promise<string>>> = {
    subscribe: async (user, channel = lab.open) => (await lab.order(user, channel, {})).text,
    subscriptions: (user, channel = lab.open) => lab.said(user, channel, 'subscriptions'),
    'filter test': (user, channel = lab.open) => lab.said(user, channel, 'filter test', { filter: 'ocean' }),
  };

  it.each(Object.keys(use))('/%s is for whom Discord lets use it, and for nobody else', async (name) => {
    for (const user of [lab.mod, lab.curator, lab.blind])
      expect(await use[name](user)).not.toContain('Only members');
    expect(await use[name](lab.cornerer, lab.corner)).not.toContain('Only members');
    for (const user of [lab.member, lab.cornerer])
      await expect(use[name](user)).rejects.toThrow('may not use the command');
  });

  it('/filter edit opens and proposes what the asker may change', async () => {
    const id = await lab.subscribe(lab.open);
    for (const user of [lab.mod, lab.curator, lab.blind]) {
      expect(await lab.proposed(user, lab.open, 'filter edit', 'subscription')).toContain(id);
      const life = lab.driver.slash({
        ...{ user, channel: lab.open, name: 'filter edit', options: { subscription: id } },
      });
      expect(await life.modal()).toMatchObject({
        custom_id: expect.stringMatching(new RegExp(`^filter-edit:${id}:`)),
      });
    }
    expect(await lab.said(lab.stranger, lab.elsewhere, 'filter edit', { subscription: id })).toBe(
      refusals.gone,
    );
    expect(await lab.proposed(lab.stranger, lab.elsewhere, 'filter edit', 'subscription')).toEqual([]);
    expect(await lab.said(lab.cornerer, lab.corner, 'filter edit', { subscription: id })).toBe(
      refusals.notManaged(lab.open),
    );
    expect(await lab.proposed(lab.cornerer, lab.corner, 'filter edit', 'subscription')).not.toContain(id);
    const own = await lab.subscribe(lab.corner, lab.cornerer);
    expect(await lab.proposed(lab.cornerer, lab.corner, 'filter edit', 'subscription')).toEqual([own]);
  });
});

describe.each(Object.entries(KEPT))('what %s does', (name, kept) => {
  it('is done for a moderator, and for whom the Integrations page lets use its command', async () => {
    for (const user of [lab.mod, lab.curator, lab.blind]) {
      expect(await kept.press(user, lab.open, await on())).toMatch(kept.answer);
      await lab.clearAway();
    }
  });

  it('is not done for other members', async () => {
    const it = await on();
    for (const user of [lab.member, lab.cornerer])
      expect(await kept.press(user, lab.open, it)).toBe(refusals.notFor(kept.command));
    if (name !== 'doubt') expect(await kept.press(lab.mod, lab.open, it)).toMatch(kept.answer);
  });

  it('is not done for a moderator whom the Integrations page shuts out, there or anywhere', async () => {
    const { driver, server } = lab;
    const id = await driver.untilCommand(kept.command);
    const it = await on();
    const allChannels = String(BigInt(server) - 1n);
    for (const denied of [
      { id: lab.mod, type: 2, permission: false },
      { id: lab.open, type: 3, permission: false },
      { id: allChannels, type: 3, permission: false },
      { id: server, type: 1, permission: false },
    ] as const) {
      driver.setCommandPermissions(server, id, [denied]);
      expect(await kept.press(lab.mod, lab.open, it)).toBe(refusals.notFor(kept.command));
    }
    lab.letIn(id);
    driver.setCommandPermissions(server, null, [{ id: lab.mod, type: 2, permission: false }]);
    expect(await kept.press(lab.mod, lab.open, it)).toBe(refusals.notFor(kept.command));
    expect(await kept.press(lab.curator, lab.open, it)).toMatch(kept.answer);
    driver.setCommandPermissions(server, null, []);
  });
});

describe.each(Object.entries(KEPT).filter(([, { elsewhere }]) => elsewhere))('what %s does', (_, kept) => {
  it('is not done to what is another server’s', async () => {
    expect(await kept.press(lab.stranger, lab.elsewhere, await on())).toBe(kept.elsewhere);
  });

  it('is not done in a channel that the presser cannot see', async () => {
    const subscription = await lab.subscribe(lab.secret);
    const it = { subscription, post: posted.secretPost };
    for (const user of [lab.blind, lab.curator])
      expect(await kept.press(user, lab.open, it)).toBe(refusals.hidden);
    expect(await kept.press(lab.mod, lab.open, it)).toMatch(kept.answer);
  });

  it('is not done by who manages the channel of the button only', async () => {
    expect(await kept.press(lab.cornerer, lab.corner, await on())).toBe(refusals.notManaged(lab.open));
  });

  it('is not done by who cannot write in the channel', async () => {
    const it = await on();
    lab.driver.setOverwrite(lab.open, { id: lab.curators, deny: ['SendMessages'] });
    expect(await kept.press(lab.curator, lab.corner, it)).toBe(refusals.notWritten(lab.open));
    lab.driver.setOverwrite(lab.open, { id: lab.curators });
    expect(await kept.press(lab.curator, lab.corner, it)).toMatch(kept.answer);
  });
});

describe.each(Object.entries(OF_POSTS))('the button %s of a post', (_, pressed) => {
  it('answers whoever sees the channel', async () => {
    for (const user of [lab.mod, lab.member, lab.curator, lab.blind])
      expect(await pressed(user, lab.open, posted.openPost)).toContain('Ocean one');
    expect(await pressed(lab.mod, lab.secret, posted.secretPost)).toContain('Ocean one');
  });

  it('tells nobody else what was posted there', async () => {
    for (const user of [lab.member, lab.curator, lab.blind])
      expect(await pressed(user, lab.open, posted.secretPost)).toBe(refusals.hiddenPost);
    expect(await pressed(lab.stranger, lab.elsewhere, posted.openPost)).toBe(refusals.forgotten);
  });
});

describe('a page that is gone', () => {
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
  it('answers anybody, in any server', async () => {
    const asks: [string, object][] = [
      ['paper', { query: posted.paper }],
      ['search', { query: 'ocean' }],
      ['trending', {}],
      ['status', {}],
      ['help', {}],
    ];
    for (const [name, options] of asks) {
      const { id } = await lab.type(lab.member, lab.open, name, options);
      expect(id).not.toBe('');
      expect(await lab.said(lab.stranger, lab.elsewhere, name, options)).not.toContain('Only members');
    }
  });

  it('opens papers and turns pages for anybody', async () => {
    const search = await lab.type(lab.member, lab.open, 'search', { query: 'ocean' });
    expect(textOf(search)).toContain('Ocean one');
    for (const [user, channel] of [
      [lab.member, lab.open],
      [lab.stranger, lab.elsewhere],
    ]) {
      expect(await lab.press(user, channel, 'open', [posted.paper])).toContain('Ocean one');
      expect(await lab.press(user, channel, `abstract:${posted.paper}`)).toContain('Ocean one');
      expect(await lab.press(user, channel, `ask-again:${posted.paper}`)).toContain('Ocean one');
    }
    const kept: [string, string[]][] = [
      ['found:0:none', []],
      ['trending-page:0:none', []],
      ['trending-period:none', ['week']],
    ];
    for (const [pressed, chosen] of kept)
      expect(await lab.press(lab.stranger, lab.elsewhere, pressed, chosen)).toBe(
        'That list is too old to turn its pages. Ask again with the command.\n',
      );
  });
});
