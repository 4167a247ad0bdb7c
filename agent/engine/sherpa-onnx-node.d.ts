/** What of sherpa-onnx is used here; the package's own declarations are comments, and lack some of it. */
declare module 'sherpa-onnx-node' {
  export interface OfflineStream {
    acceptWaveform(audio: { samples: Float32Array; sampleRate: number }): void;
  }

  export interface OfflineRecognizerConfig {
    featConfig: { sampleRate: number; featureDim: number };
    modelConfig: {
      moonshine: { encoder: string; mergedDecoder: string };
      tokens: string;
      numThreads: number;
      provider: 'cpu';
    };
  }

  export interface OfflineRecognizer {
    createStream(): OfflineStream;
    /** Works on a thread of its own. */
    decodeAsync(stream: OfflineStream): Promise<{ text: string }>;
  }

  export interface OfflineTtsConfig {
    model: {
      vits: {
        model: string;
        tokens: string;
        dataDir: string;
        noiseScale: number;
        noiseScaleW: number;
        lengthScale: number;
      };
      numThreads: number;
      provider: 'cpu';
    };
    maxNumSentences: number;
  }

  export interface OfflineTts {
    readonly sampleRate: number;
    /** Works on a thread of its own. Samples are in [-1, 1]. */
    generateAsync(request: {
      text: string;
      sid: number;
      speed: number;
      enableExternalBuffer: boolean;
    }): Promise<{ samples: Float32Array; sampleRate: number }>;
  }

  export interface VadConfig {
    sileroVad: {
      model: string;
      threshold: number;
      minSilenceDuration: number;
      minSpeechDuration: number;
      windowSize: number;
      maxSpeechDuration: number;
    };
    sampleRate: number;
    numThreads: number;
  }

  export interface Vad {
    acceptWaveform(samples: Float32Array): void;
    isDetected(): boolean;
    isEmpty(): boolean;
    pop(): void;
    clear(): void;
    reset(): void;
  }

  export interface LinearResampler {
    /** The last of the samples, at the other rate, with all that was kept back. */
    flush(samples: Float32Array): Float32Array;
  }

  /** A CommonJS module: only the default import is sure to work from an ES module. */
  const sherpa: {
    OfflineRecognizer: { createAsync(config: OfflineRecognizerConfig): Promise<OfflineRecognizer> };
    OfflineTts: { createAsync(config: OfflineTtsConfig): Promise<OfflineTts> };
    LinearResampler: new (inputRateHz: number, outputRateHz: number) => LinearResampler;
    Vad: new (config: VadConfig, bufferSeconds: number) => Vad;
  };
  export default sherpa;
}
