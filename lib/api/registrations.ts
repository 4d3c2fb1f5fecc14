import { z } from "zod";
import { Registration } from "../registration";
import { withOrigin } from "./origin";
import { PageQuery } from "./paging";
import { route } from "./route";

const In = Registration.meta({ id: "Registration" });

export const RegistrationOut = z
  .object({ ...withOrigin, registration: In, points: z.number() })
  .meta({ id: "RegistrationOut" });
export type RegistrationOut = z.infer<typeof RegistrationOut>;

/** Which tiles would lose their point if a registration went. */
export const Usage = z.object({
  tiles: z.array(z.object({ dashboard: z.string(), title: z.string(), point: z.string(), tile: z.string() })),
});
export type Usage = z.infer<typeof Usage>;

/** What is registered, from all origins; only what stands in the store can be changed. */
export const registrationContracts = {
  list: route({
    method: "GET",
    path: "/registrations",
    needs: "setup",
    summary: "All registered topics, in pages",
    query: z.object(PageQuery),
    answer: z.array(RegistrationOut),
  }),
  create: route({
    method: "POST",
    path: "/registrations",
    needs: "setup",
    summary: "Register a topic; it is live immediately",
    body: In,
    answer: RegistrationOut,
    status: 201,
  }),
  get: route({
    method: "GET",
    path: "/registrations/{id}",
    needs: "setup",
    summary: "One registered topic",
    answer: RegistrationOut,
  }),
  replace: route({
    method: "PUT",
    path: "/registrations/{id}",
    needs: "setup",
    summary: "Change a registered topic; the others keep their subscriptions",
    headers: ["If-Match"],
    body: In,
    answer: RegistrationOut,
  }),
  remove: route({
    method: "DELETE",
    path: "/registrations/{id}",
    needs: "setup",
    summary: "Forget a registered topic and its points",
    headers: ["If-Match"],
  }),
  usage: route({
    method: "GET",
    path: "/registrations/{id}/usage",
    needs: "setup",
    summary: "Which tiles would lose their point if this were deleted",
    answer: Usage,
  }),
};
