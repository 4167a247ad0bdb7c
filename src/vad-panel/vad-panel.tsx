import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { policies } from '../barge-in/policy.ts';
import { IconButton } from '../design/icon-button.tsx';
import { bargeInWords } from '../words/barge-in.ts';
import { words } from '../words/page.ts';
import { Figures } from './figures.tsx';
import { Legend } from './legend.tsx';
import { PlotCanvas } from './plot-canvas.tsx';
import { Trace } from './trace.ts';

/** What the speech detector hears and decides, as it happens. Part of the page, so that one can talk while it is open. */
export default function VadPanel({ onClose }: { onClose: () => void }) {
  const controls = useControls();
  const sensitivity = useConversation((state) => state.sensitivity);
  const [trace] = useState(() => new Trace());
  useEffect(() => controls.watchDetector((frame) => trace.add(frame)), [controls, trace]);
  return (
    <section
      aria-label={bargeInWords.panel.title}
      className="max-h-[50dvh] shrink-0 overflow-y-auto border-b border-line px-3 pb-3 sm:px-6"
    >
      <div className="-mr-2 flex items-center justify-between gap-4">
        <h2 className="text-sm font-semibold">{bargeInWords.panel.title}</h2>
        <IconButton label={words.controls.close} icon={X} onClick={onClose} />
      </div>
      <PlotCanvas
        label={bargeInWords.panel.plot}
        trace={trace}
        policy={sensitivity === 'off' ? undefined : policies[sensitivity]}
      />
      <Legend />
      <Figures trace={trace} />
    </section>
  );
}
