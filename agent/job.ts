import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { AutoSubscribe, defineAgent, log, type JobContext, type JobProcess } from '@livekit/agents';
import type { RemoteParticipant } from '@livekit/rtc-node';
import type { ProblemCode } from '#protocol/problems.ts';
import { isAssistant } from '#protocol/presence.ts';
import { conversationAttribute, conversationId } from '#protocol/token.ts';
import { scrubOutput } from '../logging/output.ts';
import { connectMcp } from './mcp/mcp.ts';
import { readMcpConfig } from './mcp/config.ts';
import { createBrain } from './brain/brain.ts';
import { instructionsIn } from './brain/instructions.ts';
import { Approvals } from './conversation/approvals.ts';
import { attend, isAlone } from './conversation/attendance.ts';
import { Conversation } from './conversation/conversation.ts';
import { EngineClient } from './engine/client.ts';
import { engineSocketVariable } from './engine/supervisor.ts';
import { readAgentEnvironment } from './environment.ts';
import { GivenKnowledge } from './knowledge/given.ts';
import { KnowledgeClient, knowledgeSocketVariable } from './knowledge/service.ts';
import { MemoryClient, memorySocketVariable } from './memory/memory-service.ts';
import type { ConversationMemory } from './memory/room-memory.ts';
import { skillCatalogue } from './skills/catalogue.ts';
import { createSkills } from './skills/skills.ts';
import { Voices } from './voice/voices.ts';
import { logAbout } from './worker/job-log.ts';
import { isStillWanted } from './worker/late-call.ts';
import { reporting, reportSocketVariable, sendReport } from './worker/reports.ts';
import { beginTraces, tracesAreWanted } from './worker/traces.ts';
import { beginPulse, pulseSocketVariable } from './worker/pulse.ts';
import { captureOneByOne } from './worker/captures.ts';
import { raceWithoutTraces } from './worker/races.ts';
import type { CloudProvider } from './providers/provider.ts';

/** What a job process holds ready before it is given a room. */
interface Ready extends Record<string, unknown> {
  engine: EngineClient;
  /** The libraries of the cloud services take a moment to load; nobody who can be heard without them waits for it. */
  cloud: Promise<readonly CloudProvider[]>;
}

scrubOutput();
raceWithoutTraces();
captureOneByOne();

// Each call to the media library that is under way waits on one signal of the room, and a busy moment has dozens; the
// default of ten would be warned of as a leak.
setMaxListeners(100);

/** What is to be left before this process ends. */
let leave = (): Promise<unknown> => Promise.resolve();

// A worker that was killed cannot end its jobs; without it they would serve on with no engine and no memory. They take
// their leave, so that the page hears of it now and not when LiveKit misses them.
process.once('disconnect', () => {
  setTimeout(() => process.exit(), leaveWithinMs);
  void leave().finally(() => process.exit());
});

const leaveWithinMs = 2000;

export default defineAgent<Ready>({
  prewarm: async (process: JobProcess<Ready>) => {
    process.userData.engine = await EngineClient.connect(variable(engineSocketVariable));
    process.userData.cloud = loadCloudProviders();
  },

  entry: async (job: JobContext<Ready>) => {
    const environment = readAgentEnvironment();
    const memory = new MemoryClient(variable(memorySocketVariable));
    const folder = new KnowledgeClient(variable(knowledgeSocketVariable), log());
    const { engine } = job.proc.userData;
    const mcpConfig = await readMcpConfig(environment.mcpFile, process.env);
    if (!(await isStillWanted(environment.livekit, job.job.room))) {
      job.shutdown('the room has closed, or another assistant is there');
      return;
    }
    await job.connect(undefined, AutoSubscribe.AUDIO_ONLY);
    // Of two that were called at once the later one finds the other.
    if ([...job.room.remoteParticipants.values()].some(isAssistant)) {
      job.shutdown('another assistant is there');
      return;
    }
    const room = job.room.name ?? '';
    const reportSocket = variable(reportSocketVariable);
    leave = () => job.room.disconnect();
    const identity = job.room.localParticipant?.identity ?? '';
    job.addShutdownCallback(
      beginPulse(variable(pulseSocketVariable), { pid: process.pid, room, identity }, () =>
        isAlone(job.room),
      ),
    );

    const begin = async (participant: RemoteParticipant): Promise<Conversation> => {
      const { identity } = participant;
      const id = conversationOf(participant);
      logAbout(id);
      const traces = tracesAreWanted(process.env) ? beginTraces(room, id) : undefined;
      const report = (code: ProblemCode, detail: string): void => conversation.report(code, detail);
      const knowledge = new GivenKnowledge(folder);
      const brain = createBrain(environment, knowledge);
      const approvals = new Approvals(job.room, identity);
      const outside = connectMcp(mcpConfig, {
        approve: (request) => approvals.ask(request),
        log: log(),
      });
      const beginning = Conversation.begin({
        room: job.room,
        participant,
        voices: new Voices({
          embedded: {
            client: engine,
            brain,
            onEngineRestarted: () =>
              report('engine_restarted', 'The engine process ended and was started again.'),
          },
          cloud: (await job.proc.userData.cloud).map((provider) =>
            reporting(provider, (report) => sendReport(reportSocket, report)),
          ),
          env: process.env,
        }),
        settings: { provider: environment.provider },
        instructions: instructionsIn,
        greeting: environment.greeting,
        remembered: await memory.recall(room, identity).catch(forgotten),
        remember: (kept: ConversationMemory) =>
          void memory.keep(room, identity, kept).catch(forgotten),
        skills: ({ timers, notes, timeZone, lastReply }) =>
          createSkills({
            now: () => new Date(),
            random: Math.random,
            get timeZone() {
              return timeZone();
            },
            timers,
            notes,
            lastReply,
            knowledge,
          }),
        tools: skillCatalogue,
        outside,
        approvals,
        documents: knowledge,
        log: log(),
      });
      // A conversation that never began has servers to let go of as well.
      const conversation: Conversation = await beginning.catch(async (error: unknown) => {
        await outside.close();
        throw error;
      });
      brain.onProblem(report);
      void conversation.ended.then(() => Promise.all([outside.close(), traces?.flush()]));
      return conversation;
    };
    await attend(job.room, begin);
  },
});

/** As the page named it; a token that was made by hand brings no name. */
function conversationOf({ attributes }: RemoteParticipant): string {
  return conversationId.safeParse(attributes[conversationAttribute]).data ?? randomUUID();
}

async function loadCloudProviders(): Promise<readonly CloudProvider[]> {
  try {
    return (await import('./providers/catalogue.ts')).cloudProviders;
  } catch (error) {
    log().error({ error }, 'the cloud providers cannot be loaded');
    return [];
  }
}

function forgotten(error: unknown): undefined {
  log().warn({ error }, 'the memory of this room cannot be reached');
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: a job is started by the worker, not by hand.`);
  return value;
}
