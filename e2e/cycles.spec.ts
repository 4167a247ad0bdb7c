import type { CDPSession, Page } from '@playwright/test';
import { detectorUrl, type DetectorPart } from './fixtures/built-detector.ts';
import { Parley } from './parley.ts';
import { stack } from './stack/stack.ts';
import { roomToken } from './stack/tokens.ts';
import type { DetectorEvent } from '../src/vad/messages.ts';
import { expect, test as base, thorough } from './test.ts';

/** What a page holds that the browser does not give back by itself. */
interface Holdings {
  readonly contexts: number;
  readonly workers: number;
  readonly liveTracks: number;
}

/** Runs in the page before its own scripts, and counts without keeping anything alive. */
function takeCensus(): void {
  let workers = 0;
  const contexts: WeakRef<AudioContext>[] = [];
  const tracks: WeakRef<MediaStreamTrack>[] = [];
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(new WeakRef(this));
    }
  };
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers += 1;
    }
    override terminate(): void {
      workers -= 1;
      super.terminate();
    }
  };
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    tracks.push(...stream.getTracks().map((track) => new WeakRef(track)));
    return stream;
  };
  const clone = Reflect.get(MediaStreamTrack.prototype, 'clone');
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
    const copy = clone.call(this);
    tracks.push(new WeakRef(copy));
    return copy;
  };
  window.holdings = () => ({
    contexts: contexts.filter((it) => (it.deref()?.state ?? 'closed') !== 'closed').length,
    workers,
    liveTracks: tracks.filter((it) => it.deref()?.readyState === 'live').length,
  });
}

declare global {
  interface Window {
    holdings: () => Holdings;
    listening: Promise<{ context: AudioContext; track: MediaStreamTrack }>;
  }
}

/** Of Chromium: what is left of the page's objects after everything that can go has gone. */
class Heap {
  readonly #devtools: CDPSession;

  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  static async of(page: Page): Promise<Heap> {
    return new Heap(await page.context().newCDPSession(page));
  }

  async bytes(): Promise<number> {
    await this.#collect();
    return (await this.#devtools.send('Runtime.getHeapUsage')).usedSize;
  }

  /** How many objects there are of each of these interfaces. */
  async count(...names: string[]): Promise<Record<string, number>> {
    await this.#collect();
    const counts: Record<string, number> = {};
    for (const name of names) {
      const prototype = await this.#devtools.send('Runtime.evaluate', {
        expression: `${name}.prototype`,
        objectGroup: 'census',
      });
      const { objects } = await this.#devtools.send('Runtime.queryObjects', {
        prototypeObjectId: prototype.result.objectId ?? '',
        objectGroup: 'census',
      });
      const length = await this.#devtools.send('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration: 'function () { return this.length; }',
      });
      counts[name] = Number(length.result.value);
    }
    await this.#devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'census' });
    return counts;
  }

  async #collect(): Promise<void> {
    for (let pass = 0; pass < 3; pass += 1)
      await this.#devtools.send('HeapProfiler.collectGarbage');
  }
}

/** Starts and stops the page's detector so often, each time until it has heard something. */
async function cycleDetector(page: Page, cycles: number): Promise<void> {
  await page.evaluate(
    async ([url, count]) => {
      const { Detector } = (await import(url)) as DetectorPart;
      const { context, track } = await window.listening;
      for (let cycle = 0; cycle < count; cycle += 1) {
        let tell: (event: DetectorEvent) => void = () => undefined;
        const detector = await Detector.start({
          context,
          sensitivity: 'normal',
          onEvent: (event) => tell(event),
        });
        // At once, as the page does when its panel is open: the worker is still loading then.
        detector.watch(true);
        const release = detector.listenTo(track);
        await new Promise<void>((resolve, reject) => {
          tell = (event) => {
            if (event.kind === 'failed') reject(new Error(event.message));
            if (event.kind === 'frame') resolve();
          };
        });
        release();
        detector.stop();
      }
    },
    [detectorUrl(), cycles] as const,
  );
}

/** Opens a sound graph and the microphone, as a call does. */
async function beginListening(page: Page): Promise<void> {
  // A browser lets a page make sound once it has been touched.
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.evaluate(async () => {
    const context = new AudioContext();
    window.listening = context.resume().then(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const [track] = stream.getAudioTracks();
      if (!track) throw new Error('The microphone has no track.');
      return { context, track };
    });
    await window.listening;
  });
}

type Census = Readonly<Record<string, number>>;

/** How many there are of each. */
async function stateOf(page: Page, heap: Heap | undefined): Promise<Census> {
  return {
    ...(await page.evaluate(() => window.holdings())),
    ...(await heap?.count(
      'AudioContext',
      'AudioWorkletNode',
      'MediaStreamAudioSourceNode',
      'RTCPeerConnection',
      'Worker',
    )),
  };
}

/** What there is more of than before. Some of what was there may have been collected only since. */
function leftBehind(before: Census, now: Census): Census {
  return Object.fromEntries(Object.entries(now).filter(([name, n]) => n > (before[name] ?? 0)));
}

const test = base.extend<{ bareParley: Parley }>({
  /** Without the tests' own ears and microphone, which keep what they have once heard. */
  bareParley: async ({ browser, speech }, use) => {
    const context = await browser.newContext();
    await context.addInitScript(takeCensus);
    const parley = new Parley(await context.newPage(), speech);
    await parley.open();
    await use(parley);
    await context.close();
  },
});

const cycles = 100;
/** What a browser keeps of code that it has come to know better, and of the test's own questions, in bytes. */
const slackBytes = 400_000;

test(`the detector is started and stopped ${cycles} times and leaves nothing behind`, async ({
  bareParley: { page },
  browserName,
}) => {
  await beginListening(page);
  await cycleDetector(page, 10);
  const heap = browserName === 'chromium' ? await Heap.of(page) : undefined;
  const before = await stateOf(page, heap);
  const bytesBefore = (await heap?.bytes()) ?? 0;

  await cycleDetector(page, cycles);
  expect(leftBehind(before, await stateOf(page, heap))).toEqual({});
  const grownBytes = ((await heap?.bytes()) ?? 0) - bytesBefore;
  test.info().annotations.push({ type: 'heap', description: `${grownBytes} bytes grown` });
  expect(grownBytes).toBeLessThan(slackBytes);
});

const joins = 15;

test(
  `${joins} times joined and left, the page is as it was`,
  thorough,
  async ({ bareParley: parley, browserName, roomName }) => {
    const { page } = parley;
    await parley.connect({ url: stack.livekitUrl, token: await roomToken({ room: roomName }) });
    const untilThere = async (): Promise<void> => {
      await expect(parley.button('Mute microphone')).toBeEnabled();
      await parley.untilListening();
    };
    const leaveAndJoin = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        await parley.leave();
        await parley.button('Join the same room again').click();
        await untilThere();
      }
    };
    await untilThere();
    await leaveAndJoin(4);
    const heap = browserName === 'chromium' ? await Heap.of(page) : undefined;
    // Chromium gives a call's nodes back only when its graph runs again, and between calls that rests.
    const nodesOfACall = await heap?.count('AudioWorkletNode');
    await parley.leave();
    const before = { ...(await stateOf(page, heap)), ...nodesOfACall };
    const bytesBefore = (await heap?.bytes()) ?? 0;

    await parley.button('Join the same room again').click();
    await untilThere();
    await leaveAndJoin(joins - 1);
    await parley.leave();
    // What was disconnected in the last moment goes with the next collection.
    await expect.poll(async () => leftBehind(before, await stateOf(page, heap))).toEqual({});
    const grownBytes = ((await heap?.bytes()) ?? 0) - bytesBefore;
    test.info().annotations.push({ type: 'heap', description: `${grownBytes} bytes grown` });
  },
);
