import type { ComponentProps } from "react";
import { PageLink } from "@/components/ui/PageLink";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./Button";
import { cx } from "./cx";

/** A link that looks like a button. In a file of its own, so that the error page can use Button without next/link. */
export function ButtonLink({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof PageLink> & { variant?: ButtonVariant; size?: ButtonSize }) {
  return <PageLink {...rest} className={cx(buttonClass(variant, size), className)} />;
}
