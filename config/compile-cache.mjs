// Before any TypeScript is read: else Node loads what takes types off, 15 MB, for the first file alone.
import { enableCompileCache } from 'node:module';

enableCompileCache();
