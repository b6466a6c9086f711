import type { ComponentChildren } from 'preact';
import type { Text, TextPart } from '../../protocol.ts';
import { h, html } from '../preact.ts';
import { Mention } from './mention.ts';
import { OutsideLink } from './outside-link.ts';
import { Spoiler } from './spoiler.ts';
import { TimeMark } from './time-mark.ts';

/** Text with its marks: what papers or people wrote stays text, whatever signs it has. */
export function Written({ text }: { text: Text }) {
  return html`<span class="written">${text.map(drawPart)}</span>`;
}

function drawPart(part: TextPart): ComponentChildren {
  switch (part.kind) {
    case 'plain':
      return part.text;
    case 'break':
      return html`<br />`;
    case 'code':
      return html`<code class="code">${part.text}</code>`;
    case 'code-block':
      return html`<pre class="code-block" tabindex="0"><code>${part.text}</code></pre>`;
    case 'list':
      return drawList(part);
    case 'link':
      return html`<${OutsideLink} href=${part.href} title=${part.title}>${part.inner.map(drawPart)}<//>`;
    case 'time':
      return html`<${TimeMark} at=${part.at} style=${part.style} />`;
    case 'mention':
      return html`<${Mention} mention=${part} />`;
    case 'emoji':
      return `:${part.name}:`;
    case 'spoiler':
      return html`<${Spoiler}>${part.inner.map(drawPart)}<//>`;
    case 'heading':
      // The page's own headings stand above those of messages.
      return h(`h${part.level + 2}`, { class: `heading heading-${part.level}` }, part.inner.map(drawPart));
    default:
      return h(ELEMENTS[part.kind], { class: part.kind }, part.inner.map(drawPart));
  }
}

const ELEMENTS = {
  strong: 'strong',
  emphasis: 'em',
  underline: 'u',
  strike: 's',
  quote: 'blockquote',
  small: 'small',
} as const;

function drawList({ ordered, start, items }: Extract<TextPart, { kind: 'list' }>): ComponentChildren {
  const drawn = items.map((item) => html`<li>${item.map(drawPart)}</li>`);
  return ordered ? html`<ol class="list" start=${start}>${drawn}</ol>` : html`<ul class="list">${drawn}</ul>`;
}
