import { useMediaDeviceSelect } from '@livekit/components-react/hooks';
import { useConversation } from '../app/conversation-context.tsx';
import { Select } from '../design/select.tsx';
import { words } from '../words/page.ts';
import { deviceOptions } from './options.ts';

interface DeviceSelectProps {
  kind: 'audioinput' | 'audiooutput';
  label: string;
  value: string;
  /** Name of a device that the browser does not tell, by its number from 1. */
  nameless: (n: number) => string;
  onChange: (deviceId: string) => void;
}

export function DeviceSelect({ kind, label, value, nameless, onChange }: DeviceSelectProps) {
  const room = useConversation((state) => state.room);
  const { devices } = useMediaDeviceSelect({ kind, ...(room && { room }) });
  const options = deviceOptions(devices, value, { systemDefault: words.sound.system, nameless });
  return <Select label={label} value={value || 'default'} options={options} onChange={onChange} />;
}
