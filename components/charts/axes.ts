export const AXES = ["unit", "shared", "own"] as const;
/** `unit`: points of one unit share an axis; `shared`: all do; `own`: each has its own. Apart, for tiles that are not drawn yet. */
export type AxesMode = (typeof AXES)[number];
