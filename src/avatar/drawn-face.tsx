import { useEffect, useRef } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { animate } from '../design/frames.ts';
import { words } from '../words/page.ts';
import type { Mouth } from './mouth.ts';

/** A few strokes whose mouth follows the voice, where the provider tells its shapes and shows no face of its own. */
export function DrawnFace({ className = '' }: { className?: string }) {
  const controls = useControls();
  const lips = useRef<SVGEllipseElement>(null);
  useEffect(() => {
    const draw = (): void => {
      if (lips.current) shape(lips.current, controls.mouth());
    };
    return animate({ draw });
  }, [controls]);
  return (
    <svg
      role="img"
      aria-label={words.avatar.label}
      viewBox="0 0 100 100"
      className={`rounded-card border border-line bg-sunken text-ink ${className}`}
    >
      <circle cx="34" cy="38" r="4" fill="currentColor" />
      <circle cx="66" cy="38" r="4" fill="currentColor" />
      <ellipse ref={lips} cx="50" cy="68" rx="14" ry="1" fill="currentColor" />
    </svg>
  );
}

function shape(lips: SVGEllipseElement, { open, wide }: Mouth): void {
  lips.setAttribute('rx', (6 + 16 * wide).toFixed(1));
  lips.setAttribute('ry', (1 + 12 * open).toFixed(1));
}
