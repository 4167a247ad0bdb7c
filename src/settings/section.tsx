import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useConversation } from '../app/conversation-context.tsx';

/** One subject of the settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-5 first:border-0 first:pt-0">
      <h3 id={id} className="mb-2 text-base font-semibold tracking-tight">
        {title}
      </h3>
      <div className="space-y-4">{children}</div>
    </section>
  );
}

/** Why the assistant could not do what is set here, under whichever of these names it says so. */
export function Refusal({ of }: { of: readonly string[] }) {
  const refused = useConversation(({ settings }) => settings.refused);
  return refused
    .filter(({ setting }) => of.includes(setting))
    .map(({ setting, reason }) => (
      <p key={setting} role="alert" className="mt-1.5 flex gap-1.5 text-sm font-medium">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {reason}
      </p>
    ));
}
