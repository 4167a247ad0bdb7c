import { MonitorUp } from 'lucide-react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { Menu } from '../app/late-parts.ts';
import { IconButton } from '../design/icon-button.tsx';
import { sharingWords as said } from '../words/sharing.ts';
import { told } from '../words/told.ts';
import { capture, shareable } from './capture.ts';

/** Offers screen and camera to whatever answers, or says who could see them. Nothing where nobody here could. */
export default function ShareButton({ onSettings }: { onSettings: () => void }) {
  const controls = useControls();
  const live = useConversation(({ sharing }) => sharing.kind === 'live');
  const engine = useConversation(({ capabilities }) => capabilities?.engine);
  const providers = useConversation(({ capabilities }) => capabilities?.providers);
  const sources = shareable();
  const seeing = (providers ?? []).filter(({ sees, missing }) => sees && missing.length === 0);
  if (!engine || sources.length === 0 || (!engine.sees && seeing.length === 0)) return null;
  const share = sources.map((source) => ({
    label: said.share[source],
    choose: () => controls.share(source, capture(source)),
  }));
  const elsewhere = [
    said.cannotBeShown(told(engine.name)),
    ...seeing.map(({ name }) => said.choose(told(name))),
  ].map((label) => ({ label, choose: onSettings }));
  const stop = { label: said.stop, choose: () => controls.stopSharing() };
  return (
    <Late>
      <Menu
        trigger={<IconButton label={said.title} icon={MonitorUp} className="self-center" />}
        items={engine.sees ? [...share, ...(live ? [stop] : [])] : elsewhere}
      />
    </Late>
  );
}
