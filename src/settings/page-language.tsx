import { useState } from 'react';
import { Select } from '../design/select.tsx';
import { chooseLanguage, chosenLanguage, languages } from '../words/language.ts';
import { settingsWords as said } from '../words/settings.ts';
import { Section } from './section.tsx';

/** Names are in the language itself: whoever looks for one may read no other. */
const options = languages.map((tag) => ({ value: tag, label: ownName(tag) }));

/** The language of what stands on the page; that of the conversation is set with the provider. */
export function PageLanguage() {
  const [failed, setFailed] = useState(false);
  const choose = async (value: string): Promise<void> => {
    try {
      await chooseLanguage(languages.find((language) => language === value));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <Section title={said.page.title}>
      <div>
        <Select
          label={said.page.language}
          value={chosenLanguage() ?? ''}
          options={[{ value: '', label: said.page.browser }, ...options]}
          onChange={(value) => void choose(value)}
        />
        {failed && (
          <p role="alert" className="mt-1.5 text-sm font-medium">
            {said.page.failed}
          </p>
        )}
      </div>
    </Section>
  );
}

function ownName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
