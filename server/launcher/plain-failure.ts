/** Something that keeps Parley from starting, in one plain sentence with what to do. Ends the launcher with code 1. */
export class PlainFailure extends Error {
  override readonly name = 'PlainFailure';
}
