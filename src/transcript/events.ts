import type { AgentEvent } from '#protocol/events.ts';
import { words } from '../words/page.ts';
import type { TranscriptAction } from './reducer.ts';

/** What an event of the agent means to the transcript, if anything. `atMs` is on the page's clock. */
export function actionOfEvent(event: AgentEvent, atMs: number): TranscriptAction | undefined {
  switch (event.type) {
    case 'user_speech':
      return event.phase === 'started' ? { type: 'user_speech_started', atMs } : undefined;
    case 'tool_started': {
      const { callId: id, name, title, input } = event;
      return { type: 'tool_started', id, name, title, input, atMs };
    }
    case 'tool_finished': {
      const { callId: id, outcome, output } = event;
      return { type: 'tool_finished', id, outcome, output };
    }
    case 'interrupted': {
      const { heard, unheard, by, segmentId } = event;
      return {
        type: 'reply_cut',
        ...(segmentId !== undefined && { segmentId }),
        ...(heard !== undefined && { heard }),
        unheard,
        by,
        atMs,
      };
    }
    case 'timer_rang': {
      const text = words.notices.timerRang(event.label);
      return { type: 'notice', id: `timer-${event.atMs}-${event.label}`, text, atMs };
    }
    case 'provider':
    case 'usage':
    case 'metered':
    case 'answering':
    case 'gate':
    case 'viseme':
    case 'error':
      return undefined;
  }
}
