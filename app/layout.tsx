import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { FAVICONS } from "@/components/dashboard/favicons";
import { parseTheme, THEME_COOKIE } from "@/components/shell/theme";
import { PageTexts } from "@/components/ui/PageTexts";
import { t, textsOf } from "@/lib/texts/all";
import "./globals.css";

export const generateMetadata = (): Metadata => ({
  title: { default: "Telltale", template: "%s · Telltale" },
  description: t("app.description"),
  applicationName: "Telltale",
  icons: {
    icon: { url: FAVICONS.live, type: "image/svg+xml" },
    // iOS reads no SVG for a home screen.
    apple: { url: "/icons/apple-touch-icon.png", sizes: "180x180" },
  },
  appleWebApp: { capable: true, title: "Telltale", statusBarStyle: "default" },
  formatDetection: { telephone: false },
  robots: { index: false, follow: false },
});

/** The browser's own bars take the page's colour (tokens.css --page, as sRGB: this meta knows no variables). */
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f3ef" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0e13" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>
        <PageTexts texts={textsOf("api", "error", "ui")}>{children}</PageTexts>
      </body>
    </html>
  );
}
