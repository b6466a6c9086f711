import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { labelOf } from '#src/source/sources.ts';
import { askInTurn } from './ask-in-turn.ts';
import { type AskedSource, askOneSource, type SourceSaid } from './ask-one-source.ts';
import { createAskedBefore, type Remembered } from './asked-before.ts';
import { createDoubts } from './doubts.ts';
import { type AskingRefusal, createMemberLimit } from './member-limit.ts';

/** `source`: as people call it. `earlier`: when it said so, UTC ms, where that is remembered; null: just now. */
export type SourceAnswer = { source: string; said: SourceSaid; earlier: number | null };

/** What asking the sources for a member brought; tell-asked.ts has the sentences. */
export type Asked = {
  polls: readonly Poll[];
  /** One of each source that was asked, or would have been. */
  answers: readonly SourceAnswer[];
  /** Set when nobody was asked, because of a limit. */
  refusal: AskingRefusal | null;
};

/** `again`: whatever was found to be unknown minutes ago is asked for once more, within the member's limit. */
export type AskOptions = { again?: boolean };

/**
 * Puts members' questions to the sources, within limits (member-limit.ts). The same question is put once at a time, and
 * to a source that answered it not again within ten minutes. Never throws OutsideError.
 */
export type AskSources = {
  /** One paper: from the first source that knows it. */
  paper(id: string, member: string, options?: AskOptions): Promise<Asked>;
  /** Papers for some words: all sources at once. */
  papers(words: string, limit: number, member: string, options?: AskOptions): Promise<Asked>;
};

type Deps = {
  sources: readonly Source[];
  clock: Clock;
  log: Log;
  closing?: AbortSignal;
  /** Hears how each source fared, for /status. */
  notePoll?(poll: Poll | PollFailure): Promise<void>;
};

const NOBODY: Asked = { polls: [], answers: [], refusal: null };

type Question = {
  name: string;
  member: string;
  again: boolean;
  able: readonly Source[];
  /** Of the one paper that is asked for, which is remembered too. */
  id: string | null;
  ask(sources: readonly Source[]): Promise<AskedSource[]>;
};

type Known = Remembered & { source: Source };

export function createAskSources(deps: Deps): AskSources {
  const { sources, clock } = deps;
  const memberLimit = createMemberLimit(clock);
  const underWay = new Map<string, Promise<Asked>>();
  const before = createAskedBefore(clock);

  const doubts = createDoubts(deps.log, (id, source, poll) =>
    before.keep(`paper ${id}`, source.name, { said: { kind: 'found', papers: 1 }, poll, at: clock.now() }),
  );

  const knownTo = ({ name, able, again }: Question): Known[] =>
    able.flatMap((source) => {
      const remembered = before.recall(name, source.name);
      return remembered && !(again && remembered.said.kind === 'none') ? { source, ...remembered } : [];
    });

  const put = async (question: Question): Promise<Asked> => {
    const { name, member, able, ask, id } = question;
    const known = knownTo(question);
    if (known.length === able.length || known.some(({ poll }) => poll !== null)) return summed(known, []);
    const taken = memberLimit.take(member);
    if (taken.refusal) return { ...NOBODY, refusal: taken.refusal };
    const unknown = able.filter((one) => known.every(({ source }) => source !== one));
    const answers = await ask(unknown).finally(taken.done);
    for (const { source, said, poll } of answers) {
      if (said.kind === 'found' || said.kind === 'none')
        before.keep(name, source.name, { said, poll: id === null ? null : poll, at: clock.now() });
      if (said.kind === 'none' && id !== null) doubts.begin(id, source);
    }
    await noteHow(deps, answers);
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
      const ask = (unknown: readonly Source[]) => askInTurn(deps, unknown, id);
      return once({ name: `paper ${id}`, member, again, able, id, ask });
    },
    papers(words, limit, member, { again = false } = {}) {
      const able = sources.filter(({ search }) => search !== undefined);
      const ask = (unknown: readonly Source[]) =>
        Promise.all(
          unknown.map((source) =>
            askOneSource(deps, source, (signal) => source.search?.(words, limit, signal)),
          ),
        );
      return once({ name: `papers ${limit} ${words}`, member, again, able, id: null, ask });
    },
  };
}

function summed(known: readonly Known[], answers: readonly AskedSource[]): Asked {
  const told = [
    ...known.map(({ source, said, at }) => ({ source, said, earlier: at })),
    ...answers.map(({ source, said }) => ({ source, said, earlier: null })),
  ];
  return {
    polls: [...known, ...answers].flatMap(({ poll }) => poll ?? []),
    answers: told.map(({ source, said, earlier }) => ({ source: labelOf(source.name), said, earlier })),
    refusal: null,
  };
}

const NOTHING = { complete: false, malformed: 0, sightings: [] };

/** Tells whoever reports on sources; that one had no turn yet says nothing of it. */
async function noteHow({ clock, closing, notePoll }: Deps, answers: readonly AskedSource[]): Promise<void> {
  const at = clock.now();
  for (const { source, poll, said, failure } of answers) {
    const list = { source: source.name, list: 'lookup', key: '' } as const;
    const { complete, malformed, sightings } = poll ?? NOTHING;
    if (said.kind === 'held' || closing?.aborted) continue;
    if (failure) await notePoll?.({ ...list, failed: true, at, reason: failure.message });
    else await notePoll?.({ ...list, seenAt: at, complete, malformed, sightings });
  }
}
