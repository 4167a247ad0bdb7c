import { History } from 'lucide-react';
import { IconButton } from '../design/icon-button.tsx';
import { tourStop } from '../tour/stops.ts';
import { words } from '../words/page.ts';

export function HistoryButton({ onOpen, className }: { onOpen: () => void; className?: string }) {
  return (
    <IconButton
      {...tourStop('history')}
      label={words.history.title}
      icon={History}
      aria-haspopup="dialog"
      onClick={onOpen}
      {...(className !== undefined && { className })}
    />
  );
}
