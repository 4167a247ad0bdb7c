import type { StoreApi } from 'zustand/vanilla';
import type { ConversationState } from '../conversation/state.ts';
import { save } from '../saving/save.ts';
import { fileNameAt } from '../transcript/export.ts';
import { mayBeNoted, notedBetween } from './noted.ts';
import { PageLog } from './page-log.ts';

let kept: PageLog | undefined;

/** Begins to keep the log of this page, if it is not kept yet. It lasts as long as the page, in memory alone. */
export function keepLog(store: StoreApi<ConversationState>): void {
  if (kept) return;
  const log = new PageLog({ wall: () => Date.now(), steady: () => performance.now() });
  kept = log;
  const note = (now: ConversationState, before?: ConversationState): void => {
    for (const { event, about } of notedBetween(before, now)) log.note(event, about);
  };
  note(store.getState());
  store.subscribe((now, before) => {
    if (mayBeNoted(before, now)) note(now, before);
  });
  followBrowser(log);
}

/** Hands what has been noted so far to the browser's downloads. */
export function saveLog(): void {
  if (!kept) return;
  const { userAgent, language } = navigator;
  const page = { savedAt: new Date().toISOString(), browser: userAgent, language };
  const json = kept.toJson(page);
  save(`${fileNameAt(Date.now())}-log.json`, new Blob([json], { type: 'application/json' }));
}

/** What the browser and the machine do to the page. */
function followBrowser(log: PageLog): void {
  for (const event of ['online', 'offline']) addEventListener(event, () => log.note(event));
  for (const event of ['freeze', 'resume']) {
    document.addEventListener(event, () => log.note(`page ${event}`));
  }
  document.addEventListener('visibilitychange', () =>
    log.note('page', { visible: !document.hidden }),
  );
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', () => void noteDevices(log, devices));
  // What an error says may quote what it stumbled over, which may be words of the talk.
  addEventListener('error', ({ error, filename, lineno }) =>
    log.note('fault', { name: nameOf(error), at: `${filename.split('/').at(-1)}:${lineno}` }),
  );
  addEventListener('unhandledrejection', ({ reason }) =>
    log.note('fault', { name: nameOf(reason) }),
  );
}

/** How many there are; their names are the person's own affair. */
async function noteDevices(log: PageLog, devices: MediaDevices): Promise<void> {
  const found = await devices.enumerateDevices().catch(() => []);
  const count = (kind: MediaDeviceKind): number =>
    found.filter((device) => device.kind === kind).length;
  log.note('devices', { microphones: count('audioinput'), speakers: count('audiooutput') });
}

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : typeof fault;
}
