import type { Place, Server } from '../../protocol.ts';
import { html, useMemo } from '../preact.ts';
import { opened } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { type ForumRow, forumRows } from './forum-rows.ts';
import { ownTimes } from './time-words.ts';

/** A forum's posts; each opens as a thread. */
export function ForumPosts({ server, forum }: { server: Server; forum: Place }) {
  const logs = useKnown((state) => state.logs);
  const rows = useMemo(
    () => forumRows(server, forum, (id) => logs.get(id) ?? { messages: [], hasEarlier: false }),
    [server, forum, logs],
  );
  return html`<div class="log-frame">
    <div class="forum-board" id="messages" role="region" aria-label="Posts" tabindex="0">
      ${
        rows.length === 0
          ? html`<p class="forum-empty">No posts yet.</p>`
          : html`<ul>${rows.map((row) => html`<${PostCard} key=${row.id} row=${row} />`)}</ul>`
      }
    </div>
  </div>`;
}

function PostCard({ row }: { row: ForumRow }) {
  const isUnread = useKnown(({ unread }) => unread.has(row.id));
  const last = useKnown(({ sceneMinute }) =>
    row.lastAt === null ? '' : ownTimes.mark(row.lastAt, 'R', sceneMinute ?? row.lastAt),
  );
  const open = () => changeKnown((state) => opened(state, row.id));
  return html`<li class=${`post-card ${isUnread ? 'is-unread' : ''}`}>
    ${row.tags.length > 0 && html`<div class="post-tags">${row.tags.map((tag) => html`<span class="post-tag">${tag}</span>`)}</div>`}
    <h3 class="post-title"><button type="button" onClick=${open}>${row.title}</button></h3>
    ${row.starter && html`<p class="post-words"><b>${row.starter.author}:</b> ${row.starter.words}</p>`}
    <div class="post-foot">
      ${isUnread && html`<span class="post-new">New</span>`}
      <span>${[row.count, last, row.isArchived ? 'closed' : ''].filter((words) => words !== '').join(' • ')}</span>
    </div>
  </li>`;
}
