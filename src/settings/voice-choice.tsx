import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import type { ProviderOffer } from '#protocol/provider.ts';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { isHere } from '../assistant/presence.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/select.tsx';
import { TextInput } from '../design/text-input.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { withSetting } from './changes.ts';
import { Refusal } from './section.tsx';
import { languageName } from './value-text.ts';

/** Stand for what is no voice in the list; no provider calls a voice like this. */
const own = '';
const other = '\u0000other';

export function VoiceChoice({ offer }: { offer: ProviderOffer }) {
  const { settings } = useControls();
  const chosen = useConversation((state) => state.settings.chosen.voice);
  const inEffect = useConversation((state) => state.settings.inEffect);
  const [unheard, setUnheard] = useState<string>();
  const [naming, setNaming] = useState(false);
  const listed = offer.voices.some(({ id }) => id === chosen);
  const named = offer.takesOtherVoices && (naming || (chosen !== undefined && !listed));
  const sounding = chosen ?? (inEffect?.provider === offer.provider ? inEffect.voice : undefined);
  const choose = (voice: string | undefined, pace: 'now' | 'settle' = 'now'): void =>
    settings.change((now) => withSetting(now, 'voice', voice), pace);
  return (
    <div>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Select
            label={said.voice.voice}
            value={named ? other : (chosen ?? own)}
            options={[
              { value: own, label: said.voice.ownChoice },
              ...offer.voices.map(({ id, label, language }) => ({
                value: id,
                label: language ? `${label} · ${languageName(language)}` : label,
              })),
              ...(offer.takesOtherVoices ? [{ value: other, label: said.voice.other }] : []),
            ]}
            onChange={(value) => {
              setNaming(value === other);
              if (value !== other) choose(value === own ? undefined : value);
            }}
          />
        </div>
        <HearButton voice={sounding ?? offer.voices[0]?.id} onFailure={setUnheard} />
      </div>
      <p role="status" className="text-sm not-empty:mt-1.5">
        {unheard !== undefined && said.voice.hearFailed(unheard)}
      </p>
      {named && (
        <div className="mt-3">
          <TextInput
            label={said.voice.otherName}
            hint={said.voice.otherHint}
            maxLength={120}
            value={listed ? '' : (chosen ?? '')}
            onChange={(text) => choose(text.trim() === '' ? undefined : text.trim(), 'settle')}
          />
        </div>
      )}
      <Refusal of={['voice']} />
    </div>
  );
}

interface HearButtonProps {
  voice: string | undefined;
  /** Why it could not be heard; undefined when it could. */
  onFailure: (reason: string | undefined) => void;
}

function HearButton({ voice, onFailure }: HearButtonProps) {
  const { settings } = useControls();
  const here = useConversation(({ assistant }) => isHere(assistant));
  const [asking, setAsking] = useState(false);
  const hear = async (id: string): Promise<void> => {
    setAsking(true);
    onFailure(await settings.hear(id));
    setAsking(false);
  };
  return (
    <Button
      icon={Volume2}
      title={here ? undefined : said.voice.hearNeedsCall}
      disabled={!here || voice === undefined || asking}
      onClick={() => voice !== undefined && void hear(voice)}
      className="shrink-0"
    >
      {asking ? said.voice.hearing : said.voice.hear}
    </Button>
  );
}
