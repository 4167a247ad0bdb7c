declare module 'virtual:labelled-recordings' {
  /** Made when the page is built (`bench/conditions`). */
  const list: readonly {
    readonly condition: 'clean' | 'noisy' | 'several' | 'music' | 'whisper';
    readonly name: string;
    /** Where the WAV file can be fetched, relative to the page. */
    readonly url: string;
    readonly speech: readonly { readonly startMs: number; readonly endMs: number }[];
  }[];
  export default list;
}
