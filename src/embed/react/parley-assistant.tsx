import { useEffect, useRef } from 'react';

/** What each event of the element tells; docs/embed.md says when. */
interface Told {
  connected: { roomName: string };
  transcript: {
    id: string;
    speaker: 'user' | 'assistant';
    text: string;
    final: boolean;
    unheard?: string;
  };
  problem: { code: string; detail?: string };
  ended: { durationMs: number };
}

/** The element once its script has come. */
export interface ParleyAssistantHandle extends HTMLElement {
  start(): Promise<void>;
  stop(): Promise<void>;
  interrupt(): void;
  send(text: string): Promise<boolean>;
}

export interface ParleyAssistantProps {
  /** Address of the Parley server, such as `https://parley.example`. */
  server: string;
  provider?: string;
  voice?: string;
  /** BCP 47; of what is spoken. */
  language?: string;
  instructions?: string;
  theme?: 'light' | 'dark';
  label?: string;
  placement?: 'inline' | 'floating';
  onConnected?: (told: Told['connected']) => void;
  onTranscript?: (told: Told['transcript']) => void;
  onProblem?: (told: Told['problem']) => void;
  onEnded?: (told: Told['ended']) => void;
  /** Given the element when it is there, and null when it goes. */
  handle?: (element: ParleyAssistantHandle | null) => void;
}

const events = {
  connected: 'onConnected',
  transcript: 'onTranscript',
  problem: 'onProblem',
  ended: 'onEnded',
} as const;

/**
 * `<parley-assistant>` as a component. This file needs nothing but React (18 or later), so it can be copied into any project;
 * the element itself comes from the server.
 */
export function ParleyAssistant(props: ParleyAssistantProps) {
  const place = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLElement | null>(null);
  const newest = useRef(props);
  const { server, provider, voice, language, instructions, theme, label, placement } = props;
  const { handle } = props;

  useEffect(() => {
    newest.current = props;
  });

  useEffect(() => {
    const script = `${server.replace(/\/$/, '')}/embed/parley-assistant.js`;
    import(/* @vite-ignore */ script).catch(() =>
      newest.current.onProblem?.({ code: 'server_unreachable', detail: script }),
    );
  }, [server]);

  useEffect(() => {
    const made = document.createElement('parley-assistant');
    const listening = new AbortController();
    for (const [event, name] of Object.entries(events) as [
      keyof Told,
      (typeof events)[keyof Told],
    ][]) {
      made.addEventListener(
        `parley-${event}`,
        (news) => newest.current[name]?.((news as CustomEvent<never>).detail),
        { signal: listening.signal },
      );
    }
    element.current = made;
    place.current?.append(made);
    return () => {
      listening.abort();
      made.remove();
      element.current = null;
    };
  }, []);

  useEffect(() => {
    const wished = { server, provider, voice, language, instructions, theme, label, placement };
    for (const [name, value] of Object.entries(wished)) {
      if (value === undefined) element.current?.removeAttribute(name);
      else element.current?.setAttribute(name, value);
    }
  }, [server, provider, voice, language, instructions, theme, label, placement]);

  useEffect(() => {
    handle?.(element.current as ParleyAssistantHandle | null);
    return () => handle?.(null);
  }, [handle]);

  return <div ref={place} />;
}
