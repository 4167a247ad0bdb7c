import { telemetry } from '@livekit/agents';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { conversationAttribute } from '#protocol/token.ts';

/** What is asked of the environment, in the names that OpenTelemetry has for it. */
export function tracesAreWanted(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
}

/**
 * Sends the spans that the framework makes of a conversation (turns, model calls, speech) to a collector, by OTLP over
 * HTTP. What was said stays here, unless OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is `true`.
 * `flush` sends what is left; it never rejects.
 */
export function beginTraces(room: string, conversation: string): { flush(): Promise<void> } {
  const targets = new telemetry.FanoutSpanProcessor();
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'parley-agent',
      'parley.room': room,
      [conversationAttribute]: conversation,
    }),
    // The filter of the framework has to come before whatever exports.
    spanProcessors: [targets],
  });
  const captured = process.env['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'];
  telemetry.setTracerProvider(provider, {
    registerSpanProcessor: (processor) => targets.add(processor),
    allowPii: captured === 'true',
  });
  targets.add(new BatchSpanProcessor(new OTLPTraceExporter()));
  return { flush: () => provider.forceFlush().catch(() => undefined) };
}
