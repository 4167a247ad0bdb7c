import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Choice } from '../design/choice.tsx';
import { TextInput } from '../design/text-input.tsx';
import { settingsWords as said } from '../words/settings.ts';
import { told } from '../words/told.ts';
import { withSetting, withTool } from './changes.ts';
import { Refusal, Section } from './section.tsx';

/** As the protocol allows. */
const longestInstructions = 6000;

/** The count of characters left begins to show here. */
const countFrom = longestInstructions - 500;

export function Instructions() {
  const { settings } = useControls();
  const text = useConversation((state) => state.settings.chosen.instructions ?? '');
  const left = longestInstructions - text.length;
  return (
    <Section title={said.instructions.title}>
      <TextInput
        label={said.instructions.label}
        hint={text.length >= countFrom ? said.instructions.left(left) : said.instructions.hint}
        rows={4}
        maxLength={longestInstructions}
        value={text}
        onChange={(typed) =>
          settings.change((now) => withSetting(now, 'instructions', typed || undefined), 'settle')
        }
      />
      <Refusal of={['instructions']} />
    </Section>
  );
}

export function Tools() {
  const { settings } = useControls();
  const known = useConversation((state) => state.settings.known?.tools);
  const off = useConversation((state) => state.settings.chosen.toolsOff);
  if (!known) return null;
  // An assistant may no longer list what it must not use; the person still has to be able to allow it again.
  const unlisted = (off ?? []).filter((name) => known.every((tool) => tool.name !== name));
  const tools = [...known, ...unlisted.map((name) => ({ name, title: name }))];
  return (
    <Section title={said.tools.title}>
      <p className="text-sm text-muted">{tools.length > 0 ? said.tools.hint : said.tools.none}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {tools.map(({ name, title }) => (
          <Choice
            key={name}
            type="checkbox"
            label={told(title)}
            checked={!(off ?? []).includes(name)}
            onChange={(on) => settings.change((now) => withTool(now, name, on), 'settle')}
          />
        ))}
      </div>
      <Refusal of={['toolsOff', 'tools']} />
    </Section>
  );
}
