import type { Place, Scene } from '../../protocol.ts';
import { html } from '../preact.ts';
import { ClockPanel } from './clock-panel.ts';
import { OnYourPhone } from './on-your-phone.ts';
import { RightsPanel } from './rights-panel.ts';
import { ThemeSwitch } from './theme.ts';
import { ThingsToTry } from './things-to-try.ts';
import { WhatItDid } from './what-it-did.ts';

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['/', 'Commands'],
  ['Alt + Up, Alt + Down', 'Channel above, below'],
  ['F6, Shift + F6', 'Next part of the page, the one before'],
  ['Escape', 'Close what is open'],
];

type Props = { scene: Scene; place: Place | null; onGo: () => void };

/** Everything about the scene that is no part of a chat client. `onGo`: the viewer is led to a message or to the composer. */
export function ScenePanel({ scene, place, onGo }: Props) {
  return html`<aside class="scene-panel" id="scene-panel" aria-label="Paperboy's scene" tabindex="-1">
    <${Section} title="Scene time"><${ClockPanel} /><//>
    <${Section} title="Things to try"><${ThingsToTry} tasks=${scene.tasks} onGo=${onGo} /><//>
    <${Section} title="What Paperboy did"><${WhatItDid} onGo=${onGo} /><//>
    <${Section} title="On your phone"><${OnYourPhone} onGo=${onGo} /><//>
    <${Folded} title="Rights and channels">
      <${RightsPanel} scene=${scene} place=${place} />
    <//>
    <${Folded} title="Keys and colours">
      <dl class="keys">
        ${KEYS.map(([key, does]) => html`<div key=${key}><dt>${key}</dt><dd>${does}</dd></div>`)}
      </dl>
      <${ThemeSwitch} />
    <//>
  </aside>`;
}

function Section({ title, children }: { title: string; children: unknown }) {
  return html`<section class="card" aria-label=${title}><h2>${title}</h2>${children}</section>`;
}

function Folded({ title, children }: { title: string; children: unknown }) {
  return html`<details class="card">
    <summary><h2>${title}</h2></summary>
    ${children}
  </details>`;
}
