import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import type { ProviderOffer } from '#protocol/provider.ts';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { isHere } from '../assistant/presence.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/select.tsx';
import { TextInput } from '../design/text-input.tsx';
import { settingsWords as said } from '../words/settings.en.ts';
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
        <HearButton voice={sounding ?? offer.voices[0]?.id} />
      </div>
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

function HearButton({ voice }: { voice: string | undefined }) {
  const { settings } = useControls();
  const here = useConversation(({ assistant }) => isHere(assistant));
  const [state, setState] = useState<'still' | 'asking' | { failed: string }>('still');
  const hear = async (id: string): Promise<void> => {
    setState('asking');
    const failed = await settings.hear(id);
    setState(failed === undefined ? 'still' : { failed });
  };
  const hint = here ? undefined : said.voice.hearNeedsCall;
  return (
    <>
      <Button
        icon={Volume2}
        title={hint}
        disabled={!here || voice === undefined || state === 'asking'}
        onClick={() => voice !== undefined && void hear(voice)}
        className="shrink-0"
      >
        {state === 'asking' ? said.voice.hearing : said.voice.hear}
      </Button>
      <p role="status" className="sr-only">
        {typeof state === 'object' && said.voice.hearFailed(state.failed)}
      </p>
    </>
  );
}
