import type { z } from "zod";
import type { Needs } from "../access";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What stands in braces: of `/points/{id}/history` it is `id`. */
type ParamNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never;
export type Params<P extends string> = Record<ParamNames<P>, string>;

/** `If-Match`: the version that is meant. `Telltale-Expires`: until when, by the server's clock, it is wanted. */
type RequestHeader = "If-Match" | "Telltale-Expires";

/**
 * All that is to be known of one route under /api/v1. The server implements it; validation, rights, OpenAPI and the pages' typed calls are
 * derived from it. Errors are problem details (problem.ts) with every route, and are not named here.
 */
export interface Contract<
  M extends Method,
  P extends string,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  H extends readonly RequestHeader[],
  O extends readonly string[],
> {
  readonly method: M;
  /** As `/points/{id}`. */
  readonly path: P;
  readonly needs: Needs;
  /** The points that it concerns: what the caller may not see of them is not there (404), and the handler does not run. */
  of?(asked: { params: Params<P>; query: z.output<Q> }): O;
  /** One sentence without its full stop, for the documentation. */
  readonly summary: string;
  /** With `PageQuery` in it the answer is a list in pages: a Link header names the next one. */
  readonly query?: Q;
  /** The headers that it reads beside the usual ones. */
  readonly headers?: H;
  readonly body?: B;
  /** Absent: 204. */
  readonly answer?: A;
  readonly status?: 201;
  /** The media type of a body that the handler reads itself; no schema looks at it. */
  readonly consumes?: string;
  /** The media types of an answer that the handler gives as a stream. */
  readonly produces?: readonly string[];
}

export type AnyContract = Contract<
  Method,
  string,
  z.ZodType,
  z.ZodType,
  z.ZodType,
  readonly RequestHeader[],
  readonly string[]
>;

/** The contracts of one resource, each by the name of its handler. */
export type ContractGroup = Readonly<Record<string, AnyContract>>;

/** Describes a route. Answers what it is given, typed. */
export const route = <
  const M extends Method,
  const P extends `/${string}`,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodNull,
  const H extends readonly RequestHeader[] = [],
  O extends readonly string[] | [] = [],
>(
  contract: Contract<M, P, Q, B, A, H, O>,
): Contract<M, P, Q, B, A, H, O> => contract;
