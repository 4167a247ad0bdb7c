import { Button } from '../design/button.tsx';
import { words } from '../words/page.ts';
import { useOverdue } from './late-code.ts';

/** Says that something which was asked for is still on its way: a button that does nothing would be taken for broken. */
export function OverdueNotice() {
  const overdue = useOverdue();
  return (
    <div role="status" className="fixed inset-x-3 top-16 z-50 mx-auto w-fit max-w-full">
      {overdue && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface py-2 pr-2 pl-4 text-sm shadow-raised">
          {words.overdue.text}
          <Button tone="quiet" onClick={() => location.reload()}>
            {words.crash.reload}
          </Button>
        </p>
      )}
    </div>
  );
}
