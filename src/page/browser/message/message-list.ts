import { html, useMemo, useRef } from '../preact.ts';
import { logOf, type PlaceLog } from '../state.ts';
import { useKnown } from '../store.ts';
import { ForumPosts } from './forum-posts.ts';
import { LogMessage, rowId } from './log-message.ts';
import { logRows } from './log-rows.ts';
import { NewestAloud } from './newest-aloud.ts';
import { ownTimes } from './time-words.ts';
import { useLit } from './use-lit.ts';
import { useScroll } from './use-scroll.ts';

/** The messages of a place; of a forum, its posts. */
export function MessageList({ placeId }: { placeId: string }) {
  const server = useKnown(({ scene }) =>
    scene?.servers.find(({ places }) => places.some(({ id }) => id === placeId)),
  );
  const place = server?.places.find(({ id }) => id === placeId);
  if (server && place?.kind === 'forum') return html`<${ForumPosts} server=${server} forum=${place} />`;
  return html`<${Log} key=${placeId} placeId=${placeId} serverId=${server?.id ?? null} />`;
}

function Log({ placeId, serverId }: { placeId: string; serverId: string | null }) {
  const log = useKnown((state) => logOf(state, placeId));
  const firstNewId = useKnown(({ newFrom }) => newFrom);
  const scroller = useRef<HTMLDivElement | null>(null);
  const { range, isAtPresent, drawFrom, goToPresent, onScroll } = useScroll(placeId, log, scroller);
  const litId = useLit(placeId, log, range, drawFrom);
  return html`<div class="log-frame">
    <div class="log-scroller" id="messages" role="region" aria-label="Messages" tabindex="0" ref=${scroller} onScroll=${onScroll}>
      <${Rows} log=${log} from=${range.from} to=${range.to} firstNewId=${firstNewId} litId=${litId} serverId=${serverId} />
    </div>
    ${
      !isAtPresent &&
      html`<button type="button" class="to-present" onClick=${goToPresent}>
        <span>You are viewing older messages</span> <b>Jump to present</b>
      </button>`
    }
    <${NewestAloud} messages=${log.messages} />
  </div>`;
}

type RowsProps = {
  log: PlaceLog;
  from: number;
  to: number;
  firstNewId: string | null;
  litId: string | null;
  serverId: string | null;
};

function Rows({ log, from, to, firstNewId, litId, serverId }: RowsProps) {
  const rows = useMemo(
    () => logRows(log, { from, to }, firstNewId, ownTimes.day),
    [log, from, to, firstNewId],
  );
  // The elements stand here, not in what draws them: so preact leaves them in place when some before them go.
  return html`<ol class="log">
    ${rows.map(
      (row) => html`<li key=${row.message.id} id=${rowId(row.message.id)}>
        <${LogMessage} row=${row} isLit=${row.message.id === litId} serverId=${serverId} />
      </li>`,
    )}
  </ol>`;
}
