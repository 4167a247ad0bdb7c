import { Settings2 } from 'lucide-react';
import { IconButton } from '../design/icon-button.tsx';
import { tourStop } from '../tour/stops.ts';
import { words } from '../words/page.ts';

export function SettingsButton({ onOpen }: { onOpen: () => void }) {
  return (
    <IconButton
      {...tourStop('settings')}
      label={words.settings.title}
      icon={Settings2}
      aria-haspopup="dialog"
      onClick={onOpen}
    />
  );
}
