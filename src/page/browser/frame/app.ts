import { Composer } from '../composer/composer.ts';
import { ModalWindow } from '../composer/modal-window.ts';
import { MessageList } from '../message/message-list.ts';
import { html, useEffect, useRef, useState } from '../preact.ts';
import { looked, placeOf, serverOf } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { Banners } from './banners.ts';
import { ChannelList } from './channel-list.ts';
import { LookAs } from './look-as.ts';
import { onPageKey } from './page-keys.ts';
import { PlaceHeader } from './place-header.ts';
import { pageTitle } from './places.ts';
import { ScenePanel } from './scene-panel.ts';
import { ServerRail } from './server-rail.ts';
import { SkipLinks } from './skip-links.ts';
import { TroubleToast } from './trouble-toast.ts';
import { useMedia } from './use-media.ts';

type Drawer = 'channels' | 'scene';

/** The whole page. */
export function App() {
  usePage();
  return html`
    <${SkipLinks} />
    <${Banners} />
    <${Sides} />
    <${TroubleToast} />
    <${ModalWindow} />
  `;
}

/** Both sides are always there on a wide page, and drawers over the middle where there is no room for them. */
function Sides() {
  const isPhone = useMedia('(max-width: 760px)');
  const isTight = useMedia('(max-width: 1100px)');
  const [drawer, setDrawer] = useState<Drawer | null>(null);
  const [isFolded, setFolded] = useState(false);
  const scene = useKnown((state) => state.scene);
  const place = useKnown((state) => placeOf(state, state.placeId));
  const server = useKnown((state) => serverOf(state, place?.serverId ?? null));
  const isSceneOpen = isTight ? drawer === 'scene' : !isFolded;
  const isChannelsOpen = !isPhone || drawer === 'channels';
  const isCovered = (isPhone && drawer === 'channels') || (isTight && drawer === 'scene');
  const close = () => setDrawer(null);
  useDrawerFocus(isCovered ? drawer : null);
  if (!scene) return html`<p class="opening" role="status">The sandbox opens …</p>`;
  return html`<div
    class="sides"
    onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && isCovered && close()}
  >
    ${
      isChannelsOpen &&
      html`<div class=${`channels-side ${isPhone ? 'drawer' : ''}`} tabindex="-1">
        <${ServerRail} servers=${scene.servers} directs=${scene.directs} open=${place} />
        <div class="channel-column">
          <${ChannelList}
            server=${server}
            directs=${scene.directs}
            openId=${place?.id ?? null}
            onOpen=${() => setDrawer(null)}
          />
          <${LookAs} viewerId=${scene.viewer.id} people=${scene.people} />
        </div>
      </div>`
    }
    <main class="room" inert=${isCovered}>
      ${
        place
          ? html`<${PlaceHeader}
                place=${place}
                hasChannelsButton=${isPhone}
                isSceneOpen=${isSceneOpen}
                onChannels=${() => setDrawer('channels')}
                onScene=${() => (isTight ? setDrawer('scene') : setFolded(!isFolded))}
              />
              <${MessageList} key=${place.id} placeId=${place.id} />
              <${Composer} place=${place} />`
          : html`<p class="quiet">There is no channel. Make one in the scene's panel, under “Rights and channels”.</p>`
      }
    </main>
    ${isCovered && html`<button type="button" class="backdrop" aria-label="Close" onClick=${close} />`}
    ${
      isSceneOpen &&
      html`<div class=${`scene-side ${isTight ? 'drawer' : ''}`} tabindex="-1">
        <${ScenePanel} scene=${scene} place=${place} onGo=${() => setDrawer(null)} />
      </div>`
    }
  </div>`;
}

/** A drawer has the focus while it is open; then its button has it again, unless it went elsewhere meanwhile. */
function useDrawerFocus(drawer: Drawer | null): void {
  const before = useRef<Drawer | null>(null);
  useEffect(() => {
    const left = before.current;
    before.current = drawer;
    if (drawer) document.querySelector<HTMLElement>(`.${drawer}-side`)?.focus();
    else if (left && document.activeElement === document.body)
      document.getElementById(`${left}-button`)?.focus();
  }, [drawer]);
}

/** The tab's title, whether it is looked at, and keys that hold everywhere. */
function usePage(): void {
  const title = useKnown(pageTitle);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const look = () => changeKnown((state) => looked(state, !document.hidden));
    look();
    document.addEventListener('visibilitychange', look);
    document.addEventListener('keydown', onPageKey);
    return () => {
      document.removeEventListener('visibilitychange', look);
      document.removeEventListener('keydown', onPageKey);
    };
  }, []);
}
