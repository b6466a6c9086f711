import { html } from '../preact.ts';

/** Line drawings of our own, 24 by 24. */
const LINES = {
  text: 'M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16',
  announcement: 'M4 10v4l3 .5L8.5 20h3L10 15l9 3V6L8 9.5 4 10Z',
  forum: 'M4 5h11v8H9l-3 3v-3H4ZM18 9h2v8h-1v3l-3-3h-5',
  category: 'M6 9l6 6 6-6',
  voice: 'M5 10v4h3l5 4V6L8 10ZM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  thread: 'M6 4v8a4 4 0 0 0 4 4h9M15 12l4 4-4 4',
  direct: 'M4 5h16v11H11l-4 4v-4H4Z',
  back: 'M14 6l-6 6 6 6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  panel: 'M4 5h16v14H4ZM14.5 5v14',
  close: 'M6 6l12 12M18 6 6 18',
  done: 'M5 12.5 10 17.5 19 7.5',
} as const;

/** A picture beside words; it says nothing aloud. */
export function Icon({ name }: { name: keyof typeof LINES }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${LINES[name]} /></svg>`;
}
