import { LoaderCircle, RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { isHere } from '../assistant/presence.ts';
import { isUnderWay } from '../conversation/state.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import SoundCheckButton from '../sound-check/sound-check-button.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { soundCheckWords } from '../words/sound-check.ts';
import { withDefaults } from './changes.ts';
import { ModeChoice } from './mode-choice.tsx';
import { OfferSections } from './offer-sections.tsx';
import { Outcome } from './outcome.tsx';
import { PageLanguage } from './page-language.tsx';
import { Instructions, Tools } from './person-sections.tsx';
import { ProviderList } from './provider-list.tsx';
import { Section } from './section.tsx';
import { offerOf, providerOf } from './state.ts';

interface SettingsDialogProps {
  onClose: () => void;
  onSoundCheck: () => void;
}

/** Who answers and how. Nothing here knows a provider: each describes by itself what can be set. */
export default function SettingsDialog({ onClose, onSoundCheck }: SettingsDialogProps) {
  const { settings } = useControls();
  const inCall = useConversation(({ call }) => isUnderWay(call));
  useEffect(() => {
    void settings.askForOffer();
    // The tools of outside servers come and go.
    void settings.introduce();
  }, [settings]);
  return (
    <Dialog
      title={said.title}
      description={inCall ? said.inCall : said.noCall}
      size="wide"
      onClose={onClose}
      footer={
        <div className="flex items-center gap-3">
          <Outcome />
          <Button tone="quiet" icon={RotateCcw} onClick={() => settings.change(withDefaults)}>
            {said.reset}
          </Button>
        </div>
      }
    >
      <ProviderList />
      <ModeChoice />
      <Offer />
      <Instructions />
      <Tools />
      <Section title={soundCheckWords.title}>
        <SoundCheckButton onOpen={onSoundCheck} />
      </Section>
      <PageLanguage />
    </Dialog>
  );
}

/** What the chosen provider offers; or why that is not known yet. */
function Offer() {
  const { settings } = useControls();
  const offer = useConversation((state) => offerOf(state.settings));
  const failed = useConversation((state) => state.settings.offerMissing);
  const waiting = useConversation(({ call }) => isUnderWay(call));
  const here = useConversation(({ assistant }) => isHere(assistant));
  const name = useConversation(({ settings: now }) => {
    const provider = providerOf(now);
    return now.known?.providers.find(({ id }) => id === provider)?.name;
  });
  if (offer) return <OfferSections key={offer.provider} offer={offer} />;
  if (here && failed !== undefined) {
    return (
      <Section title={name ?? said.options.title}>
        <p role="alert" className="text-sm">
          {said.offerFailed} {failed}
        </p>
        <Button onClick={() => void settings.askForOffer()}>{said.tryAgain}</Button>
      </Section>
    );
  }
  if (here) {
    return (
      <p
        role="status"
        className="flex items-center gap-2 border-t border-line py-5 text-sm text-muted"
      >
        <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
        {said.loading}
      </p>
    );
  }
  return (
    <p className="border-t border-line py-5 text-sm text-muted">
      {waiting ? said.waiting : name === undefined ? said.unknown : said.unknownOffer(name)}
    </p>
  );
}
