import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const MODULE = `${process.cwd()}/src/foundation/stop-signal.ts`;
/** Says that it is ready, says why it shall stop, and takes a while to do so. */
const PROGRAM = `import { stopSignal } from '${MODULE}';
  const stop = stopSignal({});
  const life = setInterval(() => {}, 1000);
  process.stdout.write('ready');
  process.stdout.write(await stop);
  setTimeout(() => { clearInterval(life); process.exit(0); }, 300);`;

/** As early as can be: the first of our files after the one that listens is about to be read. */
const EARLY = `import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) {
    if (url.endsWith('/config/env-file.ts')) process.kill(process.pid, SIGNAL);
    return next(url, context);
  } });`;

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
  '%s in the first moment of the process is heard, before the files of the house are read: it ends with 0',
  async (name) => {
    const early = encodeURIComponent(EARLY.replace('SIGNAL', `'${name}'`));
    const child = spawn(process.execPath, ['src/main.ts'], {
      ...{ stdio: 'ignore', cwd: process.cwd() },
      env: {
        ...{ PATH: process.env.PATH, HTTP_ADDRESS: '127.0.0.1:0' },
        NODE_OPTIONS: `--import=data:text/javascript,${early}`,
      },
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s asks to stop, and a second one does not cut short what is in hand',
  async (name) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill(name);
    const [said] = await once(child.stdout, 'data');
    child.kill(name);
    child.kill('SIGTERM');
    expect({ said: String(said), end: await ended }).toEqual({ said: name, end: [0, null] });
  },
);
