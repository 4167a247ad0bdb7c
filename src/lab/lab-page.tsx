import { AudioLines } from 'lucide-react';
import { Header } from '../app/header.tsx';
import { labWords as said } from '../words/lab.ts';
import { BatchPanel } from './batch/batch-panel.tsx';
import { BenchmarkPanel } from './benchmark/benchmark-panel.tsx';
import { CostCalculator } from './cost/cost-calculator.tsx';
import { Intake } from './intake/intake.tsx';
import { useLabState } from './lab-context.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { RecordingView } from './wave/recording-view.tsx';

export function LabPage() {
  const any = useLabState(({ recordings }) => recordings.length > 0);
  return (
    <div className="flex min-h-dvh flex-col">
      <Header>
        <a
          href="/"
          className="inline-flex min-h-target items-center gap-2 rounded-full px-4 text-sm font-medium hover:bg-sunken"
        >
          <AudioLines aria-hidden="true" className="size-4.5" />
          {said.toTalk}
        </a>
      </Header>
      <main className="mx-auto w-full max-w-6xl flex-1 px-5 pb-12 sm:px-8">
        <div className={any ? 'pt-2' : 'pt-8 sm:pt-14'}>
          <h1
            className={`font-semibold tracking-[-0.03em] text-balance ${any ? 'text-2xl' : 'text-4xl sm:text-5xl'}`}
          >
            {any ? said.title : said.headline}
          </h1>
          {!any && <p className="mt-4 max-w-xl text-lg text-pretty text-muted">{said.line}</p>}
        </div>
        <Intake small={any} className={any ? 'mt-4' : 'mt-8'} />
        {any && (
          <div className="mt-6 grid gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
            <div className="min-w-0 lg:row-span-2">
              <BatchPanel />
            </div>
            <div className="lg:col-start-2">
              <SettingsPanel />
            </div>
            <div className="min-w-0 lg:col-span-2">
              <RecordingView />
            </div>
          </div>
        )}
        <CostCalculator className={any ? 'mt-10' : 'mt-16'} />
        <BenchmarkPanel className="mt-10" />
      </main>
    </div>
  );
}
