import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Sound that has just come from a client (mono PCM), or that is about to go out to one. */
export type WireSound =
  { readonly direction: 'received'; readonly pcm: Int16Array } | { readonly direction: 'sent' };

const name = 'parley:wire-sound';
const wireSound = channel(name);

/** An emulator tells of its sound at the moment it passes. Costs nothing while nobody watches. */
export function soundPasses(sound: WireSound): void {
  if (wireSound.hasSubscribers) wireSound.publish(sound);
}

/** Hears of the sound of every emulator in this process, at once. Returns the release. */
export function watchWireSound(onSound: (sound: WireSound) => void): () => void {
  // Nobody else publishes on this channel.
  const listener = (sound: unknown) => onSound(sound as WireSound);
  subscribe(name, listener);
  return () => void unsubscribe(name, listener);
}
