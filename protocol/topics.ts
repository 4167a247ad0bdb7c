/** LiveKit's own stream topics and attributes, as the Agents framework uses them. */
export const transcriptionTopic = 'lk.transcription';
export const chatTopic = 'lk.chat';
export const segmentIdAttribute = 'lk.segment_id';
export const transcriptionFinalAttribute = 'lk.transcription_final';
export const agentStateAttribute = 'lk.agent.state';

/** Parley's own names. */
export const eventTopic = 'parley.event';
export const vadTopic = 'parley.vad';
export const interruptMethod = 'parley.interrupt';
export const capabilitiesMethod = 'parley.capabilities';
export const configureMethod = 'parley.configure';
export const sampleMethod = 'parley.sample';
export const turnMethod = 'parley.turn';
export const approveMethod = 'parley.approve';
export const avatarMethod = 'parley.avatar';
export const recallMethod = 'parley.recall';

/** A typed message may have this many characters. */
export const maxMessageLength = 2000;
