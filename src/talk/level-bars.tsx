import { useEffect, useRef } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { animate } from '../design/frames.ts';
import { isUnseen } from '../levels/level.ts';

const shares = [0.55, 1, 0.75, 0.45] as const;

/** The microphone's level as four small bars that follow it. */
export function LevelBars({ className = '' }: { className?: string }) {
  const { levels } = useControls();
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const bars = [...(root.current?.children ?? [])] as HTMLElement[];
    const draw = (): void => {
      const level = levels.microphone();
      bars.forEach((bar, i) => {
        bar.style.scale = `1 ${(0.18 + 0.82 * Math.min(1, level * 1.6) * (shares[i] ?? 1)).toFixed(2)}`;
      });
    };
    return animate({ draw, isCalm: () => isUnseen(levels.microphone()) });
  }, [levels]);
  return (
    <span ref={root} aria-hidden="true" className={`flex h-4.5 items-center gap-0.75 ${className}`}>
      {shares.map((share) => (
        <span key={share} className="h-full w-0.75 rounded-full bg-current" />
      ))}
    </span>
  );
}
