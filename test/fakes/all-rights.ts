import type { Rights } from '#src/service/rights.ts';

/** Of somebody who may do everything everywhere. */
export const allRights: Rights = {
  // Nobody may do anything by a command that has no name.
  through: async (command) => (command === '' ? null : { lacks: async () => null }),
  managesServer: () => true,
  administers: () => true,
  mentionsAll: () => true,
  sees: async () => true,
};
