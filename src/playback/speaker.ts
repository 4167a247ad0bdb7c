/** Chromium can send a whole AudioContext to a device; no type for it in the DOM library yet. */
interface SinkableContext {
  setSinkId(deviceId: string): Promise<void>;
}

/** Where the sound of a graph comes out: the default device, or one that the person chose. */
export class Speaker {
  readonly #context: AudioContext;
  readonly #source: AudioNode;
  #element: HTMLAudioElement | undefined;

  /** Begins on the default device. */
  constructor(source: AudioNode, context: AudioContext) {
    this.#source = source;
    this.#context = context;
    source.connect(context.destination);
  }

  /** The element that the sound goes through, where there is one, has been paused. */
  get paused(): boolean {
    return this.#element?.paused ?? false;
  }

  play(): void {
    this.#element?.play().catch(() => undefined);
  }

  /** Moves the sound to another device, `default` for the system's. Rejects, and stays where it was, if that fails. */
  async choose(deviceId: string): Promise<void> {
    const sinkId = deviceId === 'default' ? '' : deviceId;
    if (isSinkable(this.#context)) {
      await this.#context.setSinkId(sinkId);
    } else if (sinkId === '') {
      this.#leaveElement();
    } else {
      // Firefox can choose a device only for a media element, so the graph ends in one.
      await this.#playThroughElement(sinkId);
    }
  }

  async #playThroughElement(sinkId: string): Promise<void> {
    const element = this.#element ?? new Audio();
    await element.setSinkId(sinkId);
    if (this.#element) return;
    const destination = this.#context.createMediaStreamDestination();
    element.srcObject = destination.stream;
    this.#source.connect(destination);
    try {
      await element.play();
    } catch (error) {
      this.#source.disconnect(destination);
      element.srcObject = null;
      throw error;
    }
    this.#source.disconnect(this.#context.destination);
    this.#element = element;
  }

  #leaveElement(): void {
    if (!this.#element) return;
    this.#source.disconnect();
    this.#source.connect(this.#context.destination);
    this.#element.srcObject = null;
    this.#element = undefined;
  }
}

function isSinkable(context: object): context is SinkableContext {
  return 'setSinkId' in context;
}

/** Whether this device is plugged in, as far as the browser tells; without permission it tells nothing. */
export async function isPluggedIn(kind: MediaDeviceKind, deviceId: string): Promise<boolean> {
  if (deviceId === 'default') return true;
  const devices = await navigator.mediaDevices.enumerateDevices();
  const named = devices.filter((device) => device.kind === kind && device.deviceId !== '');
  return named.length === 0 || named.some((device) => device.deviceId === deviceId);
}

/** What the browser calls a speaker, where it says so. */
export async function nameOfSpeaker(deviceId: string): Promise<string | undefined> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const found = devices.find(
    (device) => device.kind === 'audiooutput' && device.deviceId === deviceId,
  );
  return found?.label === '' ? undefined : found?.label;
}
