import { describe, expect, it } from 'vitest';
import { TurnLatency } from './turn-latency.ts';

const began = (atS: number) => ({ kind: 'began', atS }) as const;
const ended = (atS: number) => ({ kind: 'ended', atS }) as const;

describe('the latency of a turn', () => {
  it('runs from the end of the speech to the first sound of the reply', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(3));
    latency.turnEnded(3.4);
    expect(latency.reply(began(3.75))).toBe(750);
  });

  it('is measured once, however many pauses the reply has', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(3));
    latency.turnEnded(3.4);
    latency.reply(began(4));
    expect(latency.reply(ended(5))).toBeUndefined();
    expect(latency.reply(began(6))).toBeUndefined();
  });

  it('is not measured for a cough that the agent did not take for speech', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(1.2));
    expect(latency.reply(began(2))).toBeUndefined();
  });

  it('keeps to the end of the question when there is noise after it', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(3));
    latency.turnEnded(3.4);
    latency.microphone(began(3.5));
    latency.microphone(ended(3.6));
    expect(latency.reply(began(4))).toBe(1000);
  });

  it('is not measured by the reply that was talked over', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(3));
    latency.turnEnded(3.4);
    expect(latency.reply(began(2.5))).toBeUndefined();
    expect(latency.reply(began(4))).toBe(1000);
  });

  it('finds the end of the speech after the agent has', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.turnEnded(3.2);
    latency.microphone(ended(3));
    expect(latency.reply(began(3.5))).toBe(500);
  });

  it('takes the moment of the turn while the microphone is not quiet yet', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.turnEnded(3);
    expect(latency.reply(began(3.5))).toBe(500);
  });

  it('is not measured for an answer to typed words, nor for one that took too long', () => {
    const latency = new TurnLatency();
    latency.microphone(began(1));
    latency.microphone(ended(3));
    latency.turnEnded(3.4);
    latency.forget();
    expect(latency.reply(began(4))).toBeUndefined();
    latency.turnEnded(5);
    expect(latency.reply(began(99))).toBeUndefined();
  });
});
