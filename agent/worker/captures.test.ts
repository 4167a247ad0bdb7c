import { AudioFrame, AudioSource } from '@livekit/rtc-node';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { captureOneByOne } from './captures.ts';

const rateHz = 24_000;
const queueMs = 100;

beforeAll(captureOneByOne);

function source(): AudioSource {
  const made = new AudioSource(rateHz, 1, queueMs);
  onTestFinished(() => made.close());
  return made;
}

/** As much sound as the source has room for. */
function frame(): AudioFrame {
  return AudioFrame.create(rateHz, 1, (rateHz * queueMs) / 1000);
}

it('takes frames that are offered at once, one after another', async () => {
  const full = source();
  await Promise.all([1, 2, 3, 4].map(() => full.captureFrame(frame())));
});

it('takes the first frame of a reply at once where the last of another was dropped', async () => {
  const full = source();
  const dropped = [1, 2, 3, 4, 5, 6, 7, 8].map(() => full.captureFrame(frame()));
  full.clearQueue();
  await full.captureFrame(frame());
  await Promise.all(dropped);
  expect(full.queuedDuration).toBeLessThanOrEqual(2 * queueMs);
});
