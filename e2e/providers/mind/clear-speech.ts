import { joined } from '../../../agent/engine/wire/pcm.ts';
import type { Mind } from './mind.ts';
import { atRate } from './rate.ts';

const most = 6;
/** Where a word falls in the recogniser's frames changes what it reads. */
const leadsMs = [500, 507, 514];
const hearingRateHz = 16_000;

/** The voice says nothing twice in the same way: a take of the text that can be understood, as mono PCM of this rate. */
export async function clearSpeech(mind: Mind, text: string, rateHz: number): Promise<Int16Array> {
  let take: Int16Array = new Int16Array();
  for (let count = 0; count < most; count += 1) {
    const pieces: Int16Array[] = [];
    for await (const { pcm } of mind.speak(text, { rateHz })) pieces.push(pcm);
    take = joined(pieces);
    const heard = atRate(take, { fromHz: rateHz, toHz: hearingRateHz });
    const readings = await Promise.all(leadsMs.map((leadMs) => heardAs(mind, heard, leadMs)));
    if (readings.every((reading) => plain(reading) === plain(text))) break;
  }
  return take;
}

function heardAs(mind: Mind, take: Int16Array, leadMs: number): Promise<string> {
  return new Promise((resolve) => {
    const ears = mind.listen({
      turns: { kind: 'manual' },
      onEvent: (event) => {
        if (event.type !== 'final') return;
        ears.close();
        resolve(event.text);
      },
    });
    ears.hear(new Int16Array((leadMs / 1000) * hearingRateHz));
    ears.hear(take);
    ears.hear(new Int16Array(hearingRateHz / 2));
    ears.commit();
  });
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9 ]/g, '');
