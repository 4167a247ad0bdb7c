import { useEffect, useRef } from 'react';
import { words } from '../words/page.ts';

/** The assistant's face while it has one. Without sound: that comes through the room, where it can be cut. */
export function AvatarTile({ face, className = '' }: { face: MediaStream; className?: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = face;
    return () => {
      element.srcObject = null;
    };
  }, [face]);
  return (
    <video
      ref={video}
      autoPlay
      muted
      playsInline
      aria-label={words.avatar.label}
      className={`rounded-card border border-line bg-sunken object-cover ${className}`}
    />
  );
}
