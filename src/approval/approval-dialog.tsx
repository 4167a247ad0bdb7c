import { useRef } from 'react';
import type { ApprovalRequest, ApprovalResponse } from '#protocol/approval.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { readableJson } from '../transcript/readable-json.ts';
import { approvalWords as said } from '../words/approval.ts';

interface ApprovalDialogProps {
  request: ApprovalRequest;
  /** How many wait behind this one. */
  following: number;
  onAnswer: (answer: ApprovalResponse['answer']) => void;
}

/** Asks whether a tool of an outside server may be run. Closing it is a no. */
export default function ApprovalDialog({ request, following, onAnswer }: ApprovalDialogProps) {
  const facts = useRef<HTMLDListElement>(null);
  return (
    <Dialog
      title={said.title}
      description={said.from(request.server, request.tool)}
      // Not a button: whoever is writing as this comes must not answer it with the next key.
      initialFocus={() => facts.current}
      onClose={() => onAnswer('no')}
      footer={
        <div className="flex flex-col gap-2 py-2 sm:flex-row-reverse">
          <Button tone="primary" onClick={() => onAnswer('once')}>
            {said.once}
          </Button>
          <Button onClick={() => onAnswer('conversation')}>{said.conversation}</Button>
          <Button tone="quiet" className="sm:mr-auto" onClick={() => onAnswer('no')}>
            {said.no}
          </Button>
        </div>
      }
    >
      <dl ref={facts} tabIndex={-1} className="space-y-3 text-sm outline-none">
        <div>
          <dt className="text-xs text-muted">{said.input}</dt>
          <dd className="mt-1 max-h-64 overflow-y-auto rounded-control bg-sunken p-3 font-mono text-xs leading-relaxed wrap-break-word whitespace-pre-wrap">
            {readableJson(request.input) || said.noInput}
          </dd>
        </div>
      </dl>
      <p className="mt-3 text-sm text-muted">
        {said.time} {following > 0 && said.more(following)}
      </p>
    </Dialog>
  );
}
