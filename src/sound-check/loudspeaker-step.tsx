import { Volume2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { isHere } from '../assistant/presence.ts';
import { Button } from '../design/button.tsx';
import { SpeakerPicker } from '../devices/speaker-picker.tsx';
import { VolumeSlider } from '../devices/volume-slider.tsx';
import { voiceLike } from '../tuning/voice-like.ts';
import { soundCheckWords } from '../words/sound-check.ts';
import type { LentSound } from './lent-sound.ts';

type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'playing' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'unheard' }
  | { readonly kind: 'failed'; readonly reason: string };

/** How long the made-up voice speaks where no assistant is there to do so, in ms. */
const playedMs = 2500;

interface LoudspeakerStepProps {
  sound: LentSound;
  onDone: () => void;
}

/** The assistant's own voice, or one that the page makes up while none is there, on the loudspeaker that the person chose. */
export function LoudspeakerStep({ sound, onDone }: LoudspeakerStepProps) {
  const controls = useControls();
  const locked = useConversation((state) => state.sound === 'locked');
  const voice = useConversation(({ assistant, settings }) =>
    isHere(assistant) ? settings.inEffect?.voice : undefined,
  );
  const [trial, setTrial] = useState<Trial>({ kind: 'none' });
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const said = soundCheckWords.loudspeaker;

  const play = async (): Promise<void> => {
    const abort = new AbortController();
    leaving.current = abort;
    setTrial({ kind: 'playing' });
    await sound.playback.unlock();
    let failure: string | undefined;
    if (voice === undefined) await playMadeUpVoice(sound, abort.signal);
    else failure = await controls.settings.hear(voice);
    if (abort.signal.aborted) return;
    setTrial(failure === undefined ? { kind: 'asked' } : { kind: 'failed', reason: failure });
  };

  return (
    <>
      <p className="text-sm">{said.advice}</p>
      <SpeakerPicker />
      <VolumeSlider />
      <Button
        icon={Volume2}
        tone="primary"
        className="w-full"
        disabled={trial.kind === 'playing'}
        onClick={() => void play()}
      >
        {trial.kind === 'playing' ? said.playing : said.play}
      </Button>
      {trial.kind === 'asked' && (
        <div className="grid grid-cols-2 gap-2">
          <Button onClick={() => setTrial({ kind: 'unheard' })}>{said.notHeard}</Button>
          <Button tone="primary" onClick={onDone}>
            {said.heard}
          </Button>
        </div>
      )}
      <p role="status" className="min-h-10 text-sm">
        {locked && said.locked}
        {trial.kind === 'unheard' && said.help}
        {trial.kind === 'failed' && said.failed(trial.reason)}
      </p>
    </>
  );
}

async function playMadeUpVoice({ playback }: LentSound, signal: AbortSignal): Promise<void> {
  const voice = voiceLike(playback.context, playedMs);
  const releases = voice.stream.getAudioTracks().map((track) => playback.play(track, 'other'));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, playedMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  for (const release of releases) release();
  voice.release();
}
