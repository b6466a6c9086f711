import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { servePages } from '#src/foundation/http-server.ts';
import type { Answer, PageQuestion, SceneTime, Task, Told, Viewer } from '#src/page/protocol.ts';
import type { Happened } from '#src/page/serve/page-scene.ts';
import { createPageServer } from '#src/page/serve/page-server.ts';
import type { SandboxOptions } from '#src/sandbox/sandbox.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { someServer } from '#test/sandbox/some-server.ts';

type Asked = PageQuestion extends infer One ? (One extends PageQuestion ? Omit<One, 'as'> : never) : never;

/** A sandbox with a server, alice (who looks) and bob, and its page at a real address; everything ends with the test. */
export async function somePage(options: SandboxOptions = {}) {
  const some = await someServer(options);
  const { sandbox, alice, bob } = some;
  const log = createKeptLog();
  const stage = someStage();
  const people: Viewer[] = [
    { id: alice, name: 'alice', isBot: false, role: 'member' },
    { id: bob, name: 'bob', isBot: false, role: 'moderator' },
  ];
  const { driver, world } = sandbox;
  const page = createPageServer({ sceneId: 'first', driver, world, people, log, ...stage.scene });
  const healthz = () => ({ status: 200, type: 'text/plain', text: 'well' });
  const address = { host: '127.0.0.1', port: 0 };
  const served = await servePages(address, { '/healthz': healthz }, log, [], page.answer);
  const origin = `http://127.0.0.1:${served.port}`;
  const close = async () => {
    page.close();
    await served.close();
    await sandbox.close();
  };
  onTestFinished(close);

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${origin}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const ask = async (question: Asked, as = alice): Promise<Answer> =>
    (await (await post({ as, ...question })).json()) as Answer;
  return { ...some, ...stage, people, log, origin, port: served.port, page, post, ask };
}

/** What a scene has besides the sandbox, in the hands of a test. */
function someStage() {
  const state: SceneTime = {
    ...{ now: 1000, speed: 60, nextPollAt: 2000, nextDigestAt: null },
    ...{ endsAt: 9000, isOver: false, goingTo: null },
  };
  const done: string[] = [];
  const tasks: Task[] = [{ id: 'look', text: 'Look around', command: null, isDone: false }];
  const recent: Happened[] = [];
  const noticed: PageQuestion[] = [];
  const [timeHears, taskHears, happeningHears] = [
    new Set<() => void>(),
    new Set<() => void>(),
    new Set<(one: Happened) => void>(),
  ];
  const add =
    <Listener>(set: Set<Listener>) =>
    (listener: Listener) => {
      set.add(listener);
      return () => set.delete(listener);
    };
  const tell = (set: ReadonlySet<() => void>) => {
    for (const listener of set) listener();
  };
  const setSpeed = (speed: number) => {
    state.speed = speed;
    tell(timeHears);
  };
  return {
    state,
    done,
    noticed,
    listeners: () => timeHears.size + taskHears.size + happeningHears.size,
    finishTask: () => {
      tasks[0] = { ...tasks[0], isDone: true };
      tell(taskHears);
    },
    happens: (happened: Happened) => {
      recent.push(happened);
      for (const listener of happeningHears) listener(happened);
    },
    scene: {
      time: {
        state: () => ({ ...state }),
        setSpeed,
        toNextPoll: () => void done.push('next poll'),
        toNextDigest: () => void done.push('next digest'),
        onChange: add(timeHears),
      },
      tasks: {
        list: () => [...tasks],
        noticed: (one: PageQuestion) => noticed.push(one),
        onChange: add(taskHears),
      },
      happenings: { recent: () => [...recent], listen: add(happeningHears) },
      again: () => void done.push('again'),
    },
  };
}

/** What the page is told, as it comes. `until` resolves with the first event that fits, of those too that came before. */
export async function follow(origin: string, as?: string) {
  const leave = new AbortController();
  const response = await fetch(`${origin}/live${as === undefined ? '' : `?as=${as}`}`, {
    signal: leave.signal,
  });
  onTestFinished(() => leave.abort());
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  let comments = 0;
  const ended = read(response, (event) => {
    if (event === null) comments++;
    else told.push(event);
    for (const look of waiting) look();
  }).catch(() => {});
  const until = <Kind extends Told['told']>(
    kind: Kind,
    fits: (one: Extract<Told, { told: Kind }>) => boolean = () => true,
  ): Promise<Extract<Told, { told: Kind }>> =>
    new Promise((resolve) => {
      const look = () => {
        const found = told.find(
          (one): one is Extract<Told, { told: Kind }> => one.told === kind && fits(one as never),
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { response, told, until, ended, comments: () => comments, leave: () => leave.abort() };
}

/** `heard` is given null for a word that says nothing. */
async function read({ body }: Response, heard: (event: Told | null) => void): Promise<void> {
  if (!body) return;
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) heard(event.startsWith('data: ') ? JSON.parse(event.slice(6)) : null);
  }
}

/** A request exactly as it is written here: fetch would tidy its path and its headers. */
export function rawly(
  port: number,
  asked: { path: string; method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const { path, method = 'GET', headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asking.on('error', reject).end(body);
  });
}
