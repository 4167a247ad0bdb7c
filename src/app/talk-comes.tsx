import { words } from '../words/page.ts';
import { useConversation } from './conversation-context.tsx';
import { Header } from './header.tsx';

/** Stands in while the view of a talk is on its way; a click that has begun one is answered at once. */
export function TalkComes() {
  const connecting = useConversation(({ call }) => call.kind === 'connecting');
  return (
    <div className="flex h-dvh flex-col">
      <Header crowded />
      <main className="grid flex-1 place-content-center p-6">
        <p role="status" className="text-muted">
          {connecting && words.presence.connecting.name}
        </p>
      </main>
    </div>
  );
}
