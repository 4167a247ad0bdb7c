import { useEffect } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { isTyping } from '../design/focus.ts';
import { isOverlayOpen } from '../design/overlay.ts';
import { isTalkKey, standsOnControl } from './keys.ts';

/** Takes the space bar for talking while this is shown. */
export function useTalkKey(): void {
  const { pushToTalk } = useControls();
  useEffect(() => {
    let holding = false;
    // A button that was clicked keeps the focus, but who clicked it does not mean it by the space bar.
    let walking = false;
    const onPointerDown = (): void => {
      walking = false;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Tab') walking = true;
      const talk = isTalkKey(event, {
        typing: isTyping(event.target),
        overlayOpen: isOverlayOpen(),
        onControl: walking && standsOnControl(event.target),
      });
      if (event.key !== ' ' || (!holding && !talk)) return;
      // It would scroll the transcript, or press the button that was clicked last.
      event.preventDefault();
      if (holding || event.repeat) return;
      holding = true;
      pushToTalk.press();
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (!holding || event.key !== ' ') return;
      // Firefox presses a focused button with the key's way up.
      event.preventDefault();
      end();
    };
    const end = (): void => {
      if (!holding) return;
      holding = false;
      pushToTalk.release();
    };
    const onHide = (): void => {
      if (document.hidden) end();
    };
    const options = { capture: true } as const;
    addEventListener('keydown', onKeyDown, options);
    addEventListener('keyup', onKeyUp, options);
    addEventListener('pointerdown', onPointerDown, options);
    // The key's way up goes to whatever window has the focus then: what was said until now is meant.
    addEventListener('blur', end);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      removeEventListener('keydown', onKeyDown, options);
      removeEventListener('keyup', onKeyUp, options);
      removeEventListener('pointerdown', onPointerDown, options);
      removeEventListener('blur', end);
      document.removeEventListener('visibilitychange', onHide);
      if (holding) pushToTalk.cancel();
    };
  }, [pushToTalk]);
}
