import { ArrowUp } from 'lucide-react';
import {
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { maxMessageLength } from '#protocol/topics.ts';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import type { Call } from '../conversation/state.ts';
import { tourStop } from '../tour/stops.ts';
import { words } from '../words/page.ts';

/** How near the limit the count of characters left begins to show. */
const countFrom = maxMessageLength - 200;

/**
 * Chromium keeps an undo step for each message that was sent, a thousand at most, and with it pieces of the page's memory that it
 * cannot use otherwise, as long as the box is in the document. So there is a new one after so many messages.
 */
const renewedEvery = 20;

/** The message box. What is written stays until it has really been sent. */
export function Composer({
  input,
  before,
  className = '',
}: {
  input: RefObject<HTMLTextAreaElement | null>;
  /** Stands in the box before what is written. */
  before?: ReactNode;
  className?: string;
}) {
  const controls = useControls();
  const call = useConversation((state) => state.call);
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const [sentCount, setSentCount] = useState(0);
  const hadFocus = useRef(false);
  const boxNumber = Math.floor(sentCount / renewedEvery);
  const hintId = useId();
  const obstacle = obstacleTo(call);
  const sendable = !obstacle && !sending && text.trim() !== '';

  useLayoutEffect(() => {
    if (input.current) fitHeight(input.current);
  }, [input, text, boxNumber]);

  useLayoutEffect(() => {
    if (hadFocus.current) input.current?.focus();
  }, [input, boxNumber]);

  const send = async (): Promise<void> => {
    if (!sendable) return;
    setSending(true);
    const sent = await controls.sendMessage(text.trim());
    setSending(false);
    if (!sent) return;
    hadFocus.current = input.current?.matches(':focus') ?? false;
    setText('');
    setSentCount((count) => count + 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  const left = maxMessageLength - text.length;
  const count = left === 0 ? words.message.full(maxMessageLength) : words.message.left(left);
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div
        {...tourStop('message')}
        className={`flex items-end rounded-3xl border bg-surface pr-1 pl-4 transition-colors focus-within:border-ink ${obstacle ? 'border-line' : 'border-line-strong'}`}
      >
        {before}
        <textarea
          key={boxNumber}
          ref={input}
          aria-label={words.message.label}
          aria-describedby={hintId}
          rows={1}
          maxLength={maxMessageLength}
          enterKeyHint="send"
          placeholder={obstacle ?? words.message.placeholder}
          disabled={obstacle !== undefined}
          value={text}
          // Not onChange: it misses text that an extension or an input method puts into the box by itself.
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
          className="max-h-40 min-w-0 flex-1 resize-none self-center py-3 text-base leading-6 outline-none placeholder:text-muted"
        />
        <button
          type="submit"
          aria-label={words.message.send}
          title={words.message.send}
          disabled={!sendable}
          className="group flex size-12 shrink-0 items-center justify-center rounded-full focus-visible:outline-offset-[-2px]"
        >
          <span className="flex size-9 items-center justify-center rounded-full bg-ink text-canvas transition-opacity group-disabled:bg-sunken group-disabled:text-muted">
            <ArrowUp aria-hidden="true" className="size-4.5" />
          </span>
        </button>
      </div>
      <p
        id={hintId}
        aria-live="polite"
        className="px-4 text-xs text-muted tabular-nums not-empty:pt-1.5"
      >
        {text.length >= countFrom ? count : ''}
        {obstacle && <span className="sr-only">{obstacle}</span>}
      </p>
    </form>
  );
}

function obstacleTo(call: Call): string | undefined {
  if (call.kind === 'connected') return undefined;
  return call.kind === 'reconnecting' ? words.message.reconnecting : words.message.waiting;
}

/** Lets the box grow with its text; `field-sizing` is not in every browser that the page supports. */
function fitHeight(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
