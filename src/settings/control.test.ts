import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProviderId, ProviderOffer } from '#protocol/provider.ts';
import type { Configured, SampleRequest, Settings } from '#protocol/settings.ts';
import { withSetting } from './changes.ts';
import { SettingsControl, settleMs, type ConfigurableAssistant } from './control.ts';
import { offerOf } from './state.ts';
import { SettingsStorage, type Shelf } from './storage.ts';

function offer(provider: ProviderId): ProviderOffer {
  return {
    provider,
    model: 'one',
    voices: [{ id: 'ava', label: 'Ava' }],
    takesOtherVoices: false,
    languages: ['en'],
    turnDetection: [],
    noiseReduction: [],
    options: [],
    pushToTalk: 'manual',
    captions: true,
  };
}

/** An assistant that does what it is told, and whose answers come when the test lets them. */
class Obedient implements ConfigurableAssistant {
  readonly told: Settings[] = [];
  readonly order: string[] = [];
  #answers: ((answer: Configured | Error) => void)[] = [];

  configure(settings: Settings): Promise<Configured> {
    this.told.push(settings);
    this.order.push('configure');
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
  }

  capabilities(provider: ProviderId = 'embedded'): Promise<Capabilities> {
    this.order.push('capabilities');
    return Promise.resolve({
      engine: {
        id: provider,
        name: provider,
        description: '',
        runsLocally: true,
        parts: { listening: '', thinking: '', speaking: '' },
      },
      languages: [],
      tools: [{ name: 'clock', title: 'Clock', example: '' }],
      providers: [],
      offer: offer(provider),
      settings: this.told.at(-1) ?? {},
      resumed: false,
    });
  }

  sample({ voice }: SampleRequest): Promise<void> {
    return Promise.reject(new Error(`No ${voice} now.`));
  }

  async answer(answer: Partial<Configured> | Error): Promise<void> {
    const whole =
      answer instanceof Error
        ? answer
        : { settings: this.told.at(-1) ?? {}, refused: [], applied: 'live' as const, ...answer };
    this.#answers.shift()?.(whole);
    await vi.advanceTimersByTimeAsync(0);
  }
}

function shelf(kept: Record<string, string> = {}): Shelf & { readonly kept: Map<string, string> } {
  const map = new Map(Object.entries(kept));
  return {
    kept: map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

function control(on: Shelf = shelf()) {
  const introduced = vi.fn();
  const settings = new SettingsControl(new SettingsStorage(on), { changed: vi.fn(), introduced });
  return { settings, introduced };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('SettingsControl', () => {
  it('tells an assistant what was kept before it asks what it can do', async () => {
    const kept = shelf({ 'parley.settings': '{"voice":"ava"}' });
    const { settings, introduced } = control(kept);
    const assistant = new Obedient();
    void settings.assistantCame(assistant);
    expect(assistant.told).toEqual([{ voice: 'ava' }]);
    expect(introduced).not.toHaveBeenCalled();
    await assistant.answer({});
    expect(assistant.order).toEqual(['configure', 'capabilities']);
    expect(introduced).toHaveBeenCalledOnce();
  });

  it('sends nothing where nothing was chosen', async () => {
    const { settings, introduced } = control();
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    expect(assistant.order).toEqual(['capabilities']);
    expect(introduced).toHaveBeenCalledOnce();
  });

  it.each(['{"voice":', '{"voice":7}', '{"colour":"red"}', 'null', '[]'])(
    'drops kept settings that are broken or old: %s',
    (text) => {
      const on = shelf({ 'parley.settings': text });
      expect(control(on).settings.state.chosen).toEqual({});
      expect(on.kept.has('parley.settings')).toBe(false);
    },
  );

  it('works where the browser keeps nothing', async () => {
    const forbidden = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const { settings } = control({
      getItem: forbidden,
      setItem: forbidden,
      removeItem: forbidden,
    });
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    settings.change((now) => withSetting(now, 'voice', 'ava'));
    await vi.advanceTimersByTimeAsync(0);
    expect(assistant.told).toEqual([{ voice: 'ava' }]);
  });

  it('tells the assistant of a slider only once it rests', async () => {
    const { settings } = control();
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    for (const speed of [1, 2, 3]) {
      settings.change((now) => ({ ...now, options: { speed } }), 'settle');
      await vi.advanceTimersByTimeAsync(settleMs / 2);
    }
    expect(assistant.told).toEqual([]);
    await vi.advanceTimersByTimeAsync(settleMs);
    expect(assistant.told).toEqual([{ options: { speed: 3 } }]);
  });

  it('sends what was changed on the way of an earlier wish, and shows only the last answer', async () => {
    const { settings } = control();
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    settings.change((now) => withSetting(now, 'voice', 'ava'));
    await vi.advanceTimersByTimeAsync(0);
    settings.change((now) => withSetting(now, 'voice', 'eva'));
    await vi.advanceTimersByTimeAsync(0);
    expect(assistant.told).toEqual([{ voice: 'ava' }]);
    await assistant.answer({ refused: [{ setting: 'voice', reason: 'Unknown.' }] });
    expect(settings.state.refused).toEqual([]);
    expect(assistant.told.at(-1)).toEqual({ voice: 'eva' });
    await assistant.answer({ applied: 'renewed' });
    expect(settings.state.sending).toEqual({ kind: 'applied', how: 'renewed' });
  });

  it('says why a change did not come about, and keeps it', async () => {
    const on = shelf();
    const { settings } = control(on);
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    settings.change((now) => withSetting(now, 'voice', 'ava'));
    await vi.advanceTimersByTimeAsync(0);
    await assistant.answer(new Error('No answer.'));
    expect(settings.state.sending).toEqual({ kind: 'failed', reason: 'No answer.' });
    expect(on.kept.get('parley.settings')).toBe('{"voice":"ava"}');
  });

  it('hears nothing more of an assistant that has left', async () => {
    const { settings, introduced } = control(shelf({ 'parley.settings': '{"voice":"ava"}' }));
    const first = new Obedient();
    void settings.assistantCame(first);
    settings.assistantLeft();
    await first.answer({ applied: 'renewed' });
    expect(settings.state.sending).toEqual({ kind: 'none' });
    const second = new Obedient();
    void settings.assistantCame(second);
    await second.answer({});
    expect(introduced).toHaveBeenCalledOnce();
  });

  it('goes over to another provider with what is the person’s, and finds again what was the provider’s', async () => {
    const { settings } = control();
    const assistant = new Obedient();
    await settings.assistantCame(assistant);
    settings.change((now) => ({ ...now, voice: 'piper', instructions: 'Be brief.' }));
    settings.chooseProvider('openai');
    expect(settings.state.chosen).toEqual({ provider: 'openai', instructions: 'Be brief.' });
    settings.change((now) => withSetting(now, 'voice', 'marin'));
    settings.chooseProvider('gemini');
    expect(settings.state.chosen).not.toHaveProperty('voice');
    settings.chooseProvider('openai');
    expect(settings.state.chosen).toMatchObject({ provider: 'openai', voice: 'marin' });
    await vi.advanceTimersByTimeAsync(0);
    expect(offerOf(settings.state)?.provider).toBe('openai');
  });

  it('knows in the next visit what could be set', async () => {
    const on = shelf();
    await control(on).settings.assistantCame(new Obedient());
    const { settings } = control(on);
    expect(offerOf(settings.state)).toEqual(offer('embedded'));
    on.kept.set('parley.offers', '{"answering":"embedded","providers":"none"}');
    expect(control(on).settings.state.known).toBeUndefined();
  });

  it('says why a voice cannot be heard', async () => {
    const { settings } = control();
    await settings.assistantCame(new Obedient());
    expect(await settings.hear('ava')).toBe('No ava now.');
  });
});
