import { useId } from 'react';
import {
  defaultSegmentSettings,
  thresholdOf,
  type SegmentSettings,
} from '../../vad/segmenting/segments.ts';
import { Button } from '../design/button.tsx';
import { Slider } from '../design/slider.tsx';
import { labWords } from '../words/lab.ts';
import { fixed } from '../words/formats.ts';
import { useLab, useLabState } from './lab-context.tsx';

/** What is made of the probabilities; nothing here needs the detector again. */
export function SettingsPanel() {
  const lab = useLab();
  const settings = useLabState((state) => state.settings);
  const heading = useId();
  const set = (change: Partial<SegmentSettings>): void =>
    lab.setSettings({ ...settings, ...change });
  return (
    <section aria-labelledby={heading} className="rounded-card border border-line bg-surface p-4">
      <h2 id={heading} className="text-base font-semibold">
        {labWords.settings.title}
      </h2>
      <p className="mt-1 mb-3 text-sm text-muted">{labWords.settings.now}</p>
      <div className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-1">
        <div>
          <Slider
            label={labWords.settings.sensitivity}
            value={settings.sensitivity}
            step={0.01}
            text={fixed(settings.sensitivity, 2)}
            onChange={(sensitivity) => set({ sensitivity })}
          />
          <p className="-mt-1 mb-2 text-xs text-muted">
            {labWords.settings.threshold(fixed(thresholdOf(settings.sensitivity), 2))}
          </p>
        </div>
        <Slider
          label={labWords.settings.minSpeech}
          value={settings.minSpeechMs}
          max={2000}
          step={10}
          text={labWords.settings.ms(settings.minSpeechMs)}
          onChange={(minSpeechMs) => set({ minSpeechMs })}
        />
        <Slider
          label={labWords.settings.minSilence}
          value={settings.minSilenceMs}
          max={2000}
          step={10}
          text={labWords.settings.ms(settings.minSilenceMs)}
          onChange={(minSilenceMs) => set({ minSilenceMs })}
        />
        <Slider
          label={labWords.settings.padding}
          value={settings.paddingMs}
          max={500}
          step={10}
          text={labWords.settings.ms(settings.paddingMs)}
          onChange={(paddingMs) => set({ paddingMs })}
        />
      </div>
      <Button
        tone="quiet"
        className="-ml-3"
        onClick={() => lab.setSettings(defaultSegmentSettings)}
      >
        {labWords.settings.reset}
      </Button>
    </section>
  );
}
