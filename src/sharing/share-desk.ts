import { stopAll } from './capture.ts';
import type { SharedVideo } from './shared-video.ts';
import type { Onlooker, ShareSource, SharingHost } from './sharing.ts';

/** Where sharing is begun and ended. What does it is fetched with the first time. */
export class ShareDesk {
  readonly #host: SharingHost;
  #shared: SharedVideo | undefined;
  #onlooker: Onlooker | undefined;

  constructor(host: SharingHost) {
    this.#host = host;
  }

  /** `captured`: what the browser is asking the person for. Never rejects. */
  async share(source: ShareSource, captured: Promise<MediaStream>): Promise<void> {
    try {
      const { SharedVideo } = await import('./shared-video.ts');
      if (!this.#shared) {
        this.#shared = new SharedVideo(this.#host);
        if (this.#onlooker) this.#shared.answeredBy(this.#onlooker);
      }
    } catch {
      captured.then(stopAll, () => undefined);
      this.#host.changed({ kind: 'failed', source, why: 'unsent' });
      return;
    }
    await this.#shared.begin(source, captured);
  }

  stop(): void {
    this.#shared?.stop();
  }

  answeredBy(onlooker: Onlooker): void {
    this.#onlooker = onlooker;
    this.#shared?.answeredBy(onlooker);
  }
}
