import { CSPProvider } from '@base-ui/react/csp-provider';
import { Suspense, useEffect, useState } from 'react';
import { takeLink } from '../connect/link.ts';
import type { RoomTarget } from '../conversation/state.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { rememberedServer, rememberServer } from '../start/remembered-server.ts';
import { mendable } from '../start/room-form.ts';
import { StartScreen } from '../start/start-screen.tsx';
import {
  ConversationProvider,
  useControls,
  useConversation,
  type ConversationModel,
} from './conversation-context.tsx';
import { Late } from './late.tsx';
import {
  ApprovalDialog,
  HistoryWindow,
  InstallNotes,
  ManualConnect,
  SettingsDialog,
  SoundCheckDialog,
  TalkScreen,
} from './late-parts.ts';
import { CrashScreen } from './crash-screen.tsx';
import { OverdueNotice } from './overdue-notice.tsx';
import { TalkComes } from './talk-comes.tsx';

interface AppProps {
  conversation: ConversationModel;
  /** The room of the link that the page was opened with. */
  link: RoomTarget | undefined;
}

export function App({ conversation, link }: AppProps) {
  return (
    <CSPProvider disableStyleElements>
      <CrashScreen>
        <ConversationProvider value={conversation}>
          <Screens link={link} />
          <OverdueNotice />
        </ConversationProvider>
      </CrashScreen>
    </CSPProvider>
  );
}

/** A room that the person brings. The token lives here, in memory, and nowhere else. */
interface ManualRoom {
  readonly target: RoomTarget;
  readonly fromLink: boolean;
  readonly editing: boolean;
}

function roomOfThisVisit(link: RoomTarget | undefined): ManualRoom {
  const target = link ?? { serverUrl: rememberedServer(), token: '' };
  return { target, fromLink: link !== undefined, editing: link !== undefined };
}

function Screens({ link }: Pick<AppProps, 'link'>) {
  const controls = useControls();
  const callKind = useConversation(({ call }) => call.kind);
  const [manual, setManual] = useState(() => roomOfThisVisit(link));
  const [soundOpen, setSoundOpen] = useState(false);
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [historyOpen, setHistoryOpen] = useState(false);
  const [checkOpen, setCheckOpen] = useState(false);
  const edit = (editing: boolean): void => setManual((room) => ({ ...room, editing }));

  // A link put into the address bar of the open page loads nothing anew.
  useEffect(() => {
    const onHashChange = (): void => {
      const target = takeLink();
      if (target) setManual({ target, fromLink: true, editing: true });
    };
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  }, []);

  const connect = async (target: RoomTarget): Promise<void> => {
    setManual({ target, fromLink: false, editing: false });
    rememberServer(target.serverUrl);
    await controls.connect(target);
    const { call, problems } = controls.store.getState();
    if ((call.kind === 'idle' || call.kind === 'ended') && mendable(problems)) edit(true);
  };

  // A form that was asked for before the call, and came late, must not wait behind it.
  useEffect(
    () =>
      controls.store.subscribe(({ call }, before) => {
        if (call.kind === 'connecting' && before.call.kind !== 'connecting') {
          setManual((room) => ({ ...room, editing: false }));
        }
      }),
    [controls],
  );

  const outside = callKind === 'idle' || callKind === 'ended';
  const problems = (
    <>
      <Late>
        <InstallNotes />
      </Late>
      <ProblemList
        places={{
          chooseDevice: () => setSoundOpen(true),
          editToken: () => edit(true),
          chooseProvider: () => setSettingsOpen(true),
        }}
        className={callKind === 'idle' ? 'mx-auto w-full max-w-2xl' : 'px-3 pt-3 sm:px-6'}
      />
    </>
  );
  return (
    <>
      {callKind === 'idle' ? (
        <StartScreen
          problems={problems}
          onManual={() => edit(true)}
          onSettings={() => setSettingsOpen(true)}
          onHistory={() => setHistoryOpen(true)}
          onSoundCheck={() => setCheckOpen(true)}
        />
      ) : (
        <Suspense fallback={<TalkComes />}>
          <TalkScreen
            problems={problems}
            soundOpen={soundOpen}
            onSoundOpen={setSoundOpen}
            onSettings={() => setSettingsOpen(true)}
            onHistory={() => setHistoryOpen(true)}
            rejoin={manual.target.token ? () => void connect(manual.target) : undefined}
          />
        </Suspense>
      )}
      <Approvals />
      {settingsOpen && (
        <Late>
          <SettingsDialog
            onClose={() => setSettingsOpen(false)}
            onSoundCheck={() => {
              setSettingsOpen(false);
              setCheckOpen(true);
            }}
          />
        </Late>
      )}
      {checkOpen && (
        <Late>
          <SoundCheckDialog onClose={() => setCheckOpen(false)} />
        </Late>
      )}
      {historyOpen && (
        <Late>
          <HistoryWindow onClose={() => setHistoryOpen(false)} />
        </Late>
      )}
      {outside && manual.editing && (
        <Late>
          <ManualConnect
            key={`${manual.target.serverUrl} ${manual.target.token}`}
            initial={manual.target}
            fromLink={manual.fromLink}
            onConnect={(target) => void connect(target)}
            onClose={() => edit(false)}
          />
        </Late>
      )}
    </>
  );
}

/** The oldest question of the assistant that waits for the person's word. */
function Approvals() {
  const controls = useControls();
  const waiting = useConversation(({ approvals }) => approvals);
  const question = waiting[0];
  if (!question) return null;
  return (
    <Late>
      <ApprovalDialog
        key={question.callId}
        question={question}
        following={waiting.length - 1}
        onAnswer={(answer) => controls.answerApproval(question.callId, answer)}
      />
    </Late>
  );
}
