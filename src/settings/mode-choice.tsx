import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Choice } from '../design/choice.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { withSetting } from './changes.ts';
import { Refusal, Section } from './section.tsx';
import { offerOf, providerOf } from './state.ts';

const modes = ['conversation', 'push-to-talk', 'captions'] as const;

/** How turns are made: found by the provider, held by the person, or none at all. */
export function ModeChoice() {
  const { settings } = useControls();
  const mode = useConversation((state) => state.settings.chosen.mode ?? 'conversation');
  const offer = useConversation((state) => offerOf(state.settings));
  const name = useConversation(({ settings: { known, ...rest } }) => {
    const provider = providerOf({ known, ...rest });
    return known?.providers.find(({ id }) => id === provider)?.name ?? '';
  });
  const noteOf = (kind: (typeof modes)[number]): string => {
    if (kind === 'captions' && offer?.captions === false) return said.mode.noCaptions(name);
    const { what } = said.mode[kind];
    const gated = kind === 'push-to-talk' && offer?.pushToTalk === 'gated';
    return gated ? `${what} ${said.mode.gated(name)}` : what;
  };
  return (
    <Section title={said.mode.title}>
      <div role="radiogroup" aria-label={said.mode.title} className="divide-y divide-line">
        {modes.map((kind) => (
          <Choice
            key={kind}
            type="radio"
            name="mode"
            label={said.mode[kind].name}
            note={noteOf(kind)}
            checked={mode === kind}
            disabled={kind === 'captions' && offer?.captions === false && mode !== kind}
            onChange={() => settings.change((now) => withSetting(now, 'mode', kind), 'settle')}
          />
        ))}
      </div>
      <Refusal of={['mode']} />
    </Section>
  );
}
