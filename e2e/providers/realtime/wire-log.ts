/** An event as it went over the wire; sound is replaced by how long its base64 was. */
export interface LoggedEvent {
  /** Which connection, counted from 0. */
  readonly connection: number;
  readonly direction: 'received' | 'sent';
  /** Wall clock, ms since the epoch with fractions. */
  readonly atMs: number;
  readonly type: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const soundFields = new Set(['audio', 'delta']);
const longestKept = 2000;

export class WireLog {
  readonly entries: LoggedEvent[] = [];

  add(connection: number, direction: LoggedEvent['direction'], event: object): void {
    const fields = Object.fromEntries(
      Object.entries(event).map(([name, value]) => [name, shortened(name, value)]),
    );
    const { type } = fields;
    this.entries.push({
      connection,
      direction,
      atMs: performance.timeOrigin + performance.now(),
      type: typeof type === 'string' ? type : '',
      event: fields,
    });
  }
}

function shortened(name: string, value: unknown): unknown {
  return typeof value === 'string' && soundFields.has(name) && value.length > longestKept
    ? `(${value.length} characters)`
    : value;
}
