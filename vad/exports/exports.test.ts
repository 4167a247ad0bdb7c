import { expect, it } from 'vitest';
import { toAudacityLabels } from './audacity.ts';
import { toCsv } from './csv.ts';
import type { FoundSpeech } from './found-speech.ts';
import { toJson } from './json.ts';
import { toRttm } from './rttm.ts';
import { toSrt } from './srt.ts';

const long: FoundSpeech = {
  name: 'a call, "first" take.wav',
  durationMs: 7_300_000,
  segments: [
    { startMs: 32, endMs: 1034 },
    { startMs: 3_661_001.6, endMs: 3_725_000 },
  ],
};
const silent: FoundSpeech = { name: 'silence.mp3', durationMs: 1000, segments: [] };

it('writes JSON with every recording, in seconds', () => {
  expect(JSON.parse(toJson([long, silent]))).toEqual([
    {
      file: 'a call, "first" take.wav',
      duration: 7300,
      speech: 65,
      segments: [
        { start: 0.032, end: 1.034 },
        { start: 3661.002, end: 3725 },
      ],
    },
    { file: 'silence.mp3', duration: 1, speech: 0, segments: [] },
  ]);
});

it('writes CSV that a spreadsheet reads, whatever the name', () => {
  expect(toCsv([long, silent]).split('\r\n')).toEqual([
    'file,start,end,duration',
    '"a call, ""first"" take.wav",0.032,1.034,1.002',
    '"a call, ""first"" take.wav",3661.002,3725.000,63.998',
    '',
  ]);
});

it('writes subtitles', () => {
  expect(toSrt(long)).toBe(
    '1\n00:00:00,032 --> 00:00:01,034\n[speech]\n\n' +
      '2\n01:01:01,002 --> 01:02:05,000\n[speech]\n\n',
  );
});

it('writes labels for Audacity', () => {
  expect(toAudacityLabels(long)).toBe(
    '0.032000\t1.034000\tspeech\n3661.001600\t3725.000000\tspeech\n',
  );
});

it('writes RTTM with no space inside a field', () => {
  expect(toRttm([long])).toBe(
    'SPEAKER a_call,_"first"_take 1 0.032 1.002 <NA> <NA> speech <NA> <NA>\n' +
      'SPEAKER a_call,_"first"_take 1 3661.002 63.998 <NA> <NA> speech <NA> <NA>\n',
  );
});

it('writes nothing where nothing was found', () => {
  expect([toSrt(silent), toAudacityLabels(silent), toRttm([silent])]).toEqual(['', '', '']);
});
