/** Which page of an answer (from 0), by whom; `again`: the sources are to be asked once more. */
export type PageAsked = { page: number; userId: string; now: number; again?: boolean };
