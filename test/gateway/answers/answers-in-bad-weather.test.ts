import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command, Component, Reply } from '#commands/command.ts';
import { say } from '#src/render/say.ts';
import { removeMessage } from '#src/sandbox/changes/messages.ts';
import type { Life } from '#src/sandbox/driver/life.ts';
import type { FaultHook, RequestFault, SandboxRequest } from '#src/sandbox/http/faults.ts';
import { UserError } from '#src/wording/user-error.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { contentOf } from '#test/read-message.ts';
import { type BotInSandbox, startBot } from '../bot.ts';

/** What may go wrong with a request. `taken`: Discord carried it out nevertheless. */
const FAULTS = {
  'too late (10062)': { kind: 'status', status: 404, body: { code: 10062, message: 'Unknown interaction' } },
  '503': { kind: 'status', status: 503 },
  '503, taken': { kind: 'status', status: 503, commit: true },
  'bare 404': { kind: 'status', status: 404, body: { code: 0, message: '404: Not Found' } },
  'bare 404, taken': { kind: 'status', status: 404, body: 'not here', commit: true },
  cut: { kind: 'cut-before' },
  'cut, taken': { kind: 'cut-after' },
  silence: { kind: 'hang' },
  'silence, taken': { kind: 'hang', commit: true },
} as const satisfies Record<string, RequestFault>;
type FaultName = keyof typeof FAULTS;
const EVERY_FAULT = Object.keys(FAULTS) as FaultName[];
/** No answer after this one counts: the asker is told nothing. */
const WITHOUT_TOO_LATE = EVERY_FAULT.filter((name) => name !== 'too late (10062)');

const ACKNOWLEDGED: RequestFault = {
  ...{ kind: 'status', status: 400, commit: true },
  body: { code: 40060, message: 'Interaction has already been acknowledged.' },
};

type Which = (request: SandboxRequest) => boolean;
const callback: Which = ({ path }) => path.endsWith('/callback');
const edit: Which = ({ method }) => method === 'PATCH';
const removal: Which = ({ method }) => method === 'DELETE';
const followUp: Which = ({ method, path }) => method === 'POST' && path.startsWith('/webhooks/');

/** The first `times` requests of a kind meet the fault. */
function first(times: number, which: Which, fault: RequestFault): FaultHook {
  let left = times;
  return (request) => (which(request) && left-- > 0 ? fault : null);
}
const always = Number.POSITIVE_INFINITY;

const PROBLEM = 'Give an arXiv id.';
const wrong = (): never => {
  throw new UserError('stored.text', { text: PROBLEM });
};
/** Longer than answers may take without a "thinking ...": that is on its way when it ends. */
const atWork = async (ends: () => Reply): Promise<Reply> => {
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  return ends();
};
const done = () => ({ content: 'done' });
const pageOne = () => ({ content: 'page 1' });
const button = (custom_id: string) => ({
  ...{ type: 1, components: [{ type: 2, style: 2, label: custom_id, custom_id }] },
});
const MODAL = {
  ...{ custom_id: 'form:7', title: 'Filter' },
  components: [{ type: 18, label: 'Words', component: { type: 4, custom_id: 'words', style: 1 } }],
};
const topic = { type: 3, name: 'topic', description: 'command.help.topic' as const, autocomplete: true };

const command = (name: string, more: Partial<Command>): Command => ({
  ...{ data: { name, description: 'command.status' as const }, answer: done },
  ...more,
});
const BUTTONS = ['turn', 'turn-slowly', 'turn-in-vain', 'tell', 'tell-slowly'] as const;
const commands: Command[] = [
  command('quick', {}),
  command('slow', { answer: () => atWork(done) }),
  command('public', { private: false, answer: () => atWork(done) }),
  command('quick-in-vain', { private: false, answer: wrong }),
  command('public-in-vain', { private: false, answer: () => atWork(wrong) }),
  command('secret', { private: false, answer: () => atWork(() => ({ ...done(), private: true })) }),
  command('form', { answer: () => ({ modal: MODAL }) }),
  command('list', {
    private: false,
    answer: () => ({ content: 'page 0', components: BUTTONS.map(button) }),
  }),
  command('propose', {
    data: { name: 'propose', description: 'command.status', options: [topic] },
    complete: () => [{ name: 'llm', value: 'llm' }],
  }),
];
const components: Component[] = [
  { prefix: 'turn', updates: true, answer: pageOne },
  { prefix: 'turn-slowly', updates: true, answer: () => atWork(pageOne) },
  { prefix: 'turn-in-vain', updates: true, answer: () => atWork(wrong) },
  { prefix: 'tell', answer: done },
  { prefix: 'tell-slowly', answer: () => atWork(done) },
  { prefix: 'form', answer: () => atWork(done) },
];

describe.concurrent('in bad weather', () => {
  const log = createKeptLog();
  const hooks = new Map<string, FaultHook>();
  let bot: BotInSandbox;

  beforeAll(async () => {
    // A machine that is busy with other tests shall not make answers come too late.
    bot = await startBot({ commands, components, log, firstAnswerMs: 15_000 });
    const { driver } = bot.discord;
    await driver.untilCommand('propose');
    // Each interaction has its own weather: its token stands in the path of all its requests.
    driver.setFaults((request) => hooks.get(request.path.split('/')[3])?.(request) ?? null);
  });
  afterAll(() => bot.close());
  afterEach(() => {
    const all = JSON.stringify(log.lines);
    for (const { token } of bot.discord.world.interactions.values()) expect(all).not.toContain(token);
  });

  const slash = (channel: string, name: string) =>
    bot.discord.driver.slash({ user: bot.member, channel, name, options: {} });
  const press = async (channel: string, customId: string) => {
    const list = await slash(channel, 'list').message();
    return bot.discord.driver.click({ user: bot.member, channel, message: list.id, customId });
  };
  const words = (user: string, channel: string) =>
    bot.discord.driver.read(user, channel).map((message) => (message.loading ? '…' : contentOf(message)));
  const place = () => bot.discord.driver.createChannel(bot.serverId, { name: 'papers' }).id;
  const spoil = ({ id }: Life, hook: FaultHook) => hooks.set(bot.discord.driver.tokenOf(id), hook);

  type Ask = (channel: string) => Life | Promise<Life>;
  type Read = { asker: string[]; others: string[] };

  /** Asks in a channel of its own and waits until the asker and all others read what is expected, and nothing more. */
  const shows = async (ask: Ask, hook: FaultHook, expected: Read, about = ''): Promise<void> => {
    const channel = place();
    spoil(await ask(channel), hook);
    const check = () => {
      const read = { asker: words(bot.member, channel), others: words(bot.moderator, channel) };
      expect({ about, ...read }).toEqual({ about, ...expected });
    };
    await vi.waitFor(check, { timeout: 28_000, interval: 50 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    check();
  };
  /** The same with each of these faults. */
  const showsWith = async (
    faults: readonly FaultName[],
    ask: Ask,
    which: Which,
    expected: Read,
    times = 1,
  ): Promise<void> => {
    await Promise.all(faults.map((name) => shows(ask, first(times, which, FAULTS[name]), expected, name)));
  };

  describe('a first response that fails does not cost the answer', () => {
    it.each(['quick', 'slow'])('of a %s command, to the asker alone', (name) =>
      showsWith(
        EVERY_FAULT.filter((fault) => name === 'slow' || fault !== 'too late (10062)'),
        (channel) => slash(channel, name),
        callback,
        { asker: ['done'], others: [] },
      ),
    );

    it('of a slow command, to all', () =>
      showsWith(EVERY_FAULT, (channel) => slash(channel, 'public'), callback, {
        ...{ asker: ['done'], others: ['done'] },
      }));

    it.each(['public-in-vain', 'secret', 'quick-in-vain'])('nor give it to all: %s', (name) =>
      showsWith(
        EVERY_FAULT.filter((fault) => name !== 'quick-in-vain' || fault !== 'too late (10062)'),
        (channel) => slash(channel, name),
        callback,
        { asker: [name === 'secret' ? 'done' : PROBLEM], others: [] },
      ),
    );

    it.each(['turn', 'turn-slowly'])('of a button that changes its message: %s', (customId) =>
      showsWith(
        customId === 'turn' ? WITHOUT_TOO_LATE : EVERY_FAULT,
        (channel) => press(channel, customId),
        callback,
        { asker: ['page 1'], others: ['page 1'] },
      ),
    );

    it('nor harm the message when the button has nothing to show', () =>
      showsWith(EVERY_FAULT, (channel) => press(channel, 'turn-in-vain'), callback, {
        ...{ asker: ['page 0', PROBLEM], others: ['page 0'] },
      }));

    it.each(['tell', 'tell-slowly'])('of a button that answers beside its message: %s', (customId) =>
      showsWith(
        customId === 'tell' ? WITHOUT_TOO_LATE : EVERY_FAULT,
        (channel) => press(channel, customId),
        callback,
        { asker: ['page 0', 'done'], others: ['page 0'] },
      ),
    );

    it('also when it fails again and again, as long as Discord takes one', async () => {
      const twice = ['503', '503, taken', 'bare 404', 'cut', 'cut, taken'] as const;
      const told = { asker: ['done'], others: [] };
      await showsWith(twice, (channel) => slash(channel, 'quick'), callback, told, 2);
      await showsWith(twice, (channel) => slash(channel, 'slow'), callback, told, 2);
    });

    it('of a "thinking ..." that Discord says it had already', () =>
      shows((channel) => slash(channel, 'slow'), first(1, callback, ACKNOWLEDGED), {
        ...{ asker: ['done'], others: [] },
      }));

    it('of a form that was filled in', async () => {
      const { driver } = bot.discord;
      const submit = async (channel: string) => {
        const life = slash(channel, 'form');
        return driver.submitModal({ user: bot.member, channel, life, fields: { words: 'x' } });
      };
      await showsWith(EVERY_FAULT, submit, callback, { asker: ['done'], others: [] });
    });

    it('a form is opened, and proposals come', async () => {
      const { driver } = bot.discord;
      const channel = place();
      await Promise.all(
        WITHOUT_TOO_LATE.map(async (name) => {
          const form = slash(channel, 'form');
          spoil(form, first(1, callback, FAULTS[name]));
          expect(await form.modal()).toMatchObject({ title: 'Filter' });
        }),
      );
      const asked = { user: bot.member, channel, name: 'propose', options: { topic: 'l' }, focused: 'topic' };
      for (const name of ['503', '503, taken', 'silence'] as const) {
        const typed = driver.autocomplete(asked);
        spoil(typed, first(1, callback, FAULTS[name]));
        expect(await typed.choices()).toHaveLength(1);
      }
    });
  });

  describe('what comes after the "thinking ..."', () => {
    it('takes its place although the request fails', () =>
      showsWith(WITHOUT_TOO_LATE, (channel) => slash(channel, 'public'), edit, {
        ...{ asker: ['done'], others: ['done'] },
      }));

    it('is told to the asker alone although the "thinking ..." cannot be taken away at first', () =>
      showsWith(EVERY_FAULT, (channel) => slash(channel, 'public-in-vain'), removal, {
        ...{ asker: [PROBLEM], others: [] },
      }));

    it('is told to the asker alone although the "thinking ..." cannot be taken away at all', () =>
      showsWith(
        ['503', 'bare 404', 'cut', 'too late (10062)'],
        (channel) => slash(channel, 'public-in-vain'),
        removal,
        { asker: [say('answer.forAskerAlone'), PROBLEM], others: [say('answer.forAskerAlone')] },
        always,
      ));

    it('says in general that it did not work where the "thinking ..." can neither be taken away nor filled in', () =>
      shows(
        (channel) => slash(channel, 'public-in-vain'),
        first(always, (request) => removal(request) || edit(request), FAULTS['503']),
        { asker: [say('answer.didNotWork')], others: [say('answer.didNotWork')] },
      ));

    it('says in general that it did not work where nothing can be told to the asker alone', () => {
      const [once, all] = [first(1, removal, FAULTS['503']), first(always, followUp, FAULTS['503'])];
      return shows(
        (channel) => slash(channel, 'public-in-vain'),
        (request) => once(request) ?? all(request),
        { asker: [say('answer.didNotWork')], others: [say('answer.didNotWork')] },
      );
    });

    it('is told to the asker alone once more where nobody knows whether it arrived', async () => {
      const ask = (channel: string) => slash(channel, 'public-in-vain');
      await showsWith(['503', 'bare 404', 'cut', 'silence'], ask, followUp, { asker: [PROBLEM], others: [] });
      await showsWith(['503, taken', 'cut, taken'], ask, followUp, { asker: [PROBLEM, PROBLEM], others: [] });
    });

    it('is said anew where a moderator deleted it meanwhile', async () => {
      const channel = place();
      const answer = await slash(channel, 'public').answered();
      const { world } = bot.discord;
      const shown = world.channels.get(channel);
      const thinking = 'messageId' in answer && shown?.messages.get(answer.messageId);
      if (shown && thinking) removeMessage(world, shown, thinking);
      await vi.waitFor(() => expect(words(bot.moderator, channel)).toEqual(['done']), 10_000);
    });
  });

  it('an interaction that is too late is given up with one line in the log', async () => {
    const channel = place();
    const asked = ['quick', 'slow', 'public-in-vain'].map((name) => slash(channel, name));
    for (const life of asked) spoil(life, first(always, callback, FAULTS['too late (10062)']));
    const told = () =>
      log.lines.filter(({ fields }) => 'id' in fields && asked.some(({ id }) => id === fields.id));
    await vi.waitFor(() => expect(told()).toHaveLength(3), 10_000);
    expect(told()).toMatchObject(
      Array(3).fill({ level: 'warn', message: 'An answer did not arrive', fields: { err: { code: 10062 } } }),
    );
    expect(words(bot.member, channel)).toEqual([]);
  });
});
