/** What can be measured; only units of one quantity convert into each other. */
type Quantity = 'length' | 'mass' | 'volume' | 'area' | 'speed' | 'time' | 'data' | 'temperature';

export interface Unit {
  readonly quantity: Quantity;
  readonly one: string;
  readonly many: string;
  /** How many of the quantity's base unit (metre, gram, litre, square metre, m/s, second, byte) one of it is. */
  readonly factor: number;
}

/** one; many; factor; further names. Factors are exact by definition wherever a definition exists. */
const table: Readonly<Record<Exclude<Quantity, 'temperature'>, string>> = {
  length: `
    millimetre; millimetres; 0.001; mm, millimeter
    centimetre; centimetres; 0.01; cm, centimeter
    metre; metres; 1; m, meter
    kilometre; kilometres; 1000; km, kilometer, k, kay, kilo metre
    inch; inches; 0.0254; in, "
    foot; feet; 0.3048; ft
    yard; yards; 0.9144; yd
    mile; miles; 1609.344; mi
    nautical mile; nautical miles; 1852;
    furlong; furlongs; 201.168;
    light year; light years; 9460730472580800; lightyear, light-year`,
  mass: `
    milligram; milligrams; 0.001; mg
    gram; grams; 1; g, gramme
    kilogram; kilograms; 1000; kg, kilo, kilogramme
    tonne; tonnes; 1000000; metric ton, t
    ounce; ounces; 28.349523125; oz
    pound; pounds; 453.59237; lb, lbs
    stone; stone; 6350.29318; stones
    US ton; US tons; 907184.74; ton, short ton`,
  volume: `
    millilitre; millilitres; 0.001; ml, milliliter, cc
    centilitre; centilitres; 0.01; cl, centiliter
    litre; litres; 1; l, liter
    cubic metre; cubic metres; 1000; cubic meter
    teaspoon; teaspoons; 0.00492892159375; tsp
    tablespoon; tablespoons; 0.01478676478125; tbsp
    fluid ounce; fluid ounces; 0.0295735295625; fl oz
    cup; cups; 0.2365882365;
    US pint; US pints; 0.473176473; pint
    quart; quarts; 0.946352946; qt
    US gallon; US gallons; 3.785411784; gallon, gal
    imperial pint; imperial pints; 0.56826125; uk pint, british pint
    imperial gallon; imperial gallons; 4.54609; uk gallon, british gallon`,
  area: `
    square millimetre; square millimetres; 0.000001; square millimeter
    square centimetre; square centimetres; 0.0001; square centimeter
    square metre; square metres; 1; square meter, sqm
    hectare; hectares; 10000; ha
    square kilometre; square kilometres; 1000000; square kilometer
    square inch; square inches; 0.00064516;
    square foot; square feet; 0.09290304; sq ft
    square yard; square yards; 0.83612736;
    acre; acres; 4046.8564224;
    square mile; square miles; 2589988.110336;`,
  speed: `
    metre per second; metres per second; 1; m/s, meter per second, meters per second
    kilometre per hour; kilometres per hour; 0.2777777777777778; km/h, kph, kmh, kilometer per hour, kilometers per hour, kilometres an hour, kilometers an hour
    mile per hour; miles per hour; 0.44704; mph, miles an hour
    knot; knots; 0.5144444444444445;
    foot per second; feet per second; 0.3048;`,
  time: `
    millisecond; milliseconds; 0.001; ms
    second; seconds; 1; s, sec
    minute; minutes; 60; min
    hour; hours; 3600; h, hr
    day; days; 86400;
    week; weeks; 604800;
    fortnight; fortnights; 1209600;
    year; years; 31536000;
    decade; decades; 315360000;
    century; centuries; 3153600000;`,
  data: `
    bit; bits; 0.125;
    byte; bytes; 1;
    kilobyte; kilobytes; 1000; kb
    megabyte; megabytes; 1000000; mb, meg
    gigabyte; gigabytes; 1000000000; gb, gig
    terabyte; terabytes; 1000000000000; tb
    kibibyte; kibibytes; 1024;
    mebibyte; mebibytes; 1048576;
    gibibyte; gibibytes; 1073741824;`,
};

const celsius: Unit = {
  quantity: 'temperature',
  one: 'degree Celsius',
  many: 'degrees Celsius',
  factor: 1,
};
const fahrenheit: Unit = {
  quantity: 'temperature',
  one: 'degree Fahrenheit',
  many: 'degrees Fahrenheit',
  factor: 1,
};
const kelvin: Unit = { quantity: 'temperature', one: 'kelvin', many: 'kelvin', factor: 1 };

const units = readTable();

/** Finds a unit by any of its names, singular or plural, British or American; undefined if it is not known. */
export function findUnit(spoken: string): Unit | undefined {
  const name = spoken
    .toLowerCase()
    .replace(/°/g, ' degrees ')
    .replace(/\.$/, '')
    .replace(/^(?:a|an|the) /, '')
    .replace(/\s+/g, ' ')
    .trim();
  return units.get(name) ?? units.get(name.replace(/^us (?=ounce|fluid|cup|quart)/, ''));
}

/** Converts between two units of one quantity; undefined if they measure different things. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from.quantity !== to.quantity) return undefined;
  if (from.quantity !== 'temperature') return (value * from.factor) / to.factor;
  const inCelsius =
    from === fahrenheit ? ((value - 32) * 5) / 9 : from === kelvin ? value - 273.15 : value;
  return to === fahrenheit
    ? (inCelsius * 9) / 5 + 32
    : to === kelvin
      ? inCelsius + 273.15
      : inCelsius;
}

function readTable(): Map<string, Unit> {
  const map = new Map<string, Unit>();
  for (const [quantity, lines] of Object.entries(table)) {
    for (const line of lines.trim().split('\n')) {
      const [one = '', many = '', factor = '', others = ''] = line
        .split(';')
        .map((part) => part.trim());
      const unit: Unit = { quantity: quantity as Quantity, one, many, factor: Number(factor) };
      for (const name of [one, many, ...others.split(', ')].map((part) => part.toLowerCase())) {
        if (name === '') continue;
        map.set(name, unit);
        if (name.length > 2) map.set(`${name}s`, unit);
      }
    }
  }
  for (const [unit, names] of [
    [celsius, ['c', 'celsius', 'centigrade']],
    [fahrenheit, ['f', 'fahrenheit', 'farenheit']],
  ] as const) {
    for (const name of names) {
      for (const form of [name, `degrees ${name}`, `degree ${name}`]) map.set(form, unit);
    }
  }
  for (const name of ['kelvin', 'kelvins', 'degrees kelvin', 'degree kelvin'])
    map.set(name, kelvin);
  return map;
}
