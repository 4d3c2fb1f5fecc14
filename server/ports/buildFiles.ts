/** The files of builds for browsers, in one place for nodes of several versions. */
export interface BuildFiles {
  /** Stores those that are not there yet, and notes of all that they are in use. Forgets what was not in use for a week. */
  keep(paths: readonly string[], read: (path: string) => Promise<Uint8Array>): Promise<void>;
  get(path: string): Promise<Uint8Array | undefined>;
}
