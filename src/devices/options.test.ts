import { describe, expect, it } from 'vitest';
import { deviceOptions } from './options.ts';

const naming = { systemDefault: 'System default', nameless: (n: number) => `Microphone ${n}` };
const desk = { deviceId: 'a1', label: 'Desk microphone' };

describe('deviceOptions', () => {
  it('offers the system’s default once, whether the browser lists it or not', () => {
    const listed = deviceOptions(
      [{ deviceId: 'default', label: 'Default - Desk' }, desk],
      'default',
      naming,
    );
    expect(listed).toEqual(deviceOptions([desk], 'default', naming));
    expect(listed.map(({ value }) => value)).toEqual(['default', 'a1']);
  });

  it('leaves out devices that the browser hides before permission', () => {
    expect(deviceOptions([{ deviceId: '', label: '' }], 'default', naming)).toHaveLength(1);
  });

  it('numbers devices without a name', () => {
    const options = deviceOptions([desk, { deviceId: 'b2', label: '' }], 'default', naming);
    expect(options.at(-1)).toEqual({ value: 'b2', label: 'Microphone 2' });
  });

  it('keeps a chosen device that has been unplugged', () => {
    expect(deviceOptions([desk], 'gone', naming).map(({ value }) => value)).toContain('gone');
  });
});
