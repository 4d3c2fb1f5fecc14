import { z } from "zod";
import { Role } from "../access";
import { UserId } from "../ids";
import { nameText } from "../name";
import { withText } from "../texts/issues";
import { say } from "../texts/said";
import { route } from "./route";

export const Username = z.string().regex(/^[a-zA-Z0-9_.-]{2,40}$/, withText(say("schema.username")));
export const Password = z
  .string()
  .min(8, withText(say("schema.passwordShort")))
  .max(128, withText(say("schema.passwordLong")));

export const UserIn = z.strictObject({
  username: Username,
  name: nameText(100).optional(),
  password: Password,
  role: Role,
});
export const UserPatch = z.strictObject({
  name: nameText(100, 1).optional(),
  role: Role.optional(),
  password: Password.optional(),
});
export const UserOut = z
  .object({
    id: UserId,
    username: z.string(),
    name: z.string(),
    role: Role,
    createdAt: z.number(),
  })
  .meta({ id: "User" });
export type UserOut = z.infer<typeof UserOut>;

export const userContracts = {
  list: route({
    method: "GET",
    path: "/users",
    needs: "admin",
    summary: "All people with an account",
    answer: z.array(UserOut),
  }),
  create: route({
    method: "POST",
    path: "/users",
    needs: "admin",
    summary: "Give a person an account",
    body: UserIn,
    answer: UserOut,
    status: 201,
  }),
  change: route({
    method: "PATCH",
    path: "/users/{id}",
    needs: "admin",
    summary:
      "Change a person's name, role or password. A new role applies immediately, a new password ends their sessions",
    body: UserPatch,
    answer: UserOut,
  }),
  remove: route({
    method: "DELETE",
    path: "/users/{id}",
    needs: "admin",
    summary: "Remove a person's account; their sessions end",
  }),
};
