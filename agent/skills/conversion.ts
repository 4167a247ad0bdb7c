import { z } from 'zod';
import { capitalise, roundForSpeech, sayCount, sayNumber } from './saying.ts';
import { skill, type SkillResult, type ToolSet } from './skill.ts';
import { convert, findUnit, type Unit } from './units.ts';

export function conversionSkills(): ToolSet {
  return [
    skill({
      name: 'convert_units',
      description:
        'Converts lengths, masses, volumes, areas, speeds, spans of time, data sizes and temperatures.',
      parameters: z.object({
        value: z.number(),
        from: z.string().describe('Unit in words, for example mile or fahrenheit.'),
        to: z.string().describe('Unit in words.'),
      }),
      run: ({ value, from, to }) => tellConversion(value, from, to),
    }),
  ];
}

function tellConversion(value: number, fromName: string, toName: string): SkillResult {
  const named = findUnit(fromName);
  const target = findUnit(toName);
  if (!named || !target) return { say: `I don't know the unit ${named ? toName : fromName}.` };
  const [from, to] = fluidOunces(named, target);
  const exact = convert(value, from, to);
  if (exact === undefined) {
    return {
      say: `${capitalise(from.many)} measure ${from.quantity} and ${to.many} measure ${to.quantity}, so they don't convert.`,
    };
  }
  if (
    from.quantity === 'temperature' &&
    (convert(value, from, findUnit('kelvin') ?? from) ?? 0) < 0
  ) {
    return { say: 'Nothing gets that cold: it is below absolute zero.' };
  }
  const { value: short, rounded } =
    from.quantity === 'temperature' ? toTenths(exact) : forMeasure(exact);
  const start = sayQuantity(value, from);
  return {
    value: exact,
    unit: to.many,
    say: `${capitalise(start)} is ${rounded ? 'about ' : ''}${sayNumber(short)} ${nameFor(short, to)}.`,
  };
}

/** "Ounces in a cup" are fluid ones. */
function fluidOunces(from: Unit, to: Unit): [Unit, Unit] {
  const ounce = findUnit('ounce');
  const fluid = findUnit('fluid ounce');
  if (!fluid) return [from, to];
  if (to === ounce && from.quantity === 'volume') return [from, fluid];
  if (from === ounce && to.quantity === 'volume') return [fluid, to];
  return [from, to];
}

function forMeasure(exact: number): { value: number; rounded: boolean } {
  const { value, rounded } = roundForSpeech(exact);
  if (!rounded) return { value, rounded };
  const size = Math.abs(value);
  // Two figures after the point say enough about a length or a weight.
  return {
    value: size >= 100 ? Number(exact.toFixed(1)) : size >= 1 ? Number(exact.toFixed(2)) : value,
    rounded,
  };
}

/** Thermometers show tenths; a figure that is exact in hundredths is said as it is (373.15 kelvin). */
function toTenths(exact: number): { value: number; rounded: boolean } {
  const hundredths = Number(exact.toFixed(2));
  if (Math.abs(hundredths - exact) < 1e-9)
    return { value: withoutSign(hundredths), rounded: false };
  return { value: withoutSign(Number(exact.toFixed(1))), rounded: true };
}

/** "Minus zero" is no temperature. */
function withoutSign(value: number): number {
  return value === 0 ? 0 : value;
}

function nameFor(value: number, unit: Unit): string {
  return value === 1 || value === -1 ? unit.one : unit.many;
}

function sayQuantity(value: number, unit: Unit): string {
  if (value === 1 && unit.quantity === 'temperature') return `one ${unit.one}`;
  const article = /^(?:[aeio]|hour)/i.test(unit.one) ? 'an' : 'a';
  if (value === 1) return `${article} ${unit.one}`;
  if (value === 0.5 && unit.quantity !== 'temperature') return `half ${article} ${unit.one}`;
  return `${sayCount(value)} ${nameFor(value, unit)}`;
}
