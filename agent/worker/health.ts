import type { ProviderId } from '#protocol/provider.ts';
import type { WorkerHealth } from '#protocol/worker-health.ts';
import type { EngineState } from '../engine/supervisor.ts';
import type { ProviderReport } from './reports.ts';

type Failing = WorkerHealth['failingProviders'][number];

/** The codes that tell of a provider which is configured and yet cannot answer. */
const failures: ReadonlySet<string> = new Set([
  'provider_refused',
  'provider_limited',
  'provider_unreachable',
  'provider_failed',
]);

/** What a worker knows of itself. `changed` is called whenever any of it is another. */
export class WorkerState {
  readonly #changed: (health: WorkerHealth) => void;
  readonly #failing = new Map<ProviderId, Failing>();
  #engine: EngineState['kind'] = 'stopped';
  #registered = false;
  #conversations = 0;
  #told = '';

  constructor(changed: (health: WorkerHealth) => void) {
    this.#changed = changed;
  }

  get health(): WorkerHealth {
    return {
      engine: this.#engine,
      registered: this.#registered,
      conversations: this.#conversations,
      failingProviders: [...this.#failing.values()],
    };
  }

  engine({ kind }: EngineState): void {
    this.#engine = kind;
    this.#tell();
  }

  /** `registered`: whether LiveKit knows the worker; `conversations`: how many jobs it has. */
  jobs(registered: boolean, conversations: number): void {
    this.#registered = registered;
    this.#conversations = conversations;
    this.#tell();
  }

  provider({ provider, problem }: ProviderReport): void {
    if (problem === undefined) this.#failing.delete(provider);
    else if (failures.has(problem)) {
      this.#failing.set(provider, { provider, code: problem, atMs: Date.now() });
    }
    this.#tell();
  }

  #tell(): void {
    const { health } = this;
    const text = JSON.stringify(health);
    if (text === this.#told) return;
    this.#told = text;
    this.#changed(health);
  }
}
