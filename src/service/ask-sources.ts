import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look } from '#src/paper/sighting.ts';
import type { LookFailure, Source } from '#src/source/source.ts';
import { labelOf } from '#src/source/sources.ts';
import { askInTurn } from './ask-in-turn.ts';
import { type Answer, askOneSource, type Said } from './ask-one-source.ts';
import { createAskedBefore, type Remembered } from './asked-before.ts';
import { createDoubts } from './doubts.ts';
import { createMemberAllowance, type Refusal } from './member-allowance.ts';

/** `source`: as people call it. `earlier`: when it said so, UTC ms, where that is remembered; null: just now. */
export type SourceAnswer = { source: string; said: Said; earlier: number | null };

/** What asking the sources for a member brought; tell-asked.ts has the sentences. */
export type Asked = {
  looks: readonly Look[];
  /** One of each source that was asked, or would have been. */
  answers: readonly SourceAnswer[];
  /** Set when nobody was asked, because of a limit. */
  refusal: Refusal | null;
};

/** `again`: whatever was found to be unknown minutes ago is asked for once more, within the member's limit. */
export type AskOptions = { again?: boolean };

/**
 * Puts members' questions to the sources, within limits (member-allowance.ts). The same question is put once at a time, and
 * to a source that answered it not again within ten minutes. Never throws OutsideError.
 */
export type AskSources = {
  /** One paper: from the first source that knows it. */
  paper(id: string, member: string, options?: AskOptions): Promise<Asked>;
  /** Papers for some words: all sources at once. */
  papers(words: string, limit: number, member: string, options?: AskOptions): Promise<Asked>;
};

type Rooms = {
  sources: readonly Source[];
  clock: Clock;
  log: Log;
  closing?: AbortSignal;
  /** Hears how each source fared, for /status. */
  noteLook?(look: Look | LookFailure): Promise<void>;
};

const NOBODY: Asked = { looks: [], answers: [], refusal: null };

type Question = {
  name: string;
  member: string;
  again: boolean;
  able: readonly Source[];
  /** Of the one paper that is asked for, which is remembered too. */
  id: string | null;
  ask(sources: readonly Source[]): Promise<Answer[]>;
};

type Known = Remembered & { source: Source };

export function createAskSources(rooms: Rooms): AskSources {
  const { sources, clock } = rooms;
  const allowance = createMemberAllowance(clock);
  const underWay = new Map<string, Promise<Asked>>();
  const before = createAskedBefore(clock);

  const doubts = createDoubts(rooms.log, (id, source, look) =>
    before.keep(`paper ${id}`, source.name, { said: { kind: 'found', papers: 1 }, look, at: clock.now() }),
  );

  const knownTo = ({ name, able, again }: Question): Known[] =>
    able.flatMap((source) => {
      const remembered = before.recall(name, source.name);
      return remembered && !(again && remembered.said.kind === 'none') ? { source, ...remembered } : [];
    });

  const put = async (question: Question): Promise<Asked> => {
    const { name, member, able, ask, id } = question;
    const known = knownTo(question);
    if (known.length === able.length || known.some(({ look }) => look !== null)) return summed(known, []);
    const taken = allowance.take(member);
    if (taken.refusal) return { ...NOBODY, refusal: taken.refusal };
    const unknown = able.filter((one) => known.every(({ source }) => source !== one));
    const answers = await ask(unknown).finally(taken.done);
    for (const { source, said, look } of answers) {
      if (said.kind === 'found' || said.kind === 'none')
        before.keep(name, source.name, { said, look: id === null ? null : look, at: clock.now() });
      if (said.kind === 'none' && id !== null) doubts.begin(id, source);
    }
    await noteHow(rooms, answers);
    return summed(known, answers);
  };

  const once = (question: Question): Promise<Asked> => {
    const { name, able } = question;
    if (able.length === 0) return Promise.resolve(NOBODY);
    const present = underWay.get(name);
    if (present !== undefined) return present;
    const asking = put(question).finally(() => underWay.delete(name));
    underWay.set(name, asking);
    return asking;
  };

  return {
    paper(id, member, { again = false } = {}) {
      const able = sources.filter(({ find }) => find !== undefined);
      const ask = (unknown: readonly Source[]) => askInTurn(rooms, unknown, id);
      return once({ name: `paper ${id}`, member, again, able, id, ask });
    },
    papers(words, limit, member, { again = false } = {}) {
      const able = sources.filter(({ search }) => search !== undefined);
      const ask = (unknown: readonly Source[]) =>
        Promise.all(
          unknown.map((source) =>
            askOneSource(rooms, source, (signal) => source.search?.(words, limit, signal)),
          ),
        );
      return once({ name: `papers ${limit} ${words}`, member, again, able, id: null, ask });
    },
  };
}

function summed(known: readonly Known[], answers: readonly Answer[]): Asked {
  const told = [
    ...known.map(({ source, said, at }) => ({ source, said, earlier: at })),
    ...answers.map(({ source, said }) => ({ source, said, earlier: null })),
  ];
  return {
    looks: [...known, ...answers].flatMap(({ look }) => look ?? []),
    answers: told.map(({ source, said, earlier }) => ({ source: labelOf(source.name), said, earlier })),
    refusal: null,
  };
}

const NOTHING = { complete: false, malformed: 0, sightings: [] };

/** Tells whoever reports on sources; that one had no turn yet says nothing of it. */
async function noteHow({ clock, closing, noteLook }: Rooms, answers: readonly Answer[]): Promise<void> {
  const at = clock.now();
  for (const { source, look, said, failure } of answers) {
    const list = { source: source.name, list: 'lookup', key: '' } as const;
    const { complete, malformed, sightings } = look ?? NOTHING;
    if (said.kind === 'held' || closing?.aborted) continue;
    if (failure) await noteLook?.({ ...list, failed: true, at, reason: failure.message });
    else await noteLook?.({ ...list, seenAt: at, complete, malformed, sightings });
  }
}
