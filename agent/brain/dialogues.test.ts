import { describe, expect, it } from 'vitest';
import { Rehearsal } from './rehearsal.ts';

/** Each line is said after the one above it, in one conversation. */
const dialogues: Readonly<Record<string, readonly (readonly [said: string, answer: string])[]>> = {
  'goes on with the last result': [
    ['What is six times seven?', 'Six times seven is 42.'],
    ['and times two?', 'Forty-two times two is 84.'],
    ['minus 4', 'Eighty-four minus four is 80.'],
    ['half of that', 'Half of eighty is 40.'],
    ["What's minus five plus three?", 'Minus five plus three is minus 2.'],
    ['square it', 'Minus two squared is 4.'],
  ],
  'asks the same of another place or day': [
    ['what time is it', "It's 9:41 AM."],
    ['and in London?', "It's 9:41 AM in London."],
    ['how about Tokyo', "It's 6:41 PM in Tokyo."],
    ['How many days until Christmas?', 'There are 289 days until Christmas.'],
    ['and until Halloween?', 'There are 234 days until Halloween.'],
    ['What day is tomorrow?', 'Tomorrow is Thursday, the 12th of March.'],
    ['and the day after tomorrow?', 'The day after tomorrow is Friday, the 13th of March.'],
  ],
  'converts another amount, or into another unit': [
    ['convert 5 miles to km', 'Five miles is about 8.05 kilometres.'],
    ['how about 10 miles', 'Ten miles is about 16.09 kilometres.'],
    ['and in yards?', 'Ten miles is 17,600 yards.'],
  ],
  'asks how long a timer should run': [
    ['Set a timer.', 'How long should the timer run?'],
    ['Five minutes.', '5 minutes, starting now.'],
    ['cancel it', 'I cancelled your 5-minute timer.'],
    ['cancel it', 'No timers are running.'],
  ],
  'asks which timer is meant': [
    ['Set a pasta timer for ten minutes.', 'Your pasta timer is set for 10 minutes.'],
    ['Set a timer called tea for 3 minutes', 'Your tea timer is set for 3 minutes.'],
    [
      'How long is left?',
      'You have two timers: 3 minutes on the tea timer and 10 minutes on the pasta timer.',
    ],
    ['how long is left on the pasta timer', 'There are 10 minutes left on your pasta timer.'],
    ['Cancel the timer.', 'Which one: the tea timer or the pasta timer?'],
    ['the pasta one', 'I cancelled your pasta timer.'],
    ['Stop the egg timer.', 'There is no egg timer, only the tea timer.'],
    ['cancel all timers', 'I cancelled your tea timer.'],
    ['Do I have any timers?', 'No timers are running.'],
  ],
  'takes a name for the answer only if it means nothing else': [
    ['Set a one-minute timer.', '1 minute, starting now.'],
    ['Set a pasta timer for ten minutes.', 'Your pasta timer is set for 10 minutes.'],
    ['Cancel timer.', 'Which one: the 1-minute timer or the pasta timer?'],
    ['Toss a coin.', "It's heads."],
    ['Cancel timer.', 'Which one: the 1-minute timer or the pasta timer?'],
    ['pasta', 'I cancelled your pasta timer.'],
  ],
  'remembers what was said before it was asked to': [
    [
      'My favourite colour is green, remember that.',
      "I'll remember that your favourite colour is green.",
    ],
    ['What is my favourite colour?', 'Your favourite colour is green.'],
  ],
  'asks what to remember': [
    ['Can you remember something for me?', 'What should I remember?'],
    ['My favourite colour is blue.', "I'll remember that your favourite colour is blue."],
    ["What's my favorite color?", 'Your favourite colour is blue.'],
  ],
  'keeps alarms and reminders under names of their own': [
    ['Set an alarm for seven am', "I'll ring at 7 AM, in 21 hours and 19 minutes."],
    ['Remind me in an hour to call my mum', "I'll remind you in 1 hour to call your mum."],
    ['cancel the timer', 'Which one: the reminder to call your mum or the 7 AM alarm?'],
    ['What time is it?', "It's 9:41 AM."],
    ['cancel the seven am alarm', 'I cancelled your 7 AM alarm.'],
  ],
  'remembers, tells and forgets': [
    ['What did I ask you to remember?', "You haven't asked me to remember anything yet."],
    ['Remember that my locker code is 4512.', "I'll remember that your locker code is 4512."],
    ['What is my locker code?', 'Your locker code is 4512.'],
    ['Remember that I parked on level three.', "I'll remember that you parked on level three."],
    ['Where did I park?', 'You parked on level three.'],
    [
      'What did I ask you to remember?',
      'You asked me to remember that your locker code is 4512 and that you parked on level three.',
    ],
    ['Remember that my locker code is 9000.', "I'll remember that your locker code is 9000."],
    ["what's my locker code", 'Your locker code is 9000.'],
    ['Forget my locker code.', "I've forgotten that your locker code is 9000."],
    ['What is my locker code?', "You haven't told me your locker code."],
    [
      "don't forget that the wifi password is tulip",
      "I'll remember that the wifi password is tulip.",
    ],
    ['What is the wifi password?', 'The wifi password is tulip.'],
    ['What is the weather like?', ''],
    ['forget everything', 'I have forgotten all of it.'],
    ['Where did I park?', "You haven't told me that."],
  ],
  'says it again': [
    ['Say that again.', "I haven't said anything yet."],
    ['What is 2 plus 2?', 'Two plus two is 4.'],
    ['Sorry?', 'Two plus two is 4.'],
    ["I didn't catch that.", 'Two plus two is 4.'],
  ],
  'does it once more': [
    ['Flip a coin.', "It's heads."],
    ['again', "It's heads."],
    ['roll two dice', 'You rolled three and three, 6 in all.'],
    ['once more', 'You rolled three and three, 6 in all.'],
    ['How do you spell queue?', 'Queue: Q, U, E, U, E.'],
    ['and what about rhythm', 'Rhythm: R, H, Y, T, H, M.'],
  ],
};

describe('dialogues', () => {
  it.each(Object.entries(dialogues))('%s', async (_name, lines) => {
    const rehearsal = new Rehearsal();
    const answers: [string, string][] = [];
    for (const [said] of lines) answers.push([said, await rehearsal.say(said)]);
    expect(answers).toEqual(lines.map(([said, answer]) => [said, answer]));
  });

  it('counts down while the conversation goes on', async () => {
    const rehearsal = new Rehearsal();
    await rehearsal.say('Set a timer for ten minutes.');
    rehearsal.pass(4 * 60_000 + 30_000);
    expect(await rehearsal.say('How much time is left?')).toBe(
      'There are 5 minutes and 30 seconds left on your 10-minute timer.',
    );
  });

  it('tells every joke before it tells one twice', async () => {
    const rehearsal = new Rehearsal(() => 0.99);
    const first = new Set<string>();
    for (let told = 0; told < 14; told += 1) first.add(await rehearsal.say('Tell me a joke.'));
    expect(first.size).toBe(14);
  });

  it('has a story of about two minutes', async () => {
    const words = (await new Rehearsal().say('Tell me a long story.')).split(/\s+/).length;
    // People and Piper speak about 170 words a minute.
    expect(words / 170).toBeGreaterThan(1.7);
    expect(words / 170).toBeLessThan(3.5);
  });
});
