import { useEffect, useRef } from 'react';
import { useControls } from '../../app/conversation-context.tsx';
import { PresenceMotion } from './motion.ts';
import './presence.css';
import type { PresenceState } from './state.ts';

/** The assistant as one living shape that follows the real sound; pure decoration beside the words that name its state. */
export function Presence({
  state,
  muted = false,
  className = '',
}: {
  state: PresenceState;
  muted?: boolean;
  className?: string;
}) {
  const { levels } = useControls();
  const svg = useRef<SVGSVGElement>(null);
  const motion = useRef<PresenceMotion>(null);

  useEffect(() => {
    const paths = svg.current?.querySelectorAll<SVGPathElement>('[data-layer]') ?? [];
    motion.current = new PresenceMotion([...paths], levels, 'idle');
    return motion.current.run();
  }, [levels]);

  useEffect(() => motion.current?.show(state), [state]);

  return (
    <svg
      ref={svg}
      viewBox="-82 -82 164 164"
      aria-hidden="true"
      data-presence={state}
      data-muted={muted}
      className={`presence ${className}`}
    >
      <defs>
        <radialGradient id="presence-core" cx="38%" cy="30%" r="80%">
          <stop offset="0%" className="presence-light" />
          <stop offset="100%" className="presence-deep" />
        </radialGradient>
      </defs>
      <circle r="79" className="presence-ring" />
      <path data-layer="farthest" className="presence-veil" />
      <path data-layer="far" className="presence-veil" />
      <path data-layer="near" className="presence-veil" />
      <path data-layer="core" className="presence-core" />
    </svg>
  );
}
