import type { Field, ProviderOffer } from '#protocol/provider.ts';
import type { SettingValues } from '#protocol/settings.ts';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Select } from '../design/select.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { told } from '../words/told.ts';
import { withDetectionValue, withOption, withSetting } from './changes.ts';
import { FieldControl } from './field-control.tsx';
import { Refusal, Section } from './section.tsx';
import { modeOf } from './state.ts';
import { languageName } from './value-text.ts';
import { VoiceChoice } from './voice-choice.tsx';

/** All that the chosen provider lets one set, in the order in which a person thinks of it. */
export function OfferSections({ offer }: { offer: ProviderOffer }) {
  return (
    <>
      {(offer.voices.length > 0 || offer.takesOtherVoices || offer.languages.length > 0) && (
        <Section title={said.voice.title}>
          {(offer.voices.length > 0 || offer.takesOtherVoices) && (
            <VoiceChoice key={offer.provider} offer={offer} />
          )}
          <LanguageChoice languages={offer.languages} />
        </Section>
      )}
      {offer.turnDetection.length > 0 && <Detection offer={offer} />}
      {offer.noiseReduction.length > 0 && <NoiseReduction offer={offer} />}
      {offer.options.length > 0 && <Options offer={offer} />}
    </>
  );
}

function LanguageChoice({ languages }: { languages: readonly string[] }) {
  const { settings } = useControls();
  const chosen = useConversation((state) => state.settings.chosen.language);
  const [only, another] = languages;
  if (languages.length === 0) {
    return <p className="text-sm text-muted">{said.voice.fixedLanguage}</p>;
  }
  return (
    <div>
      <Select
        label={said.voice.language}
        value={chosen ?? ''}
        options={[
          { value: '', label: said.voice.anyLanguage },
          ...languages.map((tag) => ({ value: tag, label: languageName(tag) })),
        ]}
        onChange={(tag) => settings.change((now) => withSetting(now, 'language', tag || undefined))}
      />
      {only !== undefined && another === undefined && (
        <p className="mt-1.5 text-sm text-muted">{said.voice.onlyLanguage(languageName(only))}</p>
      )}
      <Refusal of={['language']} />
    </div>
  );
}

function Detection({ offer }: { offer: ProviderOffer }) {
  const { settings } = useControls();
  const chosen = useConversation((state) => state.settings.chosen.turnDetection);
  const inEffect = useConversation((state) => state.settings.inEffect);
  const used = useConversation((state) => modeOf(state.settings) === 'conversation');
  const current =
    chosen ?? (inEffect?.provider === offer.provider ? inEffect.turnDetection : undefined);
  const kind =
    offer.turnDetection.find((other) => other.kind === current?.kind) ?? offer.turnDetection[0];
  if (!kind) return null;
  return (
    <Section title={said.detection.title}>
      {!used && <p className="text-sm text-muted">{said.detection.notUsed}</p>}
      <div>
        <Select
          label={said.detection.kind}
          value={kind.kind}
          options={offer.turnDetection.map((other) => ({
            value: other.kind,
            label: told(other.label),
          }))}
          onChange={(value) =>
            settings.change((now) => ({ ...now, turnDetection: { kind: value, values: {} } }))
          }
        />
        {kind.note && <p className="mt-1.5 text-sm text-muted">{told(kind.note)}</p>}
        <Refusal of={['turnDetection', 'turnDetection.kind']} />
      </div>
      <Fields
        group="turnDetection"
        fields={kind.fields}
        values={kind.kind === current?.kind ? current.values : {}}
        onChange={(name, value, pace) =>
          settings.change((now) => withDetectionValue(now, kind.kind, name, value), pace)
        }
      />
    </Section>
  );
}

function NoiseReduction({ offer }: { offer: ProviderOffer }) {
  const { settings } = useControls();
  const chosen = useConversation((state) => state.settings.chosen.noiseReduction);
  const inEffect = useConversation((state) => state.settings.inEffect);
  const current =
    chosen ?? (inEffect?.provider === offer.provider ? inEffect.noiseReduction : undefined);
  return (
    <Section title={said.sound.title}>
      <div>
        <Select
          label={said.sound.noise}
          value={current ?? offer.noiseReduction[0]?.value ?? ''}
          options={offer.noiseReduction.map(({ value, label }) => ({ value, label: told(label) }))}
          onChange={(value) => settings.change((now) => withSetting(now, 'noiseReduction', value))}
        />
        <Refusal of={['noiseReduction']} />
      </div>
    </Section>
  );
}

function Options({ offer }: { offer: ProviderOffer }) {
  const { settings } = useControls();
  const chosen = useConversation((state) => state.settings.chosen.options);
  const inEffect = useConversation((state) => state.settings.inEffect);
  const known = inEffect?.provider === offer.provider ? inEffect.options : undefined;
  return (
    <Section title={said.options.title}>
      <Refusal of={['options']} />
      <Fields
        group="options"
        fields={offer.options}
        values={{ ...known, ...chosen }}
        onChange={(name, value, pace) =>
          settings.change((now) => withOption(now, name, value), pace)
        }
      />
    </Section>
  );
}

interface FieldsProps {
  group: string;
  fields: readonly Field[];
  values: SettingValues;
  onChange: (name: string, value: SettingValues[string], pace: 'now' | 'settle') => void;
}

function Fields({ group, fields, values, onChange }: FieldsProps) {
  return fields.map((field) => (
    <div key={field.name}>
      <FieldControl
        field={field}
        value={values[field.name]}
        onChange={(value, pace) => onChange(field.name, value, pace)}
      />
      <Refusal of={[field.name, `${group}.${field.name}`, `${group}.values.${field.name}`]} />
    </div>
  ));
}
