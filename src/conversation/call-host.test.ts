import { Room } from 'livekit-client';
import { expect, it } from 'vitest';
import { AssistantRequests } from '../assistant/requests.ts';
import { whileNotAborted, type CallHost } from './call-host.ts';

it('hears a call to its end, and nothing of it afterwards, however late that comes', () => {
  const told: string[] = [];
  const note =
    (what: string) =>
    (...details: unknown[]): void =>
      void told.push([what, ...details.map((detail) => JSON.stringify(detail))].join(' '));
  const page: CallHost = {
    update: note('update'),
    report: note('report'),
    clear: note('clear'),
    record: note('record'),
    observe: note('observe'),
    assistantCame: () => told.push('assistantCame'),
    assistantLeft: note('assistantLeft'),
    told: note('told'),
    toolsOff: () => {
      told.push('toolsOff');
      return [];
    },
    over: note('over'),
  };
  const stay = new AbortController();
  const host = whileNotAborted(stay.signal, page);
  const tellAll = (): void => {
    host.update({ volume: 1 });
    host.report({ code: 'assistant_absent' });
    host.clear('assistant_absent', 'unknown');
    host.record({ type: 'settled' });
    host.observe({ kind: 'assistant_came', atMs: 1 });
    host.assistantCame(new AssistantRequests(new Room(), 'agent-1', stay.signal));
    host.assistantLeft();
    host.told({ type: 'provider', provider: 'embedded', state: 'renewed', detail: '', atMs: 1 }, 2);
    host.toolsOff();
    host.over({ code: 'connection_lost' });
  };

  tellAll();
  const whole = [...told];
  expect(whole).toHaveLength(Object.keys(page).length);
  expect(whole).toContain('clear "assistant_absent" "unknown"');
  stay.abort();
  tellAll();
  expect(told).toEqual(whole);
});
