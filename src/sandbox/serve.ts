import { parseArgs } from 'node:util';
import { openControl } from './control.ts';
import type { GlobalDiscipline } from './http/limits.ts';
import { populate } from './populate.ts';
import { startSandbox } from './sandbox.ts';

/*
 * The sandbox as a process of its own, for kill tests and benches:
 *   node src/sandbox/serve.ts --port 0 --servers 2500 --channels 30 --latency 120 --jitter 30 --global sliding
 * Prints one JSON line when it listens: {"url","token","applicationId","control","servers"}; ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    token: { type: 'string' },
    servers: { type: 'string', default: '0' },
    channels: { type: 'string', default: '1' },
    latency: { type: 'string', default: '0' },
    jitter: { type: 'string', default: '0' },
    /** sliding, aligned, bucket or off. */
    global: { type: 'string', default: 'sliding' },
    /** No limits for single routes. */
    'no-route-limits': { type: 'boolean', default: false },
    'nonce-window': { type: 'string', default: '180000' },
    'show-nonce': { type: 'boolean', default: false },
  },
});

const sandbox = await startSandbox({
  port: Number(values.port),
  token: values.token,
  latencyMs: Number(values.latency),
  jitterMs: Number(values.jitter),
  limits: { global: values.global as GlobalDiscipline, routes: !values['no-route-limits'] },
  nonceWindowMs: Number(values['nonce-window']),
  showNonce: values['show-nonce'],
});
const control = await openControl(sandbox.driver, Number(values['control-port']));
const { servers } = populate(sandbox.driver, {
  servers: Number(values.servers),
  channels: Number(values.channels),
});
const { url, token, applicationId } = sandbox;
process.stdout.write(`${JSON.stringify({ url, token, applicationId, control: control.url, servers })}\n`);

process.once('SIGTERM', async () => {
  await control.close();
  await sandbox.close();
});
