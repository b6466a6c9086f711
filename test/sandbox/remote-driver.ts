import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Driver } from '#src/sandbox/driver/driver.ts';
import type { Life } from '#src/sandbox/driver/life.ts';
import type { FaultPlan } from '#src/sandbox/http/fault-plan.ts';
import type { Populated } from '#src/sandbox/populate.ts';

/** The driver of a sandbox in another process: the same words, each answered by an entry. */
export type RemoteDriver = {
  [Name in keyof Driver]: Driver[Name] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Promise<Awaited<Result> extends Life ? RemoteLife : Awaited<Result>>
    : never;
} & {
  setFaultPlan(plan: FaultPlan | null): Promise<void>;
  populate(wanted: { servers: number; channels: number }): Promise<Populated>;
};

export type RemoteLife = {
  [Name in keyof Life]: Life[Name] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Promise<Awaited<Result>>
    : Life[Name];
};

export type ServedSandbox = {
  url: string;
  token: string;
  applicationId: string;
  servers: Populated['servers'];
  driver: RemoteDriver;
  /** Any command of the control by its name, such as `gateway.cut`. */
  command(name: string, ...given: unknown[]): Promise<unknown>;
  close(): Promise<void>;
};

/** Starts `src/sandbox/serve.ts` as a process of its own; `flags` as it takes them. */
export async function serveSandbox(...flags: string[]): Promise<ServedSandbox> {
  const script = new URL('../../src/sandbox/serve.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { control, ...served } = JSON.parse(line);
  const command = (name: string, ...given: unknown[]) => ask(control, name, given);
  return {
    ...served,
    command,
    driver: remote(command),
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function ask(control: string, name: string, given: unknown[]): Promise<unknown> {
  const response = await fetch(`${control}/${name}`, { method: 'POST', body: JSON.stringify(given) });
  const answer = (await response.json()) as { error?: string; result?: { life?: string } };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.result?.life === undefined ? answer.result : life(control, answer.result.life);
}

function remote(command: ServedSandbox['command']): RemoteDriver {
  // Every name is a command of the control; an unknown one is refused there with a sentence.
  return new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given: unknown[]) =>
          command(String(name), ...given),
    },
  ) as RemoteDriver;
}

function life(control: string, id: string): RemoteLife {
  const get = (_: object, name: string | symbol) => {
    // Not an entry itself, though it is awaited.
    if (name === 'then') return undefined;
    if (name === 'id') return id;
    return (...given: unknown[]) => ask(control, `life.${String(name)}`, [id, ...given]);
  };
  return new Proxy({}, { get }) as RemoteLife;
}
