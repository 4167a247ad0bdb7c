import { useRef, useState } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { roomOfToken } from '../connect/target.ts';
import type { RoomTarget } from '../conversation/state.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Field } from '../design/field.tsx';
import { words } from '../words/page.ts';
import { checkForm, formProblems, type RoomField, type RoomFormProblems } from './room-form.ts';

interface ManualConnectProps {
  initial: RoomTarget;
  /** Whether a link filled the form in, and not the person. */
  fromLink: boolean;
  onConnect: (target: RoomTarget) => void;
  onClose: () => void;
}

/** A room of the person's own: address and token. What a server has refused before is said at its field. */
export default function ManualConnect({
  initial,
  fromLink,
  onConnect,
  onClose,
}: ManualConnectProps) {
  const refused = useConversation((state) => state.problems);
  const [target, setTarget] = useState(initial);
  const [problems, setProblems] = useState<RoomFormProblems>(() => formProblems(refused));
  const urlField = useRef<HTMLInputElement>(null);
  const tokenField = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const room = roomOfToken(target.token);

  const edit = (change: Partial<RoomTarget>): void => {
    setTarget({ ...target, ...change });
    setProblems({});
  };
  const connect = (): void => {
    const found = checkForm(target, Date.now(), location);
    setProblems(found);
    if (found.serverUrl) urlField.current?.focus();
    else if (found.token) tokenField.current?.focus();
    else onConnect({ serverUrl: target.serverUrl.trim(), token: target.token.trim() });
  };
  const firstToFill = (): HTMLElement | null => {
    const isOpen = (field: RoomField): boolean =>
      problems[field] !== undefined || target[field] === '';
    if (isOpen('serverUrl')) return urlField.current;
    return isOpen('token') ? tokenField.current : submit.current;
  };

  return (
    <Dialog
      title={words.connect.title}
      description={fromLink ? words.connect.fromLink : words.connect.explanation}
      initialFocus={firstToFill}
      onClose={onClose}
    >
      <form
        noValidate
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          connect();
        }}
      >
        <Field
          ref={urlField}
          label={words.connect.serverUrl}
          hint={words.connect.serverUrlHint}
          problem={problems.serverUrl}
          type="url"
          inputMode="url"
          autoComplete="url"
          spellCheck={false}
          placeholder="wss://"
          value={target.serverUrl}
          onChangeText={(serverUrl) => edit({ serverUrl })}
        />
        <Field
          ref={tokenField}
          label={words.connect.token}
          hint={room ? words.connect.toRoom(room) : words.connect.tokenHint}
          problem={problems.token}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono text-sm"
          value={target.token}
          onChangeText={(token) => edit({ token })}
        />
        <Button ref={submit} type="submit" tone="primary" className="w-full">
          {words.connect.submit}
        </Button>
      </form>
    </Dialog>
  );
}
