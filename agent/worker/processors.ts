import { readFileSync } from 'node:fs';

/** Of all processors together, since the machine began, in ticks of the system. */
export interface Processors {
  readonly worked: number;
  /** What the host of a virtual machine gave to others while this one wanted it. */
  readonly stolen: number;
}

/** User, nice, system, idle, iowait, irq, softirq, steal: see proc_stat(5). Undefined where the system does not tell. */
export function readProcessors(): Processors | undefined {
  try {
    const text = readFileSync('/proc/stat', 'utf8');
    const ticks = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number);
    if (!ticks) return undefined;
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = ticks;
    return { worked: user + nice + system + irq + softirq, stolen };
  } catch {
    return undefined;
  }
}

/** What the host kept between two readings, as a share of what was wanted; 0 where one of them is missing. */
export function stolenShare(before: Processors | undefined, after: Processors | undefined): number {
  if (!before || !after) return 0;
  const stolen = after.stolen - before.stolen;
  const wanted = after.worked - before.worked + stolen;
  return wanted <= 0 ? 0 : stolen / wanted;
}
