import { Activity, ChartGantt, Keyboard } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Header } from '../app/header.tsx';
import { Late } from '../app/late.tsx';
import {
  AddDocument,
  Companion,
  DocumentTray,
  fetchLateParts,
  fetchTranscript,
  InspectorWindow,
  RecordingStrip,
  ShareButton,
  SharingTile,
  ShortcutsHelp,
  Tour,
  UsageButton,
  VadPanel,
} from '../app/late-parts.ts';
import { AvatarTile } from '../avatar/avatar-tile.tsx';
import { DrawnFace } from '../avatar/drawn-face.tsx';
import { wantsMouth } from '../avatar/wish.ts';
import { IconButton } from '../design/icon-button.tsx';
import { HistoryButton } from '../history/history-button.tsx';
import { Composer } from '../message/composer.tsx';
import { HoldButton } from '../push-to-talk/hold-button.tsx';
import { SettingsButton } from '../settings/settings-button.tsx';
import { modeOf } from '../settings/state.ts';
import { tourStop } from '../tour/stops.ts';
import { TranscriptView } from '../transcript/transcript-view.tsx';
import { words } from '../words/page.ts';
import { ControlsBar } from './controls-bar.tsx';
import { Elapsed } from './elapsed.tsx';
import { EndedActions } from './ended-actions.tsx';
import { EngineButton } from './engine-button.tsx';
import { Presence } from './presence/presence.tsx';
import { presenceOf } from './presence/state.ts';
import { useShortcuts } from './shortcuts.ts';
import { SoundPrompt } from './sound-prompt.tsx';
import { StateLine } from './state-line.tsx';
import './talk-screen.css';

interface TalkScreenProps {
  problems: ReactNode;
  soundOpen: boolean;
  onSoundOpen: (open: boolean) => void;
  onSettings: () => void;
  onHistory: () => void;
  rejoin: (() => void) | undefined;
}

/** A conversation, from connecting to what stays of it. Narrow: presence, transcript, thumbs. Wide: presence beside transcript. */
export default function TalkScreen({
  problems,
  soundOpen,
  onSoundOpen,
  onSettings,
  onHistory,
  rejoin,
}: TalkScreenProps) {
  const controls = useControls();
  const call = useConversation((state) => state.call);
  const presence = useConversation(presenceOf);
  const face = useConversation((state) => state.face);
  const drawn = useConversation((state) => !state.face && wantsMouth(state.settings));
  const holds = useConversation((state) => modeOf(state.settings) === 'push-to-talk');
  const muted = useConversation(
    ({ microphone, hold }) =>
      microphone.kind !== 'live' || microphone.muted || (holds && hold.kind !== 'held'),
  );
  const answered = useConversation(({ rows }) =>
    rows.some((row) => row.kind === 'utterance' && row.latencyMs !== undefined),
  );
  const sharing = useConversation((state) => state.sharing.kind !== 'none');
  const met = useConversation(({ capabilities }) => capabilities !== undefined);
  const ended = call.kind === 'ended';
  const [helpOpen, setHelpOpen] = useState(false);
  const [touring, setTouring] = useState(false);
  // The next talk from this page does not begin in the midst of it.
  if (touring && ended) setTouring(false);
  const [watching, setWatching] = useState(false);
  const [inspecting, setInspecting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const watchButton = useRef<HTMLButtonElement>(null);
  const messageBox = useRef<HTMLTextAreaElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (met) fetchTranscript();
  }, [met]);
  useEffect(() => {
    if (answered) fetchLateParts();
  }, [answered]);

  const escape = (): void => {
    if (controls.store.getState().hold.kind === 'held') controls.pushToTalk.cancel();
    else controls.interrupt('escape');
  };
  useShortcuts((shortcut) => {
    if (shortcut === 'interrupt') escape();
    if (shortcut === 'message') messageBox.current?.focus();
    if (shortcut === 'detector') setWatching(!watching);
    if (shortcut === 'inspector') setInspecting(true);
    const { microphone } = controls.store.getState();
    if (shortcut === 'mute' && microphone.kind === 'live')
      void controls.setMuted(!microphone.muted);
  });

  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <Header crowded>
        <EngineButton />
        <Late>
          <UsageButton onInspect={() => setInspecting(true)} />
        </Late>
        {(call.kind === 'connected' || call.kind === 'reconnecting') && (
          <Elapsed sinceMs={call.sinceMs} />
        )}
        <HistoryButton onOpen={onHistory} />
        <SettingsButton onOpen={onSettings} />
        <IconButton
          label={words.help.title}
          icon={Keyboard}
          aria-haspopup="dialog"
          className="max-sm:hidden"
          onClick={() => setHelpOpen(true)}
        />
        <IconButton
          label={words.help.inspector}
          icon={ChartGantt}
          aria-haspopup="dialog"
          className="max-lg:hidden"
          onClick={() => setInspecting(true)}
        />
        {!ended && (
          <IconButton
            ref={watchButton}
            label={words.help.detector}
            icon={Activity}
            aria-expanded={watching}
            className="max-sm:hidden"
            onClick={() => setWatching(!watching)}
          />
        )}
        {!ended && (
          <Late>
            <Companion />
          </Late>
        )}
      </Header>
      <main className="talk-grid min-h-0 flex-1">
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          {words.product.conversation}
        </h1>
        <div {...tourStop('state')} className={`talk-presence ${ended ? 'max-lg:hidden' : ''}`}>
          {face && <AvatarTile face={face} className="aspect-square w-32 lg:w-80" />}
          {drawn && !ended && <DrawnFace className="aspect-square w-32 lg:w-80" />}
          <Presence
            state={presence}
            muted={muted}
            className={`w-20 shrink-0 sm:w-24 ${face || drawn ? '' : 'lg:w-72 xl:w-84'}`}
          />
          {!ended && (
            <StateLine state={presence} className="min-w-0 flex-1 lg:flex-none lg:text-center" />
          )}
          <SoundPrompt />
        </div>
        <div className="talk-controls">
          {call.kind === 'ended' ? (
            <EndedActions durationMs={call.durationMs} rejoin={rejoin} onHistory={onHistory} />
          ) : (
            <>
              {holds && <HoldButton />}
              <ControlsBar
                soundOpen={soundOpen}
                onSoundOpen={onSoundOpen}
                onWatch={() => setWatching(true)}
              />
            </>
          )}
        </div>
        <div className="talk-transcript">
          {!ended && (
            <Late>
              <RecordingStrip />
            </Late>
          )}
          {problems}
          {watching && !ended && (
            <Late>
              <VadPanel
                onClose={() => {
                  setWatching(false);
                  const shown = watchButton.current?.checkVisibility();
                  (shown ? watchButton : heading).current?.focus();
                }}
              />
            </Late>
          )}
          <TranscriptView className="flex-1" onTour={() => setTouring(true)} />
          {!ended && (
            <>
              {sharing && (
                <Late>
                  <SharingTile className="mx-auto w-full max-w-3xl px-3 sm:px-6" />
                </Late>
              )}
              {call.kind === 'connected' && (
                <Late>
                  <DocumentTray className="mx-auto w-full max-w-3xl px-3 sm:px-6" />
                </Late>
              )}
              <Composer
                input={messageBox}
                before={
                  call.kind === 'connected' && (
                    <>
                      <Late>
                        <AddDocument />
                      </Late>
                      <Late>
                        <ShareButton onSettings={onSettings} />
                      </Late>
                    </>
                  )
                }
                className="mx-auto w-full max-w-3xl px-3 pt-2 sm:px-6 lg:pb-6"
              />
            </>
          )}
        </div>
      </main>
      {inspecting && (
        <Late>
          <InspectorWindow onClose={() => setInspecting(false)} />
        </Late>
      )}
      {touring && (
        <Late>
          <Tour home={heading} onClose={() => setTouring(false)} />
        </Late>
      )}
      {helpOpen && (
        <Late>
          <ShortcutsHelp
            onClose={() => setHelpOpen(false)}
            onTour={
              ended
                ? undefined
                : () => {
                    setHelpOpen(false);
                    setTouring(true);
                  }
            }
          />
        </Late>
      )}
    </div>
  );
}
