import { voice } from '@livekit/agents';

/** Words that go on for longer, in ms, are not waited for; nor is a reply to them that does not come. */
const patienceMs = 2500;

/**
 * Resolves when what the person is just saying has come to its end, and a reply to it has begun; to false at once if nothing is
 * being said. What is asked before would stay without an answer: the framework (1.9.0) drops the reply that is under way for
 * the one to the words.
 */
export async function waitForWords(session: voice.AgentSession): Promise<boolean> {
  if (session.userState !== 'speaking') return false;
  const { AgentStateChanged, UserStateChanged } = voice.AgentSessionEventTypes;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      session.off(AgentStateChanged, look);
      session.off(UserStateChanged, look);
      resolve();
    };
    const look = (): void => {
      const { agentState, userState } = session;
      const answers = agentState === 'thinking' || agentState === 'speaking';
      if (userState !== 'speaking' && answers) end();
    };
    const timer = setTimeout(end, patienceMs);
    session.on(AgentStateChanged, look);
    session.on(UserStateChanged, look);
  });
  return true;
}
