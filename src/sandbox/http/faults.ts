/** What a hook may look at before a request is carried out. */
export type SandboxRequest = {
  method: string;
  /** Without `/api/v10`: `/channels/123/messages`. */
  path: string;
  /** With names for ids: `/channels/{channel_id}/messages`. */
  route: string;
  /** The JSON body, or a multipart body's payload_json; undefined when there is none. */
  body: unknown;
  /** How many requests came before this one. */
  number: number;
};

/** What shall go wrong with one request. `commit`: carry it out first. */
export type RequestFault =
  | { kind: 'status'; status: number; body?: unknown; commit?: boolean }
  | { kind: 'hang'; commit?: boolean }
  | { kind: 'cut-before' }
  | { kind: 'cut-after' };

/** Decides for each request; null = nothing goes wrong. */
export type FaultHook = (request: SandboxRequest) => RequestFault | null;

/** `unavailable`: 503 for everything. `refused`: connections are refused. */
export type SandboxOutage = 'none' | 'unavailable' | 'refused';
