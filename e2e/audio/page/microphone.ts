/**
 * Runs in the page before its own scripts. Takes the place of the browser's capture devices, so that a test can speak at
 * any moment: Chromium's own fake microphone starts its file anew at each `getUserMedia`, Firefox's has only a tone.
 */

export interface VirtualMicrophone {
  /** Plays an audio file (base64) into one device. Resolves when its last sample has been played. */
  say(clip: string, deviceId?: string): Promise<void>;
  /** Makes every `getUserMedia` reject with a `DOMException` of this name, until called with undefined. */
  refuseWith(errorName: string | undefined): void;
  /** Takes one device away as if unplugged: its tracks end and the page gets `devicechange`. */
  unplug(deviceId: string): void;
  plugIn(deviceId: string, label: string): void;
  /** From then on a device gives nothing at all, not even noise, like one with a switch of its own. */
  switchOff(deviceId: string, off: boolean): void;
  isOpen(deviceId: string): boolean;
}

declare global {
  interface Window {
    microphone: VirtualMicrophone;
  }
}

interface Device {
  readonly deviceId: string;
  readonly label: string;
}

interface DressedAs extends Device {
  readonly echoCancellation: boolean;
}

const resumeLimitMs = 5000;
/** Nobody speaks in the same instant in which a microphone opens. */
const breathMs = 100;

class PageMicrophone implements VirtualMicrophone {
  private devices: Device[] = [
    { deviceId: 'virtual-1', label: 'Virtual microphone' },
    { deviceId: 'virtual-2', label: 'Second virtual microphone' },
  ];
  private readonly tracks = new Map<string, Set<MediaStreamTrack>>();
  /** When each device was opened last, by the clock of the context. */
  private readonly openedAtS = new Map<string, number>();
  private readonly buses = new Map<string, GainNode>();
  private context: AudioContext | undefined;
  private refusal: string | undefined;
  private permitted = false;

  constructor(private readonly native: MediaDevices) {}

  readonly open = async (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
    if (this.refusal !== undefined) {
      throw new DOMException('Refused by the test.', this.refusal);
    }
    const device = this.choose(constraints.audio);
    this.permitted = true;
    const { stream } = this.newDestination(device);
    this.openedAtS.set(device.deviceId, this.graph().currentTime);
    const echoCancellation = !isUntreated(constraints.audio);
    for (const track of stream.getAudioTracks()) this.dress(track, { ...device, echoCancellation });
    return Promise.resolve(stream);
  };

  /** Like a browser, it keeps names and ids to itself until the microphone has been opened once. */
  readonly list = async (): Promise<MediaDeviceInfo[]> => {
    const others = (await this.nativeDevices()).filter(({ kind }) => kind !== 'audioinput');
    const own = this.permitted
      ? this.devices.map(({ deviceId, label }) => deviceInfo(deviceId, label))
      : this.devices.slice(0, 1).map(() => deviceInfo('', ''));
    return [...own, ...others];
  };

  async say(clip: string, deviceId = this.devices[0]?.deviceId ?? ''): Promise<void> {
    const context = await this.running();
    const bytes = Uint8Array.from(atob(clip), (letter) => letter.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(this.bus(deviceId));
    await new Promise<void>((resolve) => {
      source.onended = () => resolve();
      source.start((this.openedAtS.get(deviceId) ?? 0) + breathMs / 1000);
    });
  }

  refuseWith(errorName: string | undefined): void {
    this.refusal = errorName;
  }

  unplug(deviceId: string): void {
    this.devices = this.devices.filter((device) => device.deviceId !== deviceId);
    for (const track of this.tracks.get(deviceId) ?? []) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    this.tracks.delete(deviceId);
    this.native.dispatchEvent(new Event('devicechange'));
  }

  plugIn(deviceId: string, label: string): void {
    this.devices = [...this.devices, { deviceId, label }];
    this.native.dispatchEvent(new Event('devicechange'));
  }

  switchOff(deviceId: string, off: boolean): void {
    this.bus(deviceId).gain.value = off ? 0 : 1;
  }

  isOpen(deviceId: string): boolean {
    const tracks = [...(this.tracks.get(deviceId) ?? [])];
    return tracks.some(({ readyState }) => readyState === 'live');
  }

  private choose(audio: boolean | MediaTrackConstraints | undefined): Device {
    const wanted =
      typeof audio === 'object' ? readDeviceId(audio.deviceId) : { ids: [], exact: false };
    const first = this.devices[0];
    if (!first) throw new DOMException('Every device is unplugged.', 'NotFoundError');
    const match = this.devices.find(({ deviceId }) => wanted.ids.includes(deviceId));
    const anyWillDo = wanted.ids.length === 0 || wanted.ids.includes('default');
    if (!match && wanted.exact && !anyWillDo) {
      throw new DOMException('No such device.', 'OverconstrainedError');
    }
    return match ?? first;
  }

  private newDestination(device: Device): MediaStreamAudioDestinationNode {
    const destination = this.graph().createMediaStreamDestination();
    destination.channelCount = 1;
    this.bus(device.deviceId).connect(destination);
    // Before a gesture it may stay suspended; `say` tries again, and then tells.
    this.running().catch(() => undefined);
    return destination;
  }

  /** Gives a Web Audio track the name and id that the page expects of a captured one. */
  private dress(track: MediaStreamTrack, { label, ...own }: DressedAs): void {
    const { deviceId } = own;
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), ...own, groupId: 'virtual' });
    // LiveKit applies echo cancelling and the like anew on an open track; Web Audio tracks refuse that.
    track.applyConstraints = async () => Promise.resolve();
    Object.defineProperty(track, 'label', { get: () => label });
    const ofDevice = this.tracks.get(deviceId) ?? new Set();
    this.tracks.set(deviceId, ofDevice.add(track));
  }

  private bus(deviceId: string): GainNode {
    const existing = this.buses.get(deviceId);
    if (existing) return existing;
    const bus = this.graph().createGain();
    // A real microphone is never quite silent, and without a source that never ends the tracks would deliver no frames.
    const noise = new AudioBufferSourceNode(this.graph(), { buffer: this.noise(), loop: true });
    noise.connect(bus);
    noise.start();
    this.buses.set(deviceId, bus);
    return bus;
  }

  /** A second of noise at -80 dBFS. */
  private noise(): AudioBuffer {
    const { sampleRate } = this.graph();
    const buffer = new AudioBuffer({ length: sampleRate, sampleRate });
    const samples = buffer.getChannelData(0);
    samples.forEach((_, i) => (samples[i] = (2 * Math.random() - 1) / 5000));
    return buffer;
  }

  private graph(): AudioContext {
    return (this.context ??= new AudioContext());
  }

  private async running(): Promise<AudioContext> {
    const context = this.graph();
    if (context.state === 'running') return context;
    let timer = 0;
    const limit = new Promise<never>((_, reject) => {
      timer = window.setTimeout(
        () => reject(new Error(`The microphone's AudioContext stays ${context.state}.`)),
        resumeLimitMs,
      );
    });
    await Promise.race([context.resume(), limit]).finally(() => window.clearTimeout(timer));
    return context;
  }

  private async nativeDevices(): Promise<MediaDeviceInfo[]> {
    return MediaDevices.prototype.enumerateDevices.call(this.native);
  }
}

/** The page asks for its one microphone a second time so. Nothing is treated here; it is only said to be. */
function isUntreated(audio: boolean | MediaTrackConstraints | undefined): boolean {
  return typeof audio === 'object' && audio.echoCancellation === false;
}

function readDeviceId(constraint: ConstrainDOMString | undefined): {
  ids: string[];
  exact: boolean;
} {
  if (constraint === undefined) return { ids: [], exact: false };
  if (typeof constraint === 'string') return { ids: [constraint], exact: false };
  if (Array.isArray(constraint)) return { ids: constraint, exact: false };
  const { exact, ideal } = constraint;
  return { ids: [exact ?? ideal ?? []].flat(), exact: exact !== undefined };
}

function deviceInfo(deviceId: string, label: string): MediaDeviceInfo {
  const fields = { kind: 'audioinput' as const, deviceId, label, groupId: deviceId && 'virtual' };
  return { ...fields, toJSON: () => fields };
}

// An insecure page has no `mediaDevices`, and must meet none here either.
const native = navigator.mediaDevices as MediaDevices | undefined;
if (native) {
  const microphone = new PageMicrophone(native);
  native.getUserMedia = microphone.open;
  native.enumerateDevices = microphone.list;
  window.microphone = microphone;
}
