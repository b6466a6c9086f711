import { count } from './count.ts';
import { cut } from './cut.ts';
import { escapeMarkdown } from './escape-markdown.ts';

export type SourceStatus = {
  name: string;
  state: 'on time' | 'late' | 'partial' | 'not read yet';
  lastSuccessAt: number | null;
  /** Why it is late or partial, for people. */
  reason: string | null;
};

export type StatusView = {
  version: string;
  startedAt: number;
  lastRun: { at: number; papers: number; matched: number } | null;
  nextRunAt: number | null;
  sources: readonly SourceStatus[];
  papers: number;
  waiting: number;
  /** What the channel where it was asked can know about itself; null outside of servers. */
  channel: {
    subscriptions: number;
    paused: readonly string[];
    lastPostAt: number | null;
    nextDigestAt: number | null;
  } | null;
};

const time = (at: number, style: 'R' | 'f' = 'R') => `<t:${Math.floor(at / 1000)}:${style}>`;

/** Whether it works, when it looked last, what it found: honest silence. */
export function statusMessage(view: StatusView): { embeds: object[] } {
  const trouble = view.sources.some((source) => source.state === 'late' || source.state === 'partial');
  return {
    embeds: [
      {
        title: trouble ? 'Paperboy is running; a source has trouble' : 'Paperboy is running',
        color: trouble ? 0xe0a030 : 0x3ba55d,
        description: cut(
          `${checkLine(view)}\n${count(view.papers, 'paper')} known, ${count(view.waiting, 'post')} waiting.`,
          2000,
        ),
        fields: [
          ...view.sources.map(sourceField),
          ...(view.channel ? [{ name: 'This channel', value: channelLine(view.channel) }] : []),
        ],
        footer: { text: `Paperboy ${view.version}` },
        timestamp: new Date(view.startedAt).toISOString(),
      },
    ],
  };
}

function checkLine({ lastRun, nextRunAt }: StatusView): string {
  const next = nextRunAt === null ? '' : ` Next check ${time(nextRunAt)}.`;
  if (lastRun === null) return `The sources have not been checked yet.${next}`;
  return `Checked ${time(lastRun.at)}: ${count(lastRun.papers, 'paper')} with news, ${count(lastRun.matched, 'match', 'matches')}.${next}`;
}

function sourceField(source: SourceStatus): object {
  const read = source.lastSuccessAt === null ? 'never read' : `read ${time(source.lastSuccessAt)}`;
  const reason = source.reason ? `\n${escapeMarkdown(source.reason)}` : '';
  return { name: source.name, value: cut(`${source.state}, ${read}${reason}`, 1024), inline: true };
}

function channelLine(channel: NonNullable<StatusView['channel']>): string {
  if (channel.subscriptions === 0) return 'No subscription here. A moderator can add one with `/subscribe`.';
  const lines = [
    `${count(channel.subscriptions, 'subscription')}.`,
    channel.lastPostAt === null ? 'Nothing posted yet.' : `Last post ${time(channel.lastPostAt)}.`,
    ...(channel.nextDigestAt === null ? [] : [`Next digest ${time(channel.nextDigestAt, 'f')}.`]),
    ...channel.paused.map((reason) => `Paused: ${escapeMarkdown(reason)}`),
  ];
  return cut(lines.join('\n'), 1024);
}
