import { AudioLines, Captions, Pointer, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { fetchMenu, Menu } from '../app/late-parts.ts';
import { withSetting } from '../settings/changes.ts';
import { modeOf, offerOf } from '../settings/state.ts';
import { ControlButton } from '../talk/control-button.tsx';
import { tourStop } from '../tour/stops.ts';
import { words } from '../words/page.ts';

const modes = ['conversation', 'push-to-talk', 'captions'] as const;

const pictures: Readonly<Record<(typeof modes)[number], LucideIcon>> = {
  conversation: AudioLines,
  'push-to-talk': Pointer,
  captions: Captions,
};

/** The quick way from one way of talking to another. */
export function ModeButton() {
  const { settings } = useControls();
  const mode = useConversation((state) => modeOf(state.settings));
  const captions = useConversation((state) => offerOf(state.settings)?.captions !== false);
  const [pressed, setPressed] = useState(false);
  const look = {
    ...tourStop('mode'),
    name: `${words.mode.title}: ${words.mode[mode].name}`,
    caption: words.mode[mode].short,
    icon: pictures[mode],
  };
  // The menu is much code for a button that few press: it comes when the button is near to being pressed.
  if (!pressed) {
    return (
      <ControlButton
        {...look}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerEnter={fetchMenu}
        onFocus={fetchMenu}
        onClick={() => setPressed(true)}
      />
    );
  }
  return (
    // One cell of the bar, whatever the menu puts beside its button.
    <div className="grid min-w-0">
      <Late
        fallback={<ControlButton {...look} aria-busy />}
        missing={<ControlButton {...look} disabled title={words.mode.missing} />}
      >
        <Menu
          openAtOnce
          trigger={<ControlButton {...look} />}
          items={modes.map((kind) => ({
            label: words.mode[kind].name,
            checked: kind === mode,
            disabled: kind === 'captions' && !captions,
            choose: () => settings.change((now) => withSetting(now, 'mode', kind)),
          }))}
        />
      </Late>
    </div>
  );
}
