import { describe, expect, it } from 'vitest';
import { ask, isInPlace } from './asked-of-services.ts';

type Given = Parameters<typeof ask>[1];

/** Each service that is asked, and with what, as one line. */
const asked = async (what: string, given?: Given) =>
  (await ask(what, given)).calls.map(([name, rest]) => `${name} ${JSON.stringify(rest)}`).join('; ');
const all = (rows: readonly (readonly [string, Given?])[]) =>
  Promise.all(rows.map(async ([what, given]) => `${what} > ${await asked(what, given)}`));

const chosen = (...values: string[]): Given => ({ values });

describe('what a command asks for', () => {
  it('is what was typed, of the channel that was named or the one where it was typed', async () => {
    const paper = { paper: 'ocean', date: ' 2026-03-02' };
    expect(
      await all([
        ['/doctor'],
        ['/doctor', { channels: { channel: '1' } }],
        ['/doctor', { channels: { channel: '1', notices: '2' } }],
        ['/why', { texts: paper }],
        ['/why', { texts: paper, channels: { channel: '1' } }],
        ['/subscriptions'],
        ['/subscribe'],
        ['/subscribe', { channels: { channel: '1' } }],
        ['/filter', { subcommand: 'mute', texts: { text: 'survey' } }],
        ['/filter', { subcommand: 'unmute', texts: { text: 'survey' } }],
        ['/filter', { subcommand: 'export' }],
        ['/filter', { subcommand: 'import' }],
      ]),
    ).toEqual([
      '/doctor > examine {"channelId":"","page":0}',
      '/doctor > examine {"channelId":"1","page":0}',
      '/doctor > chooseNotices {"channelId":"1","page":0,"to":"2"}',
      '/why > explainPaper {"query":"ocean","channelId":"here","date":" 2026-03-02"}',
      '/why > explainPaper {"query":"ocean","channelId":"1","date":" 2026-03-02"}',
      '/subscriptions > listSubscriptions {"page":0}',
      '/subscribe > offerTopics {"channelId":"here"}',
      '/subscribe > offerTopics {"channelId":"1"}',
      '/filter > muteFilter {"text":"survey"}',
      '/filter > unmuteFilter {"text":"survey"}',
      '/filter > exportSettings {}',
      '/filter > mayImport {}',
    ]);
  });

  it('of /privacy is what is stored about the asker, or of the server where that was chosen', async () => {
    const about = (subcommand: string, of: string): [string, Given] => [
      '/privacy',
      { subcommand, texts: { about: of } },
    ];
    expect(
      await all([
        about('show', ''),
        about('show', 'server'),
        about('export', 'server'),
        about('delete', 'me'),
      ]),
    ).toEqual([
      '/privacy > showStored {"about":"me"}',
      '/privacy > showStored {"about":"server"}',
      '/privacy > exportStored {"about":"server"}',
      '/privacy > showStored {"about":"me"}',
    ]);
  });
});

describe('what a button, a select or a form asks for', () => {
  it('of /doctor', async () => {
    expect(
      await all([
        ['doctor:look:1:2'],
        ['doctor:open::0'],
        ['doctor:notices:1:2', chosen('9')],
        ['doctor:notices:1:2'],
        ['doctor:pick:1:2', chosen('9')],
        ['doctor:undo:9:8'],
        ['doctor:undo::8'],
        ['doctor:undo:9:'],
      ]),
    ).toEqual([
      'doctor:look:1:2 > examine {"channelId":"1","page":2}',
      'doctor:open::0 > examine {"channelId":"","page":0}',
      'doctor:notices:1:2 > chooseNotices {"channelId":"1","page":2,"to":"9"}',
      'doctor:notices:1:2 > chooseNotices {"channelId":"1","page":2,"to":null}',
      'doctor:pick:1:2 > chooseNotices {"channelId":"1","page":2,"to":null}',
      'doctor:undo:9:8 > undoNotices {"to":"9","from":"8"}',
      'doctor:undo::8 > undoNotices {"to":null,"from":"8"}',
      'doctor:undo:9: > undoNotices {"to":"9","from":null}',
    ]);
    expect(['doctor:look:1:2', 'doctor:undo:9:8', 'doctor:open::0'].map(isInPlace)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('of /privacy', async () => {
    expect(
      await all([
        ['privacy:show:me'],
        ['privacy:show:server'],
        ['privacy:export:server'],
        ['privacy:ask:server'],
        ['privacy:delete:me'],
        ['privacy:delete:server', { texts: { word: ' Delete ' } }],
        ['privacy:delete:server', { texts: { word: 'no' } }],
        ['privacy:form:server'],
        ['privacy:keep'],
      ]),
    ).toEqual([
      'privacy:show:me > showStored {"about":"me"}',
      'privacy:show:server > showStored {"about":"server"}',
      'privacy:export:server > exportStored {"about":"server"}',
      'privacy:ask:server > showStored {"about":"server"}',
      'privacy:delete:me > deleteStored {"about":"me"}',
      'privacy:delete:server > deleteStored {"about":"server"}',
      'privacy:delete:server > ',
      'privacy:form:server > ',
      'privacy:keep > ',
    ]);
    expect(
      ['show', 'export', 'ask', 'delete', 'keep'].map((step) => isInPlace(`privacy:${step}:me`)),
    ).toEqual([false, false, true, true, true]);
  });

  it('of the server’s settings', async () => {
    expect(
      await all([
        ['server-settings'],
        ['server-settings:same-paper', chosen('none')],
        ['server-settings:zone'],
        ['server-settings:typed-zone', { texts: { zone: 'Berlin' } }],
        ['server-settings:undo:line:full'],
        ['server-settings:undo-zone:UTC:'],
        ['server-settings:undo-zone::UTC'],
        ['server-settings:notices', chosen('9')],
        ['server-settings:notices'],
        ['server-settings:pick-notices', chosen('9')],
        ['server-settings:undo-notices:9:'],
        ['server-settings:undo-notices::9'],
        ['server-settings:unmute', chosen('60000')],
        ['server-settings:mute:key'],
      ]),
    ).toEqual([
      'server-settings > showServerSettings {}',
      'server-settings:same-paper > changeServerSettings {"to":{"samePaper":"none"}}',
      'server-settings:zone > showServerSettings {}',
      'server-settings:typed-zone > changeServerZone {"written":"Berlin"}',
      'server-settings:undo:line:full > undoServerSettings {"to":{"samePaper":"line"},"from":{"samePaper":"full"}}',
      'server-settings:undo-zone:UTC: > undoServerSettings {"to":{"zone":"UTC"},"from":{"zone":null}}',
      'server-settings:undo-zone::UTC > undoServerSettings {"to":{"zone":null},"from":{"zone":"UTC"}}',
      'server-settings:notices > chooseServerNotices {"to":"9"}',
      'server-settings:notices > chooseServerNotices {"to":null}',
      'server-settings:pick-notices > chooseServerNotices {"to":null}',
      'server-settings:undo-notices:9: > undoServerNotices {"to":"9","from":null}',
      'server-settings:undo-notices::9 > undoServerNotices {"to":null,"from":"9"}',
      'server-settings:unmute > removeMute {"at":60000}',
      'server-settings:mute:key > muteAgain {"key":"key"}',
    ]);
  });

  it('of a list of subscriptions', async () => {
    expect(
      await all([
        ['subscriptions:2'],
        ['pick:2', chosen('x1')],
        ['remove:x1:2'],
        ['unsubscribe:x1'],
        ['unsubscribe:', chosen('x1', 'x2')],
        ['pause:x1:2'],
        ['pause:', chosen('x1')],
        ['pause:', chosen('resume:x1')],
        ['pause-for:x1:2', chosen('date')],
        ['pause-until:x1:2', { texts: { until: '2026-03-05' } }],
        ['resume:x1:2'],
        ['copy:x1:2'],
        ['copy-to:x1:2'],
        ['undo:key'],
        ['unusual', chosen('x1')],
        ['tune:x1:wider'],
        ['tune:x1:narrower'],
        ['tune:x1:filter'],
        ['tuned:x1:balanced:sure'],
        ['fine:x1:2'],
      ]),
    ).toEqual([
      'subscriptions:2 > listSubscriptions {"page":2}',
      'pick:2 > showSubscription {"id":"x1"}',
      'remove:x1:2 > removeSubscriptions {"ids":["x1"]}',
      'unsubscribe:x1 > undoSubscribe {"id":"x1"}',
      'unsubscribe: > removeSubscriptions {"ids":["x1","x2"]}',
      'pause:x1:2 > showSubscription {"id":"x1"}',
      'pause: > setPaused {"ids":["x1"],"isPaused":true}',
      'pause: > setPaused {"ids":["x1"],"isPaused":false}',
      'pause-for:x1:2 > showSubscription {"id":"x1"}',
      'pause-until:x1:2 > setPaused {"ids":["x1"],"isPaused":true,"lastDay":"2026-03-05"}',
      'resume:x1:2 > setPaused {"ids":["x1"],"isPaused":false}',
      'copy:x1:2 > showSubscription {"id":"x1"}',
      'copy-to:x1:2 > ',
      'undo:key > undoChange {"key":"key"}',
      'unusual > showSubscription {"id":"x1"}',
      'tune:x1:wider > proposeSensitivity {"id":"x1","towards":"wider"}',
      'tune:x1:narrower > proposeSensitivity {"id":"x1","towards":"narrower"}',
      'tune:x1:filter > openFilter {"id":"x1"}',
      'tuned:x1:balanced:sure > useSensitivity {"id":"x1","from":"balanced","to":"sure"}',
      'fine:x1:2 > acceptUnusual {"id":"x1"}',
    ]);
  });

  it('of a history', async () => {
    expect(
      await all([
        ['history:2'],
        ['history:2:x1'],
        ['history:2::1'],
        ['history:-1'],
        ['history:1e999'],
        ['history:of', chosen('1')],
        ['history:of', chosen('server')],
        ['take-back:0', chosen('7')],
      ]),
    ).toEqual([
      'history:2 > showHistory {"page":2,"subscription":null,"channelId":null}',
      'history:2:x1 > showHistory {"page":2,"subscription":"x1","channelId":null}',
      'history:2::1 > showHistory {"page":2,"subscription":null,"channelId":"1"}',
      'history:-1 > showHistory {"page":0,"subscription":null,"channelId":null}',
      'history:1e999 > showHistory {"page":0,"subscription":null,"channelId":null}',
      'history:of > showHistory {"page":0,"subscription":null,"channelId":"1"}',
      'history:of > showHistory {"page":0,"subscription":null,"channelId":null}',
      'take-back:0 > undoEntry {"id":7}',
    ]);
  });

  it('of a file of settings, and of mutes', async () => {
    expect(
      await all([['import', { file: true }], ['import-now:key'], ['import-undo:key'], ['mute:key']]),
    ).toEqual([
      'import > mayImport {}',
      'import-now:key > importSettings {"key":"key"}',
      'import-undo:key > undoImport {"key":"key"}',
      'mute:key > undoMuting {"key":"key"}',
    ]);
  });

  it('of /why and of what was wrong', async () => {
    expect(
      await all([
        ['why:nonce'],
        ['why:nonce', chosen('p1')],
        ['why-in:1:2026-03-02:p1'],
        ['why-in:1:', chosen('p2')],
        ['wrong:nonce:p1'],
        ['wrong:nonce', chosen('p2')],
        ['mend:key:mute'],
        ['mend:key:nothing'],
      ]),
    ).toEqual([
      'why:nonce > explainPost {"nonce":"nonce","paper":null}',
      'why:nonce > explainPost {"nonce":"nonce","paper":"p1"}',
      'why-in:1:2026-03-02:p1 > explainPaper {"query":"p1","channelId":"1","date":"2026-03-02"}',
      'why-in:1: > explainPaper {"query":"p2","channelId":"1","date":""}',
      'wrong:nonce:p1 > notForUs {"nonce":"nonce","paper":"p1"}',
      'wrong:nonce > notForUs {"nonce":"nonce","paper":"p2"}',
      'mend:key:mute > mend {"key":"key","mend":"mute"}',
      'mend:key:nothing > ',
    ]);
  });

  it('of previews', async () => {
    expect(
      await all([
        ['begin'],
        ['begin-in', { channels: { 'begin-in': '1' } }],
        ['begin-in'],
        ['topic:key', chosen('diffusion')],
        ['like:key'],
        ['zone:key', chosen('UTC')],
        ['zone:key', chosen('other')],
        ['preview:key'],
        ['sensitivity:key', chosen('sure')],
        ['subscribe:key'],
        ['edit:x1'],
        ['edit:x1', { mentionsAll: true }],
        ['change:key'],
        ['typed:key'],
        ['filter-edit:x1:mark', { texts: { filter: 'ocean' } }],
        ['filter-edit:x1'],
        ['correct:key'],
        ['try:key'],
      ]),
    ).toEqual([
      'begin > mayBegin {}',
      'begin-in > offerTopics {"channelId":"1"}',
      'begin-in > ',
      'topic:key > recallTyped {"key":"key","forgotten":"preview.forgotten"}',
      'like:key > recallTyped {"key":"key","forgotten":"preview.forgotten"}',
      'zone:key > recallTyped {"key":"key","forgotten":"preview.forgotten"}',
      'zone:key > ',
      'preview:key > recallTyped {"key":"key","forgotten":"preview.forgotten"}',
      'sensitivity:key > recallTyped {"key":"key","forgotten":"preview.forgotten"}',
      'subscribe:key > recallOwnTyped {"key":"key"}',
      'edit:x1 > openSubscription {"id":"x1","mentionedBy":null}',
      'edit:x1 > openSubscription {"id":"x1","mentionedBy":{"userId":"mod","channelId":"here"}}',
      'change:key > recallTyped {"key":"key"}',
      'typed:key > recallTyped {"key":"key"}',
      'filter-edit:x1:mark > editFilter {"id":"x1","shown":"mark","filter":"ocean"}',
      'filter-edit:x1 > editFilter {"id":"x1","shown":null,"filter":""}',
      'correct:key > correctFilter {"key":"key"}',
      'try:key > testCorrected {"key":"key"}',
    ]);
    expect(['edit:x1', 'edit:x1:here'].map(isInPlace)).toEqual([false, true]);
  });
});
