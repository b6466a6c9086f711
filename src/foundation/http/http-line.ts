/**
 * Who wants an answer: a member who waits for it, a poll that alerts depend on, something that nobody waits for, or
 * something that goes only while nothing else does.
 */
export type Urgency = 'member' | 'poll' | 'background' | 'spare';

export const URGENCIES: readonly Urgency[] = ['member', 'poll', 'background', 'spare'];

/** Who waits in front of one system, and who is next: members and the others by turns, so that neither starves the other. */
export class FairLine<T extends { urgency: Urgency }> {
  readonly #waiting: Record<Urgency, T[]> = { member: [], poll: [], background: [], spare: [] };
  #lastWasMember = false;

  add(one: T): void {
    this.#waiting[one.urgency].push(one);
  }

  has(one: T): boolean {
    return this.#waiting[one.urgency].includes(one);
  }

  /** False when it is no longer waiting. */
  remove(one: T): boolean {
    const line = this.#waiting[one.urgency];
    const place = line.indexOf(one);
    if (place >= 0) line.splice(place, 1);
    return place >= 0;
  }

  /** It leaves the line, because it starts. */
  start(one: T): void {
    this.remove(one);
    this.#lastWasMember = one.urgency === 'member';
  }

  /** The first of each kind, who is next before who may go in its stead. */
  heads(): T[] {
    const { member, poll, background, spare } = this.#waiting;
    const others = [poll[0], background[0]];
    const order = this.#lastWasMember ? [...others, member[0]] : [member[0], ...others];
    return [...order, spare[0]].filter((one) => one !== undefined);
  }

  of(urgency: Urgency): readonly T[] {
    return [...this.#waiting[urgency]];
  }

  /** How many would start before this member's; before that of one who came now, where none is given. */
  beforeMember(one?: T): number {
    const { member, poll, background } = this.#waiting;
    const place = one === undefined ? member.length : Math.max(0, member.indexOf(one));
    const turns = place + (this.#lastWasMember ? 1 : 0);
    return place + Math.min(poll.length + background.length, turns);
  }
}
