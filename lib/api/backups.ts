import { z } from "zod";
import { route } from "./route";

/** A backup that lies in the data folder. `made` in epoch ms. It holds both databases, not the secret. */
export const BackupOut = z.object({
  name: z.string(),
  made: z.number(),
  bytes: z.number(),
  /** Of the Telltale that made it. */
  version: z.string(),
});
export type BackupOut = z.infer<typeof BackupOut>;

/**
 * `making`: since when one is being made, in epoch ms; null: none is. `with`: the data are in Postgres, and that program makes a backup of
 * them; Telltale makes none.
 */
export const BackupsOut = z.object({
  backups: z.array(BackupOut),
  making: z.number().nullable(),
  with: z.literal("pg_dump").optional(),
});
export type BackupsOut = z.infer<typeof BackupsOut>;

/** Copies of everything, for admins: they hold every password's hash. */
export const backupContracts = {
  list: route({
    method: "GET",
    path: "/backups",
    needs: "admin",
    summary: "The backups in the data folder, newest first",
    answer: BackupsOut,
  }),
  make: route({
    method: "POST",
    path: "/backups",
    needs: "admin",
    summary:
      "Makes a backup while Telltale runs; answers when it is made and checked. Refused where the data are in Postgres",
    answer: BackupOut,
    status: 201,
  }),
  download: route({
    method: "GET",
    path: "/backups/{name}",
    needs: "admin",
    summary: "One backup as a tar; unpacked, it is what `npm run restore` takes",
    produces: ["application/x-tar"],
  }),
  remove: route({
    method: "DELETE",
    path: "/backups/{name}",
    needs: "admin",
    summary: "Deletes a backup",
  }),
};
