import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Driver } from './driver/driver.ts';
import type { Life } from './driver/life.ts';
import { type FaultPlan, planFaults } from './http/fault-plan.ts';
import { populate } from './populate.ts';

/*
 * The driver for other processes: `POST /NAME` with a JSON list of arguments, answered by `{"result": ...}` or
 * `{"error": "..."}`. What returns a Life answers `{"life": ID}`; `POST /life.message` with `[ID]` then waits on it.
 * Waiting calls answer when it has happened. Loopback only.
 */
type Control = { url: string; close(): Promise<void> };

type Command = (...given: never[]) => unknown;

/** Serves the driver on a port of its own, so that it is there during an outage too. 0: any free port. */
export async function openControl(driver: Driver, port = 0): Promise<Control> {
  const lives = new Map<string, Life>();
  const commands = commandsOf(driver, lives);
  const server = createServer((request, response) => {
    carryOut(commands, lives, request)
      .then((result) => reply(response, 200, { result }))
      .catch((error: unknown) => reply(response, 400, { error: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function commandsOf(driver: Driver, lives: ReadonlyMap<string, Life>): Map<string, Command> {
  const functions = (of: object, prefix = '') =>
    Object.entries(of).flatMap(([name, one]): [string, Command][] =>
      typeof one === 'function' ? [[prefix + name, one]] : [],
    );
  const lifeOf = (id: string): Life => {
    const life = lives.get(id);
    if (!life) throw new Error(`There is no interaction ${id}.`);
    return life;
  };
  return new Map<string, Command>([
    ...functions(driver),
    ...functions(driver.gateway, 'gateway.'),
    ['populate', (wanted: Parameters<typeof populate>[1]) => populate(driver, wanted)],
    ['setFaultPlan', (plan: FaultPlan | null) => driver.setFaults(plan && planFaults(plan))],
    ['life.answers', (id: string) => lifeOf(id).answers()],
    ['life.answered', (id: string) => lifeOf(id).answered()],
    ['life.message', (id: string) => lifeOf(id).message()],
    ['life.choices', (id: string) => lifeOf(id).choices()],
    ['life.modal', (id: string) => lifeOf(id).modal()],
    ['life.followUp', (id: string, index?: number) => lifeOf(id).followUp(index)],
    ['life.edited', (id: string, times?: number) => lifeOf(id).edited(times)],
  ]);
}

async function carryOut(
  commands: Map<string, Command>,
  lives: Map<string, Life>,
  request: IncomingMessage,
): Promise<unknown> {
  const name = (request.url ?? '/').slice(1);
  const command = commands.get(name);
  if (!command) throw new Error(`The sandbox has no command "${name}".`);
  const given: unknown = JSON.parse((await textOf(request)) || '[]');
  if (!Array.isArray(given)) throw new Error('Arguments come as a JSON list.');
  // What does not fit the command is the calling test's fault, and fails there.
  const result = await (command as (...given: unknown[]) => unknown)(...given);
  if (!isLife(result)) return result;
  lives.set(result.id, result);
  return { life: result.id };
}

function isLife(result: unknown): result is Life {
  return typeof result === 'object' && result !== null && 'answered' in result && 'followUp' in result;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
