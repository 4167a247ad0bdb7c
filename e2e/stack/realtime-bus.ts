import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../../server/launcher/on-path.ts';

/** Where a desktop's own system bus listens (D-Bus specification, "Well-known Message Bus Instances"). */
const ownBus = '/run/dbus/system_bus_socket';
/** Debian, Fedora and Arch put RealtimeKit there. */
const realtimeKits = ['/usr/libexec/rtkit-daemon', '/usr/lib/rtkit-daemon'];

/** A program to be started and stopped, and what others need in order to find it. */
export interface RealtimeBus {
  readonly program: string;
  readonly args: readonly string[];
  /** Of the bus itself as well as of all that use it. */
  readonly env: Readonly<Record<string, string>>;
  /** The bus prints it when it takes calls. */
  readonly ready: RegExp;
}

/**
 * On a desktop, Firefox asks RealtimeKit over the system's bus to let its audio threads go first. A container has no such
 * bus, so there they wait for whatever else runs: what a microphone delivers piles up for 200 ms, and pieces of speech
 * are lost. This is a bus for the tests, which starts RealtimeKit when it is asked for. Undefined where the system has
 * one, or lacks the programs. What it keeps lies in `folder`.
 */
export function realtimeBus(folder: string): RealtimeBus | undefined {
  const program = findOnPath(['dbus-daemon']);
  if (program === undefined || existsSync(ownBus) || !realtimeKits.some((kit) => existsSync(kit))) {
    return undefined;
  }
  mkdirSync(folder, { recursive: true });
  const address = `unix:path=${join(folder, 'bus')}`;
  const config = join(folder, 'bus.conf');
  writeFileSync(config, configOf(address));
  return {
    program,
    args: ['--nofork', '--nopidfile', '--print-address', `--config-file=${config}`],
    env: { DBUS_SYSTEM_BUS_ADDRESS: address },
    ready: /unix:path=/,
  };
}

/** A bus of the session's kind starts the system's services by itself, without the setuid helper of a system bus. */
function configOf(address: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <standard_system_servicedirs/>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
`;
}
