import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Choice } from '../design/choice.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { told } from '../words/told.ts';
import { Refusal, Section } from './section.tsx';
import { providerOf } from './state.ts';

/** Who can answer, to choose one; and who could, with what each lacks. */
export function ProviderList() {
  const { settings } = useControls();
  const providers = useConversation((state) => state.settings.known?.providers);
  const chosen = useConversation((state) => providerOf(state.settings));
  if (!providers) return null;
  const ready = providers.filter(({ missing }) => missing.length === 0);
  const unready = providers.filter(({ missing }) => missing.length > 0);
  return (
    <Section title={said.provider.title}>
      <div role="radiogroup" aria-label={said.provider.title} className="divide-y divide-line">
        {ready.map(({ id, name, description, runsLocally }) => (
          <Choice
            key={id}
            type="radio"
            name="provider"
            label={
              <>
                {told(name)}
                <span className="ml-2 font-normal text-muted">
                  {runsLocally ? said.provider.local : said.provider.cloud}
                </span>
              </>
            }
            note={told(description)}
            checked={id === chosen}
            onChange={() => settings.chooseProvider(id)}
          />
        ))}
      </div>
      <Refusal of={['provider']} />
      {unready.length > 0 && (
        <div>
          <h4 className="text-sm font-medium text-muted">{said.provider.notSetUp}</h4>
          <ul className="mt-1 divide-y divide-line text-sm">
            {unready.map(({ id, name, missing }) => (
              <li key={id} className="py-2.5">
                <span className="font-medium">{name}</span>
                <span className="mt-0.5 block wrap-break-word text-muted">
                  {said.provider.missing} {missing.join('; ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
