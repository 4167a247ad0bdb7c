import { AudioSource, type AudioFrame } from '@livekit/rtc-node';

type Capture = (this: AudioSource, frame: AudioFrame) => Promise<void>;
type Clear = (this: AudioSource) => void;

interface Queue {
  /** The capture that was begun last. */
  last: Promise<void>;
  /** Counts how often all that waits was dropped. */
  clearings: number;
}

const queues = new WeakMap<AudioSource, Queue>();

/**
 * Gives LiveKit's source of sound one frame after another. It (rtc-node 0.13) refuses a frame while another waits for room,
 * with "InvalidState - failed to capture frame"; the framework (agents 1.9.0) offers the first frame of a reply while the
 * last one of the interrupted reply still waits where the machine is busy, takes the refusal for the end of the stream, and the
 * reply is lost.
 */
export function captureOneByOne(): void {
  const { prototype } = AudioSource;
  const captureFrame: Capture = Reflect.get(prototype, 'captureFrame');
  const clearQueue: Clear = Reflect.get(prototype, 'clearQueue');
  prototype.captureFrame = function (this: AudioSource, frame: AudioFrame): Promise<void> {
    const queue = queueOf(this);
    const { clearings } = queue;
    const turn = queue.last
      .catch(() => undefined)
      .then(async () => {
        // What waited when the queue was cleared belonged to it.
        if (queue.clearings === clearings) await captureFrame.call(this, frame);
      });
    queue.last = turn;
    return turn;
  };
  prototype.clearQueue = function (this: AudioSource): void {
    queueOf(this).clearings += 1;
    clearQueue.call(this);
  };
}

function queueOf(source: AudioSource): Queue {
  const known = queues.get(source);
  if (known) return known;
  const queue: Queue = { last: Promise.resolve(), clearings: 0 };
  queues.set(source, queue);
  return queue;
}
