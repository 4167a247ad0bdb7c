declare module 'virtual:silero-weights' {
  /** Where the detector's weights can be fetched, relative to the page. */
  const url: string;
  export default url;
}
