import type { Shell } from "@/lib/pageData";
import type { NavSection } from "./nav";
import type { Theme } from "./theme";

/** What the shell's parts are drawn from: made once by the layout, on the server. */
export interface ShellView {
  shell: Shell;
  sections: NavSection[];
  admin: boolean;
  theme: Theme;
  /** The server's clock when it drew (epoch ms), so that first paint and hydration say the same. */
  now: number;
  demoBanner: boolean;
}
