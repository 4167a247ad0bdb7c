import workerUrl from '../vad/detector.worker.ts?worker&url';

/**
 * The detector's worker for the page of another site. No browser starts a worker from the address of another origin, so one
 * of the page's own fetches it; the page's content security policy needs `worker-src blob:` for that.
 */
export default class DetectorWorker extends Worker {
  constructor() {
    const whole = new URL(workerUrl, import.meta.url).href;
    const start = new Blob([`import ${JSON.stringify(whole)};`], { type: 'text/javascript' });
    const address = URL.createObjectURL(start);
    super(address, { type: 'module' });
    this.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  }
}
