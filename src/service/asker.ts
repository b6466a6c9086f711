import type { Rights } from './rights.ts';

/** Who asks to see or change what is a server's. */
export type Asker = { serverId: string | null; userId: string; rights: Rights; now: number };
