import type { RecordingProblem } from '../../lab/decoding/problem.ts';

/** What is wrong with a file, and what can be done. */
function problemText(problem: RecordingProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'The file is empty.';
    case 'format':
      return 'This is no sound file that is known here. Take WAV, MP3, OGG, FLAC, M4A, AAC or WebM.';
    case 'silent':
      return 'The file holds no sound.';
    case 'codec':
      return `This browser cannot decode ${problem.codec.toUpperCase()}. Convert the file to WAV or FLAC, or use another browser.`;
    case 'broken':
      return `The file is damaged or cut off. (${problem.detail})`;
    case 'detector':
      return `The detector could not be started; reload the page. (${problem.detail})`;
  }
}

/** The texts of the Lab, which is a page of its own. */
export const labWords = {
  title: 'Speech lab',
  documentTitle: 'Speech lab – Parley',
  headline: 'Where is the speech?',
  line: 'Drop recordings and see when somebody speaks, to a few hundredths of a second. Nothing leaves this computer.',
  toTalk: 'Talk to Parley',
  intake: {
    title: 'Add recordings',
    drop: 'Drop recordings here',
    dropNow: 'Let go to add them',
    kinds: 'WAV, MP3, OGG, FLAC, M4A, AAC or WebM; one or hundreds, as long as they like.',
    choose: 'Choose files',
    record: 'Record',
    stop: 'Stop recording',
    recording: (time: string) => `Recording, ${time}`,
    sample: 'Try a sample',
    sampleName: 'A Tale of Two Cities.wav',
    recordingName: (n: number) => `Recording ${n}.wav`,
    microphone: {
      denied:
        'The microphone is blocked. Allow it for this page in the browser’s address bar, then record again.',
      missing: 'No microphone was found. Plug one in, then record again.',
      busy: 'The microphone cannot be opened. Another program may be using it.',
    },
    sampleFailed:
      'The sample could not be fetched. Check that the server still runs, then try again.',
    nothing: 'Nothing to read was dropped. Drop sound files.',
  },
  settings: {
    title: 'What counts as speech',
    now: 'Changes act at once; the recordings are not heard again.',
    sensitivity: 'Sensitivity',
    threshold: (p: string) =>
      `Speech begins where its probability reaches ${p}, which is 1 minus the sensitivity.`,
    minSpeech: 'Shortest speech',
    minSilence: 'Shortest silence',
    padding: 'Padding',
    ms: (n: number) => `${n} ms`,
    reset: 'Back to the defaults',
  },
  batch: {
    title: 'Recordings',
    progress: 'Recordings heard',
    heard: (done: number, all: number) => `${done} of ${all} heard`,
    left: (time: string) => `about ${time} left`,
    paused: 'paused',
    failed: (n: number) => (n === 1 ? '1 could not be read' : `${n} could not be read`),
    pause: 'Pause',
    goOn: 'Go on',
    cancel: 'Cancel',
    clear: 'Remove all',
    save: 'Save all',
    name: 'Recording',
    speech: 'Speech',
    total: 'Total',
    saved: 'Saved',
    tokens: 'Tokens',
    money: 'Money',
    all: 'In all',
    waiting: 'waiting',
    running: (percent: number) => `${percent} %`,
    opening: 'being heard',
    cancelled: 'cancelled',
    unread: 'not read',
    savedNote: (model: string) =>
      `Tokens and money are what leaving out the silence saves with ${model}; see “What it saves” below.`,
  },
  view: {
    plot: (name: string, count: number, speech: string, total: string) =>
      `${name}: ${count === 1 ? 'one stretch' : `${count} stretches`} of speech, ${speech} of ${total} seconds`,
    probability: 'Probability of speech',
    threshold: 'Threshold',
    wave: 'Wave',
    segments: 'Segments',
    segmentCount: (n: number) => (n === 1 ? '1 segment' : `${n} segments`),
    none: 'No speech found at this sensitivity.',
    play: 'Play',
    pause: 'Pause',
    playSegment: (n: number) => `Play segment ${n}`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Show all of it',
    position: 'Part that is shown',
    from: 'from',
    to: 'to',
    seconds: (s: string) => `${s} s`,
    save: 'Save',
    pending: 'Shown as soon as all of it was heard.',
    cutting: 'Cutting …',
    unplayable:
      'This browser cannot play the file, though it can read it. Save “Speech only (WAV)” and play that.',
    facts: (codec: string, rate: string, channels: number, speed: string) =>
      `${codec}, ${rate} kHz, ${channels === 1 ? 'mono' : `${channels} channels`}; heard at ${speed} times its own speed`,
    plain: ', without WebAssembly',
    hint: 'Press the wave to play from there; hold Ctrl and scroll to zoom.',
  },
  exports: {
    json: 'JSON',
    csv: 'CSV',
    srt: 'Subtitles (SRT)',
    audacity: 'Audacity labels',
    rttm: 'RTTM',
    wav: 'Speech only (WAV)',
  },
  cost: {
    title: 'What it saves',
    line: 'Leave out the silence before sound goes to a paid service.',
    share: 'Share that is silence',
    measured: 'as measured on your recordings',
    assumed: 'assumed until you add recordings',
    minutes: 'Minutes of sound a day',
    calls: 'Calls a day',
    models: 'Language models',
    model: 'Model',
    perMillion: '$ per million tokens',
    tokensPerSecond: 'Tokens per second',
    perMonth: 'In 30 days',
    whole: 'Without',
    cut: 'With',
    saved: 'Saved',
    used: 'In the table above',
    services: 'Detection services',
    service: 'Service',
    perThousand: '$ per 1,000 calls',
    latency: 'Answer takes',
    ours: 'Parley, on this computer',
    oursLatency: (ms: string) => `${ms} ms per 100 ms`,
    oursUnmeasured: 'measured with your first recording',
    gathered: (date: string) =>
      `Prices gathered on ${date}; change any of them. They are kept in this browser.`,
    textOnly:
      'The prices of text models are those of text out, as comparisons of such services use them; text in costs less. A second of sound has no fixed number of tokens there.',
    source: (name: string) => `Price list of ${name}`,
    reset: 'Back to the listed prices',
    invalid: 'Enter a number from 0 on.',
  },
  benchmark: {
    title: 'How good it is',
    line: 'Let detectors hear recordings in which it is known where somebody speaks, one beside the other in this page.',
    ownLine:
      'To use your own, drop labels with your recordings: RTTM files, or Audacity label tracks (.txt) with the name of their recording. A name that begins with that of a condition, such as “noisy street.wav”, counts there.',
    labelled: (recordings: number, labels: number) =>
      recordings === 0
        ? `${labels} label ${labels === 1 ? 'track' : 'tracks'}, and no recording of that name yet.`
        : `${recordings === 1 ? '1 recording' : `${recordings} recordings`} with labels.`,
    unreadable: (name: string, message: string) => `${name} cannot be read as labels. ${message}`,
    recordings: 'Recordings',
    conditions: {
      clean: 'Clean',
      noisy: 'Noisy',
      several: 'Several speakers',
      music: 'Music',
      whisper: 'Whisper',
      own: 'Yours',
    },
    detectorsTitle: 'Detectors',
    detectors: {
      silero: 'Parley (Silero v6.2)',
      legacy: 'Silero legacy (vad-web)',
      v5: 'Silero v5 (vad-web)',
      webrtc: 'WebRTC',
      energy: 'Loudness',
    },
    heavy: 'Fetches up to 16 MB from this server the first time.',
    scoring: 'Scoring',
    collar: (ms: number) => `Leave out ${ms} ms around every edge of the labels`,
    collarNote: 'Nobody can label to a hundredth of a second where a word ends.',
    scores: 'Scores',
    shown: 'Results for',
    allConditions: 'All that are chosen',
    none: '–',
    choose: 'Choose recordings to begin with.',
    progress: 'Labelled recordings heard',
    heard: (done: number, all: number) => `${done} of ${all} recordings heard`,
    stop: 'Stop',
    goOn: 'Go on',
    failed: (name: string, problem: string) => `${name} could not be heard. ${problem}`,
    columns: {
      detector: 'Detector',
      precision: 'Precision',
      recall: 'Recall',
      f1: 'F1',
      auc: 'ROC area',
      begins: 'Begins',
      ends: 'Ends',
      missed: 'Not found',
      time: 'Time for 1 s',
    },
    interval: (low: string, high: string) => `${low}–${high}`,
    most: (ms: string) => `90 %: ${ms}`,
    tails: (p50: string, p95: string) => `p50 ${p50}, p95 ${p95}`,
    note: 'By frames of 32 ms, all recordings together, at the settings above. Below each score stands where it lies in 95 of 100 draws of pieces of 10 s. “Begins” and “Ends” say how late the edges are, in the middle of all and for nine of ten; “Not found” counts labelled stretches. Time is that of the detector alone: average, and over the recordings.',
    rules:
      'WebRTC and Loudness only say yes or no: WebRTC in its third mode of four, Loudness from 12 dB above the quietest tenth of a recording.',
    made: 'The recordings are made by recipe from one reader, Parley’s own voice and recorded noise, always the same. The whispers are made from voiced speech.',
    plot: 'Speech that is found against silence taken for speech, for every threshold',
    falseAlarmRate: 'Silence taken for speech',
    hitRate: 'Speech found',
    byCondition: 'ROC area of each detector by condition, with the interval of 95 %',
    saveRoc: 'Save ROC (SVG)',
    saveByCondition: 'Save areas (SVG)',
  },
  problem: problemText,
} as const;
