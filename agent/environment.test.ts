import { describe, expect, it } from 'vitest';
import { EnvironmentError, defaultCacheFolder, readAgentEnvironment } from './environment.ts';

describe('agent environment', () => {
  it('needs nothing on a developer machine', () => {
    const environment = readAgentEnvironment({});
    expect(environment.livekit).toEqual({
      url: 'ws://localhost:7880',
      apiKey: 'devkey',
      apiSecret: 'secret',
    });
    expect(environment.languageModel).toBeUndefined();
  });

  it('takes an empty variable for an absent one', () => {
    expect(readAgentEnvironment({ LIVEKIT_URL: '', LOG_LEVEL: '' }).logLevel).toBe('info');
  });

  it.each([
    [{ LIVEKIT_URL: 'localhost:7880' }, /LIVEKIT_URL should be an address such as ws:/],
    [{ LLM_BASE_URL: 'not an address', LLM_MODEL: 'x' }, /LLM_BASE_URL should be an address/],
    [{ LLM_BASE_URL: 'http://localhost:11434/v1' }, /LLM_MODEL is missing/],
    [{ LLM_MODEL: 'x' }, /LLM_BASE_URL is missing/],
    [{ PARLEY_PROVIDER: 'parrot' }, /PARLEY_PROVIDER should be one of embedded, nova-sonic/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL should be one of/],
  ])('names what is wrong with %j', (env, message) => {
    expect(() => readAgentEnvironment(env)).toThrow(EnvironmentError);
    expect(() => readAgentEnvironment(env)).toThrow(message);
  });

  it('keeps its cache where the system keeps caches', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/parley');
    expect(defaultCacheFolder({ LOCALAPPDATA: 'C:\\Local' }, 'win32')).toContain('parley');
  });
});
