import { Camera, MonitorUp, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { sharingWords as said } from '../words/sharing.ts';
import { told } from '../words/told.ts';
import type { ShareObstacle, ShareSource } from './sharing.ts';

/** What is shared now, as the assistant gets it, with the way to end it; or why nothing is. */
export default function SharingTile({ className = '' }: { className?: string }) {
  const sharing = useConversation((state) => state.sharing);
  if (sharing.kind === 'none' || sharing.kind === 'asking') return null;
  return (
    <section aria-label={said.title} className={className}>
      {sharing.kind === 'live' ? (
        <Live source={sharing.source} stream={sharing.stream} />
      ) : (
        <Failed source={sharing.source} why={sharing.why} />
      )}
    </section>
  );
}

function Live({ source, stream }: { source: ShareSource; stream: MediaStream }) {
  const controls = useControls();
  const name = useConversation(({ capabilities }) => capabilities?.engine.name);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  const Picture = source === 'screen' ? MonitorUp : Camera;
  return (
    <div className="mt-2 flex items-center gap-3 rounded-2xl border-2 border-interrupted bg-surface p-2">
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        aria-label={said.preview[source]}
        className="h-16 w-24 shrink-0 rounded-lg bg-sunken object-contain sm:h-20 sm:w-32"
      />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex items-center gap-1.5 font-medium">
          <Picture aria-hidden="true" className="size-4 shrink-0 text-interrupted" />
          <span className="min-w-0">{said.live[source]}</span>
        </p>
        <p className="text-xs text-muted">{name ? said.seenBy(told(name)) : said.seenByNobody}</p>
      </div>
      <Button icon={X} onClick={() => controls.stopSharing()}>
        {said.stop}
      </Button>
    </div>
  );
}

function Failed({ source, why }: { source: ShareSource; why: ShareObstacle }) {
  const controls = useControls();
  return (
    <div
      role="alert"
      className="mt-2 flex items-center gap-3 rounded-2xl border border-line bg-surface py-1 pl-3 text-sm"
    >
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 flex-1">{said.obstacles[source][why]}</p>
      <button
        type="button"
        aria-label={said.dismiss}
        title={said.dismiss}
        onClick={() => controls.stopSharing()}
        className="inline-flex size-target shrink-0 items-center justify-center rounded-full text-muted hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
