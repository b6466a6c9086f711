import { enableCompileCache } from 'node:module';

// Reading some 300 TypeScript files takes half a second; from the second start on they are found compiled.
enableCompileCache();
const { start } = await import('#src/start.ts');
await start(process.env, process.stdout.isTTY === true);
