import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Archive } from '#src/archive/archive.ts';
import type { Runs } from '#src/foundation/runs.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';

export type MetricsDeps = {
  archive: Archive;
  runs: Runs;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
};

/** What Prometheus reads at /metrics, in its text format; every figure is taken when it is asked for. */
export function createMetrics({
  archive,
  runs,
  outbox,
  subscriptionStore,
}: MetricsDeps): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'paperboy_papers', 'Papers known', () => archive.size());
  gauge(
    registry,
    'paperboy_subscriptions',
    'Subscriptions of all channels',
    async () => [...subscriptionStore.all()].length,
  );
  gauge(registry, 'paperboy_unreadable_settings', 'Stored settings that cannot be read', async () =>
    subscriptionStore.servers().reduce((sum, server) => sum + subscriptionStore.unreadIn(server).length, 0),
  );
  gauge(registry, 'paperboy_last_round_seconds', 'When a source was last read, Unix time', async () =>
    Math.floor(((await runs.last())?.finishedAt ?? 0) / 1000),
  );
  new Gauge({
    name: 'paperboy_outbox',
    help: 'Entries and posts by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await outbox.backlog())) this.set({ state }, count);
    },
  });
  return () => registry.metrics();
}

function gauge(registry: Registry, name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}
