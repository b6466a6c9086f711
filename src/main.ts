import { enableCompileCache } from 'node:module';
import { stopSignal } from '#src/foundation/stop-signal.ts';

// Before anything else is read: a signal that comes earlier ends the process at once.
const stop = stopSignal(process.env);
// Reading some 300 TypeScript files takes half a second; from the second start on they are found compiled.
enableCompileCache();
const { readEnvFile } = await import('#config/env-file.ts');
const envFile = readEnvFile(process.env);
const { start } = await import('#src/start.ts');
const words = process.argv.slice(2);
await start({ env: process.env, envFile, words, isTerminal: process.stdout.isTTY === true, stop });
