import { SingleBar } from 'cli-progress';

export interface Progress {
  begin(name: string): void;
  add(bytes: number): void;
  /** Takes the bar off the screen while something else is written. */
  around(write: () => void): void;
  end(): void;
}

/** A bar over the bytes of all files, on standard error, and only where a person is looking. */
export function showProgress(totalBytes: number): Progress {
  if (!process.stderr.isTTY || totalBytes === 0) {
    return {
      begin: () => undefined,
      add: () => undefined,
      around: (write) => {
        write();
      },
      end: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {eta_formatted} left  {name}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(totalBytes, 0, { name: '' });
  return {
    begin: (name) => bar.update({ name }),
    add: (bytes) => bar.increment(bytes),
    around: (write) => {
      process.stderr.write('\r\u001b[K');
      write();
      bar.render();
    },
    end: () => bar.stop(),
  };
}
