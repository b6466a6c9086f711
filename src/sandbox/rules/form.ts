import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Json, JsonPath } from '../world/json.ts';
import { DiscordError } from './discord-error.ts';

/** Collects what is wrong with a body, and refuses it as a whole: code 50035 with one entry for each fault. */
export class Form {
  private readonly faults: { path: JsonPath; code: string; message: string }[] = [];

  refuse(path: JsonPath, code: string, message: string): void {
    this.faults.push({ path, code, message });
  }

  get isClean(): boolean {
    return this.faults.length === 0;
  }

  /** Throws 50035 "Invalid Form Body" when a fault was found. */
  settle(): void {
    if (this.isClean) return;
    const errors: Json = {};
    for (const fault of this.faults) {
      const leaf = fault.path.reduce<Json>((node, step) => childOf(node, String(step)), errors);
      leaf._errors = [...((leaf._errors as Json[]) ?? []), { code: fault.code, message: fault.message }];
    }
    throw new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', {
      errors,
    });
  }
}

function childOf(node: Json, step: string): Json {
  node[step] ??= {};
  return node[step] as Json;
}

/** Runs checks over one body; throws 50035 when any of them refused something. */
export function checked(check: (form: Form) => void): void {
  const form = new Form();
  check(form);
  form.settle();
}
