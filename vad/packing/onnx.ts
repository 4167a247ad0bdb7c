import Pbf from 'pbf';

/** A constant of an ONNX graph: its shape and its float32 values. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Field numbers of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3), as far as they are read. */
const modelGraph = 7;
const graphNode = 1;
const node = { output: 2, opType: 4, attribute: 5 } as const;
const attribute = { tensor: 5, graph: 6 } as const;
const tensor = { dims: 1, dataType: 2, rawData: 9 } as const;
const float32 = 1;

/** Every float constant of a model, by the name of its output, those in branches included. */
export function floatConstants(onnx: Uint8Array): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>();
  new Pbf(onnx).readFields((tag, _, model) => {
    if (tag === modelGraph) readGraph(model, found);
  }, undefined);
  return found;
}

function readGraph(pbf: Pbf, found: Map<string, Tensor>): void {
  pbf.readMessage((tag, _, graph) => {
    if (tag === graphNode) readNode(graph, found);
  }, undefined);
}

function readNode(pbf: Pbf, found: Map<string, Tensor>): void {
  const read: { output: string; opType: string; value: Tensor | undefined } = {
    output: '',
    opType: '',
    value: undefined,
  };
  pbf.readMessage((tag, _, fields) => {
    if (tag === node.output) read.output = fields.readString();
    else if (tag === node.opType) read.opType = fields.readString();
    else if (tag === node.attribute) read.value = readAttribute(fields, found) ?? read.value;
  }, undefined);
  if (read.opType === 'Constant' && read.value) found.set(read.output, read.value);
}

function readAttribute(pbf: Pbf, found: Map<string, Tensor>): Tensor | undefined {
  const read: { value: Tensor | undefined } = { value: undefined };
  pbf.readMessage((tag, _, fields) => {
    if (tag === attribute.tensor) read.value = readTensor(fields);
    else if (tag === attribute.graph) readGraph(fields, found);
  }, undefined);
  return read.value;
}

function readTensor(pbf: Pbf): Tensor | undefined {
  const shape: number[] = [];
  const read = { dataType: 0, raw: new Uint8Array() };
  pbf.readMessage((tag, _, fields) => {
    if (tag === tensor.dims) fields.readPackedVarint(shape);
    else if (tag === tensor.dataType) read.dataType = fields.readVarint();
    else if (tag === tensor.rawData) read.raw = new Uint8Array(fields.readBytes());
  }, undefined);
  if (read.dataType !== float32) return undefined;
  return { shape, values: new Float32Array(read.raw.slice().buffer) };
}
