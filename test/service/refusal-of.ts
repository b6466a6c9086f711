import { UserError } from '#src/wording/user-error.ts';

/** The sentence with which it is refused, or what was accepted instead. */
export const refusalOf = (read: () => unknown): string => {
  try {
    return `accepted: ${JSON.stringify(read())}`;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};
