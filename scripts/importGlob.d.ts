/** Vite's, in tests: every module that matches, by its path. Only what is written out in the call can be looked up. */
interface ImportMeta {
  glob<Found>(pattern: string, options: { eager: true; import: string }): Readonly<Record<string, Found>>;
}
