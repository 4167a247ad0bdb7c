import { Mic } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Header } from '../app/header.tsx';
import { LabLink } from '../app/lab-link.tsx';
import { Late } from '../app/late.tsx';
import { fetchTalk, SoundCheckButton } from '../app/late-parts.ts';
import { Button } from '../design/button.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import { SettingsButton } from '../settings/settings-button.tsx';
import { providerOf } from '../settings/state.ts';
import { Presence } from '../talk/presence/presence.tsx';
import { words } from '../words/page.ts';

interface StartScreenProps {
  problems: ReactNode;
  onManual: () => void;
  onSettings: () => void;
  onHistory: () => void;
  onSoundCheck: () => void;
}

export function StartScreen({
  problems,
  onManual,
  onSettings,
  onHistory,
  onSoundCheck,
}: StartScreenProps) {
  const controls = useControls();
  const engine = useConversation(({ settings }) => {
    const provider = providerOf(settings);
    return settings.known?.providers.find(({ id }) => id === provider)?.name;
  });
  const [about, setAbout] = useState(false);
  const setIntent = (near: boolean): void => {
    setAbout(near);
    if (near) fetchTalk();
  };
  return (
    <div className="flex min-h-dvh flex-col">
      <Header>
        <LabLink />
        <HistoryButton onOpen={onHistory} />
        <SettingsButton onOpen={onSettings} />
      </Header>
      <main className="mx-auto flex w-full max-w-6xl flex-1 flex-col px-5 pb-[max(1.5rem,env(safe-area-inset-bottom))] sm:px-8">
        {problems}
        <div className="grid flex-1 content-center items-center gap-x-8 gap-y-6 py-4 lg:grid-cols-[6fr_5fr]">
          <Presence
            state={about ? 'listening' : 'idle'}
            className="mx-auto w-44 max-w-full sm:w-64 lg:order-last lg:w-full lg:max-w-112"
          />
          <div className="flex flex-col items-center text-center lg:items-start lg:text-left">
            <h1 className="text-4xl font-semibold tracking-[-0.035em] text-balance sm:text-5xl lg:text-6xl">
              {words.product.headline}
            </h1>
            <p className="mt-4 max-w-md text-lg text-pretty text-muted">{words.product.line}</p>
            <div className="mt-8 flex w-full flex-col gap-2 sm:w-auto sm:flex-row sm:gap-3">
              <Button
                tone="primary"
                size="large"
                icon={Mic}
                onClick={() => void controls.start()}
                // The shape takes the colour of listening while one is about to talk.
                onPointerEnter={() => setIntent(true)}
                onPointerLeave={() => setIntent(false)}
                onFocus={() => setIntent(true)}
                onBlur={() => setIntent(false)}
              >
                {words.start.talk}
              </Button>
              <Button tone="quiet" size="large" onClick={onManual}>
                {words.start.connect}
              </Button>
            </div>
            {/* It keeps its place until it comes, so that nothing jumps under the finger. */}
            <div className="mt-2 min-h-target">
              <Late>
                <SoundCheckButton onOpen={onSoundCheck} />
              </Late>
            </div>
            <section className="mt-10 w-full max-w-md">
              <h2 className="text-sm font-medium text-muted">{words.start.suggestionsTitle}</h2>
              <ul
                lang={words.start.suggestionsLanguage}
                className="mt-2 divide-y divide-line border-y border-line"
              >
                {words.start.suggestions.map((suggestion) => (
                  <li key={suggestion} className="py-2.5">
                    “{suggestion}”
                  </li>
                ))}
              </ul>
            </section>
            {engine && (
              <p className="mt-4 text-sm text-muted">
                {words.start.answering} {engine}
              </p>
            )}
          </div>
        </div>
      </main>
    </div>
  );
}
