declare module 'virtual:silero-kernel' {
  /** Where the detector's WebAssembly can be fetched, relative to the page. */
  const url: string;
  export default url;
}
