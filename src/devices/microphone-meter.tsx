import { useEffect, useRef } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { animate } from '../design/frames.ts';
import { isUnseen } from '../levels/level.ts';
import { words } from '../words/page.ts';

/** Assistive technology gets the level this often; the bar follows it at every frame. */
const spokenEveryMs = 500;

export function MicrophoneMeter() {
  const { levels } = useControls();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let lastSpokenMs = 0;
    const draw = (nowMs: number): void => {
      const level = Math.min(1, levels.microphone());
      const element = bar.current;
      if (element?.firstElementChild instanceof HTMLElement) {
        element.firstElementChild.style.scale = `${level.toFixed(3)} 1`;
        if (nowMs - lastSpokenMs > spokenEveryMs) {
          element.setAttribute('aria-valuenow', String(Math.round(level * 100)));
          lastSpokenMs = nowMs;
        }
      }
    };
    return animate({ draw, isCalm: () => isUnseen(levels.microphone()) });
  }, [levels]);
  return (
    <div
      ref={bar}
      role="meter"
      aria-label={words.controls.microphoneLevel}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="mt-2 h-1.5 overflow-hidden rounded-full bg-ghost"
    >
      <div className="h-full origin-left rounded-full bg-listening" />
    </div>
  );
}
