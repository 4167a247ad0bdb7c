import { useRef, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { PageAsked } from '../page-tools/page-asked.tsx';
import { OpenLink } from '../page-tools/open-link.tsx';
import { readableJson } from '../transcript/readable-json.ts';
import { approvalWords as said } from '../words/approval.ts';
import { pageToolWords } from '../words/page-tools.ts';
import { scopeOf, type Answer, type Question } from './question.ts';

interface ApprovalDialogProps {
  question: Question;
  /** How many wait behind this one. */
  following: number;
  onAnswer: (answer: Answer) => void;
}

/** Asks whether a tool may be run, or something be done in this page. Closing it is a no. */
export default function ApprovalDialog({ question, following, onAnswer }: ApprovalDialogProps) {
  const facts = useRef<HTMLDivElement>(null);
  return (
    <Dialog
      {...headOf(question)}
      // Not a button: whoever is writing as this comes must not answer it with the next key.
      initialFocus={() => facts.current}
      onClose={() => onAnswer('no')}
      footer={
        <div className="flex flex-col gap-2 py-2 sm:flex-row-reverse">
          {question.kind === 'page' && question.action.tool === 'open_link' ? (
            <OpenLink url={question.action.url} onOpen={() => onAnswer('once')} />
          ) : (
            <Button tone="primary" onClick={() => onAnswer('once')}>
              {said.once}
            </Button>
          )}
          {scopeOf(question) !== undefined && (
            <Button onClick={() => onAnswer('conversation')}>{said.conversation}</Button>
          )}
          <Button tone="quiet" className="sm:mr-auto" onClick={() => onAnswer('no')}>
            {said.no}
          </Button>
        </div>
      }
    >
      <div ref={facts} tabIndex={-1} className="space-y-3 text-sm outline-none">
        {question.kind === 'page' ? (
          <PageAsked action={question.action} />
        ) : (
          <Fact name={said.input}>{readableJson(question.input) || said.noInput}</Fact>
        )}
      </div>
      <p className="mt-3 text-sm text-muted">
        {said.time} {following > 0 && said.more(following)}
      </p>
    </Dialog>
  );
}

function headOf(question: Question): { title: string; description: string } {
  if (question.kind === 'tool') {
    return { title: said.title, description: said.from(question.server, question.tool) };
  }
  return pageToolWords.asks[question.action.tool];
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-1 max-h-64 overflow-y-auto rounded-control bg-sunken p-3 font-mono text-xs leading-relaxed wrap-break-word whitespace-pre-wrap">
        {children}
      </dd>
    </dl>
  );
}
