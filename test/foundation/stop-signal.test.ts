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
