import type { ProblemWords } from './problems.ts';

/** Every problem in English: what is wrong, and what to do. */
export const problemsInEnglish: ProblemWords = {
  microphone_denied: {
    title: 'The microphone is blocked',
    advice:
      'Allow the microphone for this page in the address bar, then try again. You can also type your messages.',
  },
  microphone_missing: {
    title: 'No microphone was found',
    advice: 'Plug one in or switch it on, then try again. You can also type your messages.',
  },
  microphone_busy: {
    title: 'The microphone cannot be opened',
    advice:
      'Another program may be using it. Close that program or choose another microphone, then try again.',
  },
  microphone_insecure: {
    title: 'This address cannot use the microphone',
    advice:
      'Browsers allow a microphone only over https or on localhost. Open the page at such an address.',
  },
  microphone_ended: {
    title: 'The microphone stopped',
    advice: 'It was unplugged or taken away. Choose another one to go on talking.',
  },
  microphone_silent: {
    title: 'The microphone delivers no sound',
    advice:
      'Not even noise comes from it. See that it is switched on and not muted by a key or a switch of its own, or choose another one.',
  },
  microphone_unpublished: {
    title: 'The assistant cannot hear the microphone',
    advice:
      'It is open, but its sound could not be sent into the room. Try again; you can type meanwhile.',
  },
  detector_in_page: {
    title: 'Cutting in by voice may be slower',
    advice:
      'The speech detector runs inside this page now instead of beside it, so it waits whenever the page is busy. A reload may bring it back.',
  },
  detector_unavailable: {
    title: 'Cutting in by voice is slower now',
    advice:
      'The speech detector cannot run in this page. The assistant notices by itself when you speak, about a second later; the button and Escape work at once.',
  },
  token_invalid: {
    title: 'The server refused this token',
    advice:
      'It was not made with the keys of this server. Make a new token for it and connect again.',
  },
  token_expired: {
    title: 'This token has expired',
    advice: 'Make a new token and connect again.',
  },
  token_malformed: {
    title: 'This is not a room token',
    advice:
      'A LiveKit token has three parts with dots between them and names a room. Copy the whole of it.',
  },
  token_refused: {
    title: 'The server gave no token',
    advice:
      'This Parley server asks for a key that the page does not have. Ask whoever runs it, or connect with a token of your own.',
  },
  server_url_invalid: {
    title: 'This is not a server address',
    advice:
      'A LiveKit address begins with wss:// (or ws:// on this machine), for example ws://localhost:7880.',
  },
  server_unreachable: {
    title: 'The server does not answer',
    advice: 'Check that it is running and that its address is right, then try again.',
  },
  connection_lost: {
    title: 'The connection was lost',
    advice: 'The network did not come back in time. Your transcript is kept; try again.',
  },
  removed_from_room: {
    title: 'You were taken out of the room',
    advice: 'Somebody who runs the room ended your stay. Start again to open a new one.',
  },
  duplicate_identity: {
    title: 'This conversation went on elsewhere',
    advice:
      'The same person joined from another tab or device, and the assistant is there now. You can take the conversation back to this page.',
  },
  room_closed: {
    title: 'The room was closed',
    advice: 'Start again to open a new one. Your transcript is kept.',
  },
  room_full: {
    title: 'The room is full',
    advice: 'Nobody else is let in until somebody leaves. Try again then, or use another room.',
  },
  assistant_absent: {
    title: 'The assistant has not come yet',
    advice:
      'Nobody answers in this room so far. Check that the agent runs (npm start, or npm run agent); this page goes on waiting.',
  },
  sound_blocked: {
    title: 'The browser keeps the sound off',
    advice: 'Press the button to hear the assistant.',
  },
  speaker_unavailable: {
    title: 'The sound cannot go to that speaker',
    advice: 'It may have been unplugged. The default speaker is used instead.',
  },
  rate_limited: {
    title: 'Too many tries',
    advice: 'The server asks for a pause. Wait a minute, then try again.',
  },
  message_not_sent: {
    title: 'Your message was not sent',
    advice: 'It is still in the box; send it again when the assistant is here.',
  },
  engine_unavailable: {
    title: 'The speech engine does not answer',
    advice:
      'The assistant hears nothing for the moment. It is being restarted; try again in a few seconds.',
  },
  engine_restarted: {
    title: 'The speech engine was restarted',
    advice: 'A sentence may have been lost. Please say it again.',
  },
  brain_unreachable: {
    title: 'The language model does not answer',
    advice: 'Check LLM_BASE_URL and that its server runs. Until then the built-in skills answer.',
  },
  tool_failed: {
    title: 'A tool failed',
    advice: 'The assistant goes on without it.',
  },
  provider_refused: {
    title: 'The provider refused these credentials',
    advice:
      'Check its key in the environment of the agent, or choose another provider in the settings.',
  },
  provider_limited: {
    title: 'The provider is overloaded',
    advice: 'It asks for a pause. It is tried again by itself; another provider can answer now.',
  },
  provider_unreachable: {
    title: 'The provider does not answer',
    advice: 'It is tried again by itself. You can choose another provider in the settings.',
  },
  provider_failed: {
    title: 'The provider reported an error',
    advice: 'The conversation is kept. Go on talking, or choose another provider in the settings.',
  },
  settings_refused: {
    title: 'A setting could not be used',
    advice: 'The rest is in effect. The settings say which one, and why.',
  },
  storage_unavailable: {
    title: 'This browser keeps nothing',
    advice:
      'The transcript is lost when the page is reloaded or closed. Download it at the end if you need it.',
  },
  storage_full: {
    title: 'The browser has no room left',
    advice:
      'What is said from now on is kept only while this page is open. Make some room, or download the transcript at the end.',
  },
  unknown: {
    title: 'Something went wrong',
    advice: 'Try again. If it comes back, the log of the server says more.',
  },
};
