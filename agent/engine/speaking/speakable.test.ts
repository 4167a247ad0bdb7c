import { describe, expect, it } from 'vitest';
import { speakable } from './speakable.ts';

describe('what the voice is given', () => {
  it.each([
    ['17 × 23 = 391', '17 times 23 equals 391'],
    ['17 x 23', '17 x 23'],
    ['5x3', '5 times 3'],
    ['12 ÷ 4', '12 divided by 4'],
    ['7 - 2', '7 minus 2'],
    ['It is -5 outside.', 'It is minus 5 outside.'],
    ['2^10', '2 to the power of 10'],
    ['3² and 4³', '3 squared and 4 cubed'],
    ['√16', 'the square root of 16'],
    ['10–20 people', '10 to 20 people'],
    ['~20', 'about 20'],
    ['Room #5', 'Room number 5'],
  ])('says the arithmetic of "%s"', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });

  it.each([
    ['It is 3:30 PM.', 'It is 3 30 P M.'],
    ['It is 3:00 p.m. now', 'It is 3 P M now'],
    ['At 9 AM.', 'At 9 A M.'],
    ['15:05', '15 oh 5'],
    ['10:00', "10 o'clock"],
    ['12:30:05', '12 30 and 5 seconds'],
    ['on 2026-11-21', 'on November 21, 2026'],
  ])('says the time of "%s"', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });

  it.each([
    ['12 °C', '12 degrees Celsius'],
    ['98.6°F', '98.6 degrees Fahrenheit'],
    ['-1 °C', 'minus 1 degree Celsius'],
    ['50%', '50 percent'],
    ['1 km', '1 kilometre'],
    ['1.61 km', '1.61 kilometres'],
    ['10 km/h', '10 kilometres per hour'],
    ['25 mph', '25 miles per hour'],
    ['5 m²', '5 square metres'],
    ['6 lb', '6 pounds'],
    ['100 ft', '100 feet'],
    ['$5.20', '5 dollars and 20 cents'],
    ['$1', '1 dollar'],
    ['€3', '3 euros'],
    ['£1,200', '1,200 pounds'],
    ['1/2 cup', 'a half cup'],
    ['2 1/2 cups', '2 and a half cups'],
    ['2½ cups', '2 and a half cups'],
  ])('says the amount of "%s"', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });

  it.each([
    ["I'm 5", "I'm 5"],
    ['I have 3 miles to go', 'I have 3 miles to go'],
    ['the 5 m sprint', 'the 5 metres sprint'],
    ['call 555-123-4567', 'call 555-123-4567'],
    ['on 5/6/2026', 'on 5/6/2026'],
    ['twenty-three', 'twenty-three'],
    ['5 men and 3 girls', '5 men and 3 girls'],
  ])('leaves "%s" as it should be', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });

  it.each([
    ['**Bold** and *soft* and `code`', 'Bold and soft and code'],
    ['# Title', 'Title'],
    ['- milk\n- bread', 'milk\nbread'],
    ['1. Wash.', 'Wash.'],
    ['[the page](https://example.com/a?b=c)', 'the page'],
    ['Visit https://www.example.com/a?b=c, please.', 'Visit example dot com, please.'],
    ['Write to anna.k@example.com.', 'Write to anna dot k at example dot com.'],
    ['Well done 👍🏽 🇻🇳!', 'Well done!'],
    ['<b>Hello</b> there', 'Hello there'],
    ['snake_case', 'snake case'],
    ['| a | b |', ', a, b,'],
    ['Dr. Smith, e.g. today', 'Doctor Smith, for example today'],
    ['👋', ''],
    ['', ''],
  ])('strips what cannot be said from %j', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });
});
