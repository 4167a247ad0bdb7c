import { useConversation } from '../app/conversation-context.tsx';
import { Dialog } from '../design/dialog.tsx';

/** Who can answer here, and what each one lacks if it cannot. */
export default function SettingsDialog({ onClose }: { onClose: () => void }) {
  const providers = useConversation((state) => state.capabilities?.providers ?? []);
  return (
    <Dialog title="Settings" onClose={onClose}>
      <ul className="divide-y divide-line text-sm">
        {providers.map(({ id, name, missing }) => (
          <li key={id} className="py-3">
            <span className="font-medium">{name}</span>
            <span className="block text-muted">{missing.join(' ')}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
