import { Mic } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { isUnderWay } from '../conversation/state.ts';
import { Button } from '../design/button.tsx';
import { MicrophonePicker } from '../devices/microphone-picker.tsx';
import { words } from '../words/page.ts';
import { soundCheckWords } from '../words/sound-check.ts';
import type { LentSound } from './lent-sound.ts';
import type { Loudness } from './loudness.ts';
import { playOwnVoice, recordOwnVoice } from './own-voice.ts';

type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'recording' }
  | { readonly kind: 'playing'; readonly loudness: Loudness }
  | { readonly kind: 'judged'; readonly loudness: Loudness }
  | { readonly kind: 'failed' };

/** The person speaks for three seconds, sees the level meanwhile, and hears it back. */
export function VoiceStep({ sound }: { sound: LentSound }) {
  const controls = useControls();
  const microphone = useConversation((state) => state.microphone);
  const inCall = useConversation(({ call }) => isUnderWay(call));
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const said = soundCheckWords.voice;

  const record = async (): Promise<void> => {
    const { track } = sound.microphone;
    if (!track) return;
    const abort = new AbortController();
    leaving.current = abort;
    setTrial({ kind: 'recording' });
    // What is only tried out is not said to the assistant.
    const hushed = inCall && microphone.kind === 'live' && !microphone.muted;
    try {
      if (hushed) void controls.setMuted(true);
      // In the click itself: the browser lets sound through only while it runs.
      const unlocked = sound.playback.unlock();
      const { context } = sound.playback;
      const voice = await recordOwnVoice(track.mediaStreamTrack, context, abort.signal);
      await unlocked;
      setTrial({ kind: 'playing', loudness: voice.loudness });
      await playOwnVoice(voice, sound.playback, abort.signal);
      if (!abort.signal.aborted) setTrial({ kind: 'judged', loudness: voice.loudness });
    } catch {
      if (!abort.signal.aborted) setTrial({ kind: 'failed' });
    } finally {
      if (hushed) await controls.setMuted(false);
    }
  };

  const busy = trial.kind === 'recording' || trial.kind === 'playing';
  return (
    <>
      <p className="text-sm">{said.advice}</p>
      {microphone.kind === 'failed' ? (
        <div role="alert" className="text-sm">
          <p className="font-semibold">{words.problems.text[microphone.problem].title}</p>
          <p className="mt-0.5 text-muted">{words.problems.text[microphone.problem].advice}</p>
          <Button className="mt-2" onClick={() => void sound.microphone.open()}>
            {said.tryAgain}
          </Button>
        </div>
      ) : (
        <MicrophonePicker />
      )}
      <Button
        icon={Mic}
        tone="primary"
        className="w-full"
        disabled={busy || microphone.kind !== 'live'}
        onClick={() => void record()}
      >
        {trial.kind === 'none' ? said.record : said.again}
      </Button>
      <p role="status" className="min-h-10 text-sm">
        {microphone.kind === 'opening' ? said.opening : <Outcome trial={trial} />}
      </p>
    </>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  const said = soundCheckWords.voice;
  switch (trial.kind) {
    case 'none':
      return null;
    case 'recording':
      return said.recording;
    case 'playing':
      return said.playing;
    case 'judged':
      return said.loudness[trial.loudness];
    case 'failed':
      return said.failed;
  }
}
