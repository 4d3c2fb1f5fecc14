/** The largest file that one import takes. Apart from the schemas of lib/api, which a page should not load for a number. */
export const MAX_IMPORT_BYTES = 256 * 1024 * 1024;
