import { own } from '#src/foundation/own.ts';
import { FIGURES } from '#src/paper/figures.ts';

const FIGURES_TO_TRY = FIGURES.flatMap(({ guide }) => (guide === null ? [] : `\`${guide}\``));

const PAGES: Record<string, { title: string; text: string }> = {
  start: {
    title: 'Paperboy: papers, where you talk',
    text: [
      '**Look something up** (anyone)',
      '`/paper query:2310.06825` one paper by id, link, title or author',
      '`/search query:diffusion OR "score matching" -survey` everything Paperboy has read',
      '`/trending period:week` what stands out now, and why',
      '',
      '**Alerts for a channel** (Manage Channels)',
      '`/subscribe keywords:"state space" channel:#papers` newly trending papers that match',
      '`/subscribe topic:llm when:daily 9am zone:Berlin` one digest a day',
      '`/filter test filter:"state space"` what it would have found in the last 30 days',
      '`/filter edit` change a filter',
      '`/subscriptions` see, pause, resume, remove; who changed what',
      '',
      '**Is it working?** `/status`',
      '',
      'More: `/help topic:filters`, `/help topic:alerts`, `/help topic:trending`, `/help topic:permissions`',
    ].join('\n'),
  },
  filters: {
    title: 'The filter language',
    text: [
      'Words side by side must all occur: `video generation`',
      '`OR` between alternatives, `-` or `NOT` for what you do not want: `(GUI OR web) agent -survey`',
      '`"a phrase"`, `"two words"~5` near each other, `prefix*`',
      'Fields: `title:pruning` `author:"Albert Gu"` `cat:cs.LG` `cat:cs.*` `org:deepmind` `topic:llm`',
      `Figures: ${FIGURES_TO_TRY.join(' ')} \`age:<7d\` \`after:2026-01-31\``,
      '',
      'Hyphens, plurals, accents, British or American spelling do not matter. Capitals do for acronyms: `RAG` finds RAG and RAG-based, never rag.',
      'Words are whole words: `eth` never finds *something*.',
      '',
      'Try one on the last 30 days before you save it: `/filter test filter:…`',
    ].join('\n'),
  },
  alerts: {
    title: 'What gets posted, and when',
    text: [
      '`scope:balanced` (the default) posts papers that stand out among papers of their age, once. `strict`, `early` and `everything rising` move the bar; `about 3 a day` sets it by itself.',
      '`scope:all` posts every new paper that matches. `scope:best 5` posts a day’s best five, or a week’s with `when:weekly`.',
      '`when:as it happens`, `daily 9am` or `weekly friday`, in the time of your city with `zone:Berlin`.',
      'One post for a paper and channel, ever. At most 10 cards a day, the rest waits for a digest. What was missed while Discord or a source was down comes once, as one digest.',
    ].join('\n'),
  },
  trending: {
    title: 'Newly trending',
    text: [
      'A paper is newly trending when it stands out among papers of its day and age: its place in the day’s list, how far the day has come, and its upvotes against what the top tenth of the last 30 days had at that age.',
      'Each alert says so in figures: *2nd of 24 papers of 10 March (41 upvotes at 9 h; the top tenth had 33).*',
      'A paper is read for four days, so late bloomers are found. A channel gets it once.',
    ].join('\n'),
  },
  permissions: {
    title: 'What Paperboy needs',
    text: [
      'In each channel it posts in: **View Channel**, **Send Messages**, **Embed Links**, **Read Message History** (to check after a crash that nothing is posted twice).',
      'For threads and forums also **Create Public Threads** and **Send Messages in Threads**.',
      'Who may use the moderators’ commands: members with **Manage Channels**, unless the server says otherwise under Server Settings, Integrations, Paperboy. Their buttons follow the same rule.',
      'Where: only channels in which you can see and write yourself. Who may use the commands by Manage Channels needs it in that channel too. Channels you cannot see are counted, never shown.',
    ].join('\n'),
  },
};

export const helpTopics: readonly string[] = Object.keys(PAGES);

/** What to do next, with examples to copy. An unknown topic shows the start page. */
export function helpMessage(topic: string): { embeds: object[] } {
  const page = own(PAGES, topic) ?? PAGES.start;
  return { embeds: [{ title: page.title, color: 0x2f6fde, description: page.text }] };
}
