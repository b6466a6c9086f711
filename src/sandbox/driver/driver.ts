import type { SandboxGateway } from '../gateway/gateway.ts';
import type { FaultHook, SandboxOutage } from '../http/faults.ts';
import type { Traffic, TrafficCounts } from '../http/traffic.ts';
import type { World } from '../world/world.ts';
import { createAsking, type DriverAsking } from './asking.ts';
import { createPlaces, type DriverPlaces } from './places.ts';
import { createReading, type DriverReading } from './reading.ts';
import { createDriverServers, type DriverServers } from './servers.ts';

/** The hands and eyes of people in this Discord, for tests and the demo. Nothing here needs a sleep. */
export type Driver = DriverServers & DriverPlaces & DriverAsking & DriverReading & DriverTrouble;

type DriverTrouble = {
  readonly gateway: Omit<SandboxGateway, 'stop'>;
  /** Requests, 429s and invalid requests since the start or the last reset. */
  traffic(): TrafficCounts;
  resetTraffic(): void;
  /** Replaces the fault hook; null takes it away. */
  setFaults(hook: FaultHook | null): void;
  /** Everything answers 503, or connections are refused; sockets are cut. */
  outage(kind: SandboxOutage): Promise<void>;
};

type DriverDeps = {
  world: World;
  gateway: SandboxGateway;
  traffic: Traffic;
  setFaults: (hook: FaultHook | null) => void;
  outage: (kind: SandboxOutage) => Promise<void>;
  /** Real ms that a first answer to an interaction may take. */
  answerPatience: number;
};

/** Joins the parts of the driver. */
export function createDriver(deps: DriverDeps): Driver {
  return {
    ...createDriverServers(deps.world),
    ...createPlaces(deps.world),
    ...createAsking(deps.world, deps.answerPatience),
    ...createReading(deps.world, deps.gateway),
    gateway: deps.gateway,
    traffic: () => deps.traffic.counts(),
    resetTraffic: () => deps.traffic.reset(),
    setFaults: deps.setFaults,
    outage: deps.outage,
  };
}
