import type { ConfigStore } from "../ports";
import { CANARY } from "./config/settings";
import type { Sealer } from "./sealer";

const CANARY_TEXT = "telltale";

/**
 * What was sealed with another secret is left alone, and its broker asks for it again: a backup without its secret must start
 * elsewhere. The note says by which secret all can be read; earlier versions look at it.
 */
export async function noteSecret(store: ConfigStore, sealer: Sealer): Promise<void> {
  if ((await store.brokers()).some(({ unreadable }) => unreadable !== undefined)) return;
  const sealed = await store.setting(CANARY);
  if (sealed === undefined || !sealer.open(sealed, CANARY).ok)
    await store.putSetting(CANARY, sealer.seal(CANARY_TEXT, CANARY));
}

/** Whether this is the secret that the note was sealed with; undefined: there is no note yet. */
export async function isNotedSecret(store: ConfigStore, sealer: Sealer): Promise<boolean | undefined> {
  const sealed = await store.setting(CANARY);
  return sealed === undefined ? undefined : sealer.open(sealed, CANARY).ok;
}
