import type { Gateway } from '../gateway/gateway.ts';
import type { FaultHook, Outage } from '../http/faults.ts';
import type { Traffic, TrafficCounts } from '../http/traffic.ts';
import type { World } from '../world/world.ts';
import { type Asking, createAsking } from './asking.ts';
import { createPlaces, type Places } from './places.ts';
import { createReading, type Reading } from './reading.ts';
import { createServers, type Servers } from './servers.ts';

/** The hands and eyes of people in this Discord, for tests and the demo. Nothing here needs a sleep. */
export type Driver = Servers & Places & Asking & Reading & Trouble;

export type Trouble = {
  readonly gateway: Omit<Gateway, 'stop'>;
  /** Requests, 429s and invalid requests since the start or the last reset. */
  traffic(): TrafficCounts;
  resetTraffic(): void;
  /** Replaces the fault hook; null takes it away. */
  setFaults(hook: FaultHook | null): void;
  /** Everything answers 503, or connections are refused; sockets are cut. */
  outage(kind: Outage): Promise<void>;
};

export type DriverParts = {
  world: World;
  gateway: Gateway;
  traffic: Traffic;
  setFaults: (hook: FaultHook | null) => void;
  outage: (kind: Outage) => Promise<void>;
  /** Real ms that a first answer to an interaction may take. */
  answerPatience: number;
};

/** Joins the parts of the driver. */
export function createDriver(parts: DriverParts): Driver {
  return {
    ...createServers(parts.world),
    ...createPlaces(parts.world),
    ...createAsking(parts.world, parts.answerPatience),
    ...createReading(parts.world, parts.gateway),
    gateway: parts.gateway,
    traffic: () => parts.traffic.counts(),
    resetTraffic: () => parts.traffic.reset(),
    setFaults: parts.setFaults,
    outage: parts.outage,
  };
}
