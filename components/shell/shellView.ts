import type { Shell } from "@/lib/pageData";
import type { NavSection } from "./nav";
import type { Theme } from "./theme";

/** The data of the shell's parts, made once by the layout on the server. */
export interface ShellView {
  shell: Omit<Shell, "notices">;
  /** In words: their texts are in no page. */
  notices: { level: Shell["notices"][number]["level"]; text: string }[];
  sections: NavSection[];
  admin: boolean;
  theme: Theme;
  /** The server's clock when it rendered (epoch ms), so that first paint and hydration have the same texts. */
  now: number;
  demoBanner: boolean;
}
