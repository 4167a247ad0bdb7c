// AssemblyScript. The net of vad/silero/silero.ts in WebAssembly with 128-bit SIMD: the same weights, the same order of
// layers, float32 throughout. Memory is laid out by hand, since there is nothing to allocate: each address is in bytes.

const float: usize = 4;
const vector: usize = 16;

const bins: usize = 129;
const half: usize = 128;
const width1: usize = 128;
const width2: usize = 64;
const units: usize = 128;
const contextSamples: usize = 64;
const frameSamples: usize = 512;
const hop: usize = 128;

// Tables, written by the host: a Hann window, cosines and sines of the half circle, and the bit-reversed places.
const windowAt: usize = 1024;
const cosinesAt: usize = windowAt + 2 * half * float;
const sinesAt: usize = cosinesAt + half * float;
const reversedAt: usize = sinesAt + half * float;

// What one frame needs on its way through the layers.
const signalAt: usize = reversedAt + half * float;
const realAt: usize = signalAt + (contextSamples + frameSamples + contextSamples) * float;
const imaginaryAt: usize = realAt + half * vector;
const spectraAt: usize = imaginaryAt + half * vector;
const encoded1At: usize = spectraAt + 3 * bins * vector;
const encoded2At: usize = encoded1At + 5 * width1 * float;
const encoded3At: usize = encoded2At + 2 * width2 * float;
const rememberedAt: usize = encoded3At + width2 * float;
const gatesAt: usize = rememberedAt + 2 * units * float;

// Weights and biases of each layer, written by the host.
const encoder1At: usize = gatesAt + 4 * units * float;
const encoder1BiasesAt: usize = encoder1At + width1 * 3 * bins * float;
const encoder2At: usize = encoder1BiasesAt + width1 * float;
const encoder2BiasesAt: usize = encoder2At + width2 * 3 * width1 * float;
const encoder3At: usize = encoder2BiasesAt + width2 * float;
const encoder3BiasesAt: usize = encoder3At + width2 * 2 * width2 * float;
const encoder4At: usize = encoder3BiasesAt + width2 * float;
const encoder4BiasesAt: usize = encoder4At + units * width2 * float;
const lstmAt: usize = encoder4BiasesAt + units * float;
const lstmBiasesAt: usize = lstmAt + 4 * units * 2 * units * float;
const decoderAt: usize = lstmBiasesAt + 4 * units * float;
const decoderBiasAt: usize = decoderAt + units * float;

const endAt: usize = decoderBiasAt + vector;

// What a stream remembers: the context, then the hidden state, then the cell.
const hiddenInState: usize = contextSamples * float;
const cellInState: usize = hiddenInState + units * float;
const stateSize: usize = cellInState + units * float;

export function tablesAddress(): usize {
  return windowAt;
}

export function frameAddress(): usize {
  return signalAt + contextSamples * float;
}

export function parametersAddress(): usize {
  return encoder1At;
}

/** States of streams may lie from here on. */
export function statesAddress(): usize {
  return endAt;
}

export function stateBytes(): usize {
  return stateSize;
}

/** The probability that the 512 samples at `frameAddress` are speech, for the stream whose state lies at `state`. */
export function probability(state: usize): f32 {
  takeIn(state);
  spectra();
  encode1();
  encode2(0);
  encode2(1);
  layer(encoder3At, encoder3BiasesAt, width2, 2 * width2, encoded2At, encoded3At);
  rectify(encoded3At, width2);
  layer(encoder4At, encoder4BiasesAt, units, width2, encoded3At, rememberedAt);
  rectify(rememberedAt, units);
  remember(state);
  return decode(state);
}

function takeIn(state: usize): void {
  const endOfFrame = signalAt + (contextSamples + frameSamples) * float;
  memory.copy(signalAt, state, contextSamples * float);
  memory.copy(state, endOfFrame - contextSamples * float, contextSamples * float);
  for (let i: usize = 0; i < contextSamples; i++) {
    store<f32>(endOfFrame + i * float, load<f32>(endOfFrame - (2 + i) * float));
  }
}

/** Magnitudes of the four windows, one in each lane; written three times, shifted by a moment each, as the taps meet them. */
function spectra(): void {
  for (let i: usize = 0; i < half; i++) {
    const place = <usize>load<u32>(reversedAt + i * float) * vector;
    const at = signalAt + 2 * i * float;
    store<v128>(
      realAt + place,
      f32x4.mul(everyMoment(at), v128.load32_splat(windowAt + 2 * i * float)),
    );
    store<v128>(
      imaginaryAt + place,
      f32x4.mul(everyMoment(at + float), v128.load32_splat(windowAt + (2 * i + 1) * float)),
    );
  }
  transform();
  for (let k: usize = 0; k <= half; k++) {
    const a = (k % half) * vector;
    const b = ((half - k) % half) * vector;
    const realA = load<v128>(realAt + a);
    const realB = load<v128>(realAt + b);
    const imaginaryA = load<v128>(imaginaryAt + a);
    const imaginaryB = load<v128>(imaginaryAt + b);
    const cos = k == half ? f32x4.splat(-1) : v128.load32_splat(cosinesAt + k * float);
    const sin = k == half ? f32x4.splat(0) : v128.load32_splat(sinesAt + k * float);
    const halved = f32x4.splat(0.5);
    const evenReal = f32x4.mul(f32x4.add(realA, realB), halved);
    const evenImaginary = f32x4.mul(f32x4.sub(imaginaryA, imaginaryB), halved);
    const oddReal = f32x4.mul(f32x4.add(imaginaryA, imaginaryB), halved);
    const oddImaginary = f32x4.mul(f32x4.sub(realB, realA), halved);
    const re = f32x4.add(
      evenReal,
      f32x4.add(f32x4.mul(oddReal, cos), f32x4.mul(oddImaginary, sin)),
    );
    const im = f32x4.add(
      evenImaginary,
      f32x4.sub(f32x4.mul(oddImaginary, cos), f32x4.mul(oddReal, sin)),
    );
    const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
    const silence = f32x4.splat(0);
    const at = spectraAt + k * vector;
    store<v128>(at, v128.shuffle<f32>(silence, magnitude, 0, 4, 5, 6));
    store<v128>(at + bins * vector, magnitude);
    store<v128>(at + 2 * bins * vector, v128.shuffle<f32>(magnitude, silence, 1, 2, 3, 4));
  }
}

/** The same sample of all four windows. */
function everyMoment(at: usize): v128 {
  return f32x4(
    load<f32>(at),
    load<f32>(at + hop * float),
    load<f32>(at + 2 * hop * float),
    load<f32>(at + 3 * hop * float),
  );
}

/** Cooley and Tukey's, in place, of 128 complex numbers in bit-reversed order, four transforms at once. */
function transform(): void {
  for (let span: usize = 1; span < half; span *= 2) {
    const step = half / span;
    for (let start: usize = 0; start < half; start += 2 * span) {
      for (let k: usize = 0; k < span; k++) {
        const cos = v128.load32_splat(cosinesAt + k * step * float);
        const sin = v128.load32_splat(sinesAt + k * step * float);
        const a = (start + k) * vector;
        const b = a + span * vector;
        const realB = load<v128>(realAt + b);
        const imaginaryB = load<v128>(imaginaryAt + b);
        const re = f32x4.add(f32x4.mul(realB, cos), f32x4.mul(imaginaryB, sin));
        const im = f32x4.sub(f32x4.mul(imaginaryB, cos), f32x4.mul(realB, sin));
        const realA = load<v128>(realAt + a);
        const imaginaryA = load<v128>(imaginaryAt + a);
        store<v128>(realAt + b, f32x4.sub(realA, re));
        store<v128>(imaginaryAt + b, f32x4.sub(imaginaryA, im));
        store<v128>(realAt + a, f32x4.add(realA, re));
        store<v128>(imaginaryAt + a, f32x4.add(imaginaryA, im));
      }
    }
  }
}

/**
 * All four moments at once, one in each lane, so that each weight is read once. Eight rows keep both adders busy. The sum
 * of a row is made of parts: one after another, hundreds of products would cost a digit.
 */
function encode1(): void {
  const columns: usize = 3 * bins;
  const rowSize: usize = columns * float;
  const partSize: usize = 43 * float;
  // The moment before the first is silent.
  memory.fill(encoded1At, 0, width1 * float);
  for (let row: usize = 0; row < width1; row += 8) {
    const biases = encoder1BiasesAt + row * float;
    let sumA = v128.load32_splat(biases);
    let sumB = v128.load32_splat(biases + 4);
    let sumC = v128.load32_splat(biases + 8);
    let sumD = v128.load32_splat(biases + 12);
    let sumE = v128.load32_splat(biases + 16);
    let sumF = v128.load32_splat(biases + 20);
    let sumG = v128.load32_splat(biases + 24);
    let sumH = v128.load32_splat(biases + 28);
    let weights = encoder1At + row * rowSize;
    let input = spectraAt;
    const end = weights + rowSize;
    while (weights < end) {
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      let f = a;
      let g = a;
      let h = a;
      const endOfPart = weights + partSize;
      while (weights < endOfPart) {
        const x = load<v128>(input);
        a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(weights)));
        b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(weights, 3 * 129 * 4)));
        c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(weights, 2 * 3 * 129 * 4)));
        d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(weights, 3 * 3 * 129 * 4)));
        e = f32x4.add(e, f32x4.mul(x, v128.load32_splat(weights, 4 * 3 * 129 * 4)));
        f = f32x4.add(f, f32x4.mul(x, v128.load32_splat(weights, 5 * 3 * 129 * 4)));
        g = f32x4.add(g, f32x4.mul(x, v128.load32_splat(weights, 6 * 3 * 129 * 4)));
        h = f32x4.add(h, f32x4.mul(x, v128.load32_splat(weights, 7 * 3 * 129 * 4)));
        weights += float;
        input += vector;
      }
      sumA = f32x4.add(sumA, a);
      sumB = f32x4.add(sumB, b);
      sumC = f32x4.add(sumC, c);
      sumD = f32x4.add(sumD, d);
      sumE = f32x4.add(sumE, e);
      sumF = f32x4.add(sumF, f);
      sumG = f32x4.add(sumG, g);
      sumH = f32x4.add(sumH, h);
    }
    storeMoments(row, sumA, sumB, sumC, sumD);
    storeMoments(row + 4, sumE, sumF, sumG, sumH);
  }
}

/** Rectifies four rows of four moments each and stores them moment by moment. */
function storeMoments(row: usize, a: v128, b: v128, c: v128, d: v128): void {
  const zero = f32x4.splat(0);
  const lowAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const highAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const lowCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const highCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  const at = encoded1At + (width1 + row) * float;
  const moment = width1 * float;
  store<v128>(at, f32x4.max(zero, v128.shuffle<f32>(lowAB, lowCD, 0, 1, 4, 5)));
  store<v128>(at + moment, f32x4.max(zero, v128.shuffle<f32>(lowAB, lowCD, 2, 3, 6, 7)));
  store<v128>(at + 2 * moment, f32x4.max(zero, v128.shuffle<f32>(highAB, highCD, 0, 1, 4, 5)));
  store<v128>(at + 3 * moment, f32x4.max(zero, v128.shuffle<f32>(highAB, highCD, 2, 3, 6, 7)));
}

function encode2(moment: usize): void {
  const out = encoded2At + moment * width2 * float;
  const input = encoded1At + 2 * moment * width1 * float;
  layer(encoder2At, encoder2BiasesAt, width2, 3 * width1, input, out);
  rectify(out, width2);
}

/** `out = biases + weights · input`, eight rows at a time, four columns in each lane; rows and columns by eight and four. */
function layer(
  weightsAt: usize,
  biasesAt: usize,
  rows: usize,
  columns: usize,
  inputAt: usize,
  outAt: usize,
): void {
  const rowSize: usize = columns * float;
  for (let row: usize = 0; row < rows; row += 8) {
    const first = weightsAt + row * rowSize;
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    for (let at: usize = 0; at < rowSize; at += vector) {
      const x = load<v128>(inputAt + at);
      let weights = first + at;
      a = f32x4.add(a, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      b = f32x4.add(b, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      c = f32x4.add(c, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      d = f32x4.add(d, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      e = f32x4.add(e, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      f = f32x4.add(f, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      g = f32x4.add(g, f32x4.mul(x, load<v128>(weights)));
      weights += rowSize;
      h = f32x4.add(h, f32x4.mul(x, load<v128>(weights)));
    }
    const biases = biasesAt + row * float;
    const out = outAt + row * float;
    store<v128>(out, f32x4.add(load<v128>(biases), sums(a, b, c, d)));
    store<v128>(out + vector, f32x4.add(load<v128>(biases + vector), sums(e, f, g, h)));
  }
}

/** The sum of the lanes of each. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

function rectify(at: usize, count: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < count * float; i += vector) {
    store<v128>(at + i, f32x4.max(zero, load<v128>(at + i)));
  }
}

function remember(state: usize): void {
  const hidden = state + hiddenInState;
  const cell = state + cellInState;
  memory.copy(rememberedAt + units * float, hidden, units * float);
  layer(lstmAt, lstmBiasesAt, 4 * units, 2 * units, rememberedAt, gatesAt);
  const gate = units * float;
  for (let i: usize = 0; i < gate; i += vector) {
    const input = sigmoid(load<v128>(gatesAt + i));
    const forget = sigmoid(load<v128>(gatesAt + gate + i));
    const candidate = tanh(load<v128>(gatesAt + 2 * gate + i));
    const output = sigmoid(load<v128>(gatesAt + 3 * gate + i));
    const next = f32x4.add(f32x4.mul(forget, load<v128>(cell + i)), f32x4.mul(input, candidate));
    store<v128>(cell + i, next);
    store<v128>(hidden + i, f32x4.mul(output, tanh(next)));
  }
}

function decode(state: usize): f32 {
  const zero = f32x4.splat(0);
  const hidden = state + hiddenInState;
  let sum = zero;
  for (let i: usize = 0; i < units * float; i += vector) {
    const exposed = f32x4.max(zero, load<v128>(hidden + i));
    sum = f32x4.add(sum, f32x4.mul(exposed, load<v128>(decoderAt + i)));
  }
  const answer = f32x4.add(sums(sum, zero, zero, zero), v128.load32_splat(decoderBiasAt));
  return f32x4.extract_lane(sigmoid(answer), 0);
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const doubled = sigmoid(f32x4.add(x, x));
  return f32x4.sub(f32x4.add(doubled, doubled), one);
}

/** e to the x: two to the nearest whole number, times a Taylor series of what is left, at most half of ln 2. */
function exp(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)));
  // ln 2 in two parts, so that the difference keeps all its digits.
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let series = f32x4.splat(1.0 / 5040.0);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 720.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 120.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 24.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 6.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(series, power);
}
