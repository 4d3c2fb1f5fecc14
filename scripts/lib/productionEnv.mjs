/**
 * What the environment of the production server must say. (Next's private __NEXT_PRIVATE_STANDALONE_CONFIG is not set: with the
 * bundled server it saved neither memory nor time, three runs each way.)
 */
export const productionEnv = () => ({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
