export { createHttp, type Http } from "./http";
export type { HttpParts } from "./parts";
