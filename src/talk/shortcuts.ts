import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../design/focus.ts';
import { isOverlayOpen } from '../design/overlay.ts';
import { singleKeysOn } from './single-keys.ts';

export type Shortcut = 'mute' | 'interrupt' | 'message' | 'detector' | 'inspector';

interface KeyPress {
  readonly key: string;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Surroundings {
  /** Whether the key would write into a field. */
  readonly typing: boolean;
  /** Whether a popup is open; keys are then the popup's. */
  readonly overlayOpen: boolean;
  /** Whether the person lets single letters act. */
  readonly singleKeys: boolean;
}

/** What a key press asks for, if anything. Keys with a modifier belong to the browser. */
export function shortcutOf(press: KeyPress, around: Surroundings): Shortcut | undefined {
  if (press.repeat || press.isComposing || press.ctrlKey || press.metaKey || press.altKey)
    return undefined;
  if (around.overlayOpen) return undefined;
  if (press.key === 'Escape') return 'interrupt';
  if (around.typing || !around.singleKeys) return undefined;
  if (press.key.toLowerCase() === 'm') return 'mute';
  if (press.key.toLowerCase() === 'v') return 'detector';
  if (press.key.toLowerCase() === 'i') return 'inspector';
  return press.key === '/' ? 'message' : undefined;
}

/** Listens on the whole page, before any popup has closed itself on the same key. */
export function useShortcuts(act: (shortcut: Shortcut) => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutOf(event, {
      typing: isTyping(event.target),
      overlayOpen: isOverlayOpen(),
      singleKeys: singleKeysOn(),
    });
    if (!shortcut) return;
    // Without this the slash would be written into the box that it leads to.
    if (shortcut === 'message') event.preventDefault();
    act(shortcut);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    addEventListener('keydown', listener, { capture: true });
    return () => removeEventListener('keydown', listener, { capture: true });
  }, []);
}
