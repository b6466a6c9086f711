import { enableCompileCache } from 'node:module';
import { readEnvFile } from '#config/env-file.ts';
import { stopSignal } from '#src/foundation/stop-signal.ts';

const stop = stopSignal(process.env);
const envFile = readEnvFile(process.env);
// Reading some 300 TypeScript files takes half a second; from the second start on they are found compiled.
enableCompileCache();
const { start } = await import('#src/start.ts');
await start({ env: process.env, envFile, isTerminal: process.stdout.isTTY === true, stop });
