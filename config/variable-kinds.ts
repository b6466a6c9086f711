import { z } from 'zod';
import { plainNumber } from './plain-number.ts';

/** Kinds of variables that several have. An empty variable is an absent one (config.ts): each has a default. */

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((text) => !hasUser(text), 'must not hold a name or password')
  .transform((text) => text.replace(/(?<!\/)\/+$/, ''));

/** Nothing is asked under such an address. */
function hasUser(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username + url.password !== '';
}

/** It goes into a header. */
export const token = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'must be letters, digits and signs of ASCII without blanks: copy it anew, something that cannot be seen may stand in it',
  )
  .nullable()
  .default(null);

export const numberWithin = (isFit: (number: number) => boolean, error: string, fallback: number) =>
  z
    .string()
    .transform((text, context) => {
      const number = plainNumber(text);
      if (number !== null && isFit(number)) return number;
      context.addIssue(error);
      return z.NEVER;
    })
    .prefault(String(fallback));

export const wholeNumber = (fallback: number, most: number, least = 1) =>
  numberWithin(
    (number) => Number.isInteger(number) && number >= least && number <= most,
    `must be a whole number from ${least} to ${most}, written in digits alone`,
    fallback,
  );
