import type { Page, Pages } from '#src/foundation/http-server.ts';
import type { MetricsDeps } from './metrics.ts';
import { createReportHealth, type HealthDeps, type HealthReport } from './report-health.ts';

/** What there is to tell of once Discord has let the bot in. */
type Life = {
  /** Whether Discord is connected, and for how long that has been so, ms. */
  line(): { isReady: boolean; lasted: number };
  /** Milliseconds since a job of the timetable began or ended; 0 before it has begun. */
  idle(): number;
};

type Deps = Omit<HealthDeps, 'line' | 'idle'> & MetricsDeps;

/** What HTTP_ADDRESS answers, from before Discord lets the bot in. `tellOf`: it has. */
export function createPages(deps: Deps): { byPath: Pages; tellOf(life: Life): void } {
  const { clock } = deps;
  const builtAt = clock.elapsed();
  let life: Life | null = null;
  const reportHealth = createReportHealth({
    ...deps,
    line: () => ({
      wasReady: life !== null,
      ...(life?.line() ?? { isReady: false, lasted: clock.elapsed() - builtAt }),
    }),
    idle: () => life?.idle() ?? 0,
  });
  return {
    byPath: {
      '/healthz': async (asked) => healthPage(await reportHealth(), asked.has('strict')),
      '/metrics': createMetricsPage(deps),
    },
    tellOf(begun) {
      life = begun;
    },
  };
}

/** Loaded when somebody asks: few operators do. */
function createMetricsPage(deps: MetricsDeps): () => Promise<Page> {
  let read: (() => Promise<string>) | null = null;
  return async () => {
    const { createMetrics } = await import('./metrics.ts');
    read ??= createMetrics(deps);
    return { status: 200, type: 'text/plain; version=0.0.4', text: await read() };
  };
}

/** A late source is no reason to start a healthy bot again, unless the operator asks for it. */
function healthPage(health: HealthReport, isStrict: boolean): Page {
  const isWell = health.status === 'ok' || (health.status === 'degraded' && !isStrict);
  return { status: isWell ? 200 : 503, type: 'application/json', text: `${JSON.stringify(health)}\n` };
}
