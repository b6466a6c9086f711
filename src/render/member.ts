import { FORMER_MEMBER } from '#src/foundation/member-records.ts';
import { say } from './say.ts';

/** A member by id, as a mention; one who had their id deleted has no name any more. */
export const tellMember = (id: string): string => (id === FORMER_MEMBER ? say('member.former') : `<@${id}>`);

/** The same where a sentence begins. */
export const tellMemberFirst = (id: string): string =>
  id === FORMER_MEMBER ? say('member.formerFirst') : `<@${id}>`;
