import { randomUUID } from 'node:crypto';
import { soundPasses } from '../wire-sound.ts';

export type Stage = 'SPECULATIVE' | 'FINAL';
export type StopReason = 'PARTIAL_TURN' | 'END_TURN' | 'INTERRUPTED';

/**
 * Writes the events of the service, each with the ids that belong to it.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-output-events.html
 */
export class Output {
  readonly #send: (json: string) => void;
  readonly #sessionId = randomUUID();
  #promptName = '';
  #completionId: string | undefined;

  constructor(send: (json: string) => void) {
    this.#send = send;
  }

  set promptName(name: string) {
    this.#promptName = name;
  }

  /** Opens the completion, which spans all turns of the prompt, if it is not open yet. */
  begin(): void {
    if (this.#completionId !== undefined) return;
    this.#completionId = randomUUID();
    this.#event('completionStart', {});
  }

  end(): void {
    if (this.#completionId !== undefined) this.#event('completionEnd', { stopReason: 'END_TURN' });
    this.#completionId = undefined;
  }

  /** A whole block of text. */
  text(role: 'USER' | 'ASSISTANT', stage: Stage, content: string, stopReason: StopReason): void {
    const contentId = randomUUID();
    this.#event('contentStart', {
      additionalModelFields: JSON.stringify({ generationStage: stage }),
      contentId,
      type: 'TEXT',
      role,
      textOutputConfiguration: { mediaType: 'text/plain' },
    });
    this.#event('textOutput', { contentId, role, content });
    this.#event('contentEnd', { contentId, stopReason, type: 'TEXT' });
  }

  /** A whole block with one call; `content` is JSON. Its id. */
  toolUse(toolName: string, content: string): string {
    const contentId = randomUUID();
    const toolUseId = randomUUID();
    this.#event('contentStart', {
      contentId,
      type: 'TOOL',
      role: 'TOOL',
      toolUseOutputConfiguration: { mediaType: 'application/json' },
    });
    this.#event('toolUse', { contentId, content, toolName, toolUseId });
    this.#event('contentEnd', { contentId, stopReason: 'TOOL_USE', type: 'TOOL' });
    return toolUseId;
  }

  /** Opens a block of sound. Its id. */
  startAudio(sampleRateHertz: number): string {
    const contentId = randomUUID();
    this.#event('contentStart', {
      contentId,
      type: 'AUDIO',
      role: 'ASSISTANT',
      audioOutputConfiguration: {
        mediaType: 'audio/lpcm',
        sampleRateHertz,
        sampleSizeBits: 16,
        encoding: 'base64',
        channelCount: 1,
      },
    });
    return contentId;
  }

  audio(contentId: string, pcm: Int16Array): void {
    const content = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
    soundPasses({ direction: 'sent' });
    this.#event('audioOutput', { contentId, role: 'ASSISTANT', content });
  }

  endAudio(contentId: string, stopReason: StopReason): void {
    this.#event('contentEnd', { contentId, stopReason, type: 'AUDIO' });
  }

  usage(report: object): void {
    this.#event('usageEvent', report);
  }

  #event(name: string, body: object): void {
    const ids = {
      sessionId: this.#sessionId,
      promptName: this.#promptName,
      completionId: this.#completionId,
    };
    this.#send(JSON.stringify({ event: { [name]: { ...ids, ...body } } }));
  }
}
