import { networkInterfaces } from 'node:os';
import type { Environment } from '../environment.ts';
import { answersHttp, type PartPlan } from './part.ts';
import type { PortWish } from './ports.ts';

/** LiveKit for this machine: signalling on `port`, media over TCP and UDP on the two ports above it. */
export function livekitPlan(binary: string, livekit: Environment['livekit']): PartPlan {
  return {
    name: 'livekit',
    program: binary,
    args: ['--dev', ...loopbackAddresses().flatMap((address) => ['--bind', address])],
    env: {
      ...process.env,
      // In the environment rather than in the arguments, which everybody on the machine can read.
      LIVEKIT_KEYS: `${livekit.apiKey}: ${livekit.apiSecret}`,
      LIVEKIT_CONFIG: livekitConfig(livekit),
    },
    ready: (_child, signal) => answersHttp(`http://127.0.0.1:${livekit.port}`, signal),
  };
}

/**
 * Signalling, without which nobody gets in, is bound to this machine. Media is offered on its other addresses too,
 * because Firefox does not use the loopback address. LiveKit asks public STUN servers unless it is given another:
 * nothing here needs one, and nothing here shall talk to other hosts, so it gets its own media port.
 */
function livekitConfig({ port, udp, turn }: Environment['livekit']): string {
  return JSON.stringify({
    port,
    rtc: {
      tcp_port: port + 1,
      udp_port: port + 2,
      ...(!udp && { force_tcp: true }),
      use_ice_lite: true,
      enable_loopback_candidate: true,
      stun_servers: [`127.0.0.1:${port + 2}`],
    },
    ...(turn && {
      turn: {
        enabled: true,
        domain: turn.domain,
        tls_port: turn.port,
        cert_file: turn.certFile,
        key_file: turn.keyFile,
      },
    }),
    room: { departure_timeout: 20 },
    logging: { level: 'info' },
  });
}

export function livekitPorts(port: number): PortWish[] {
  const variable = 'PARLEY_LIVEKIT_PORT';
  return [
    { port, protocol: 'tcp', purpose: 'LiveKit', variable },
    { port: port + 1, protocol: 'tcp', purpose: "LiveKit's media", variable },
    { port: port + 2, protocol: 'udp', purpose: "LiveKit's media", variable },
  ];
}

/** ::1 only where this machine has it: LiveKit does not start on an address that is not there. */
function loopbackAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return ['127.0.0.1', '::1'].filter((wanted) => all.some(({ address }) => address === wanted));
}
