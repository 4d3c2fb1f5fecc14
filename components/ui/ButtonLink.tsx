import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./Button";
import { cx } from "./cx";

/** A link that looks like a button. In a file of its own, so that the error page can use Button without next/link. */
export function ButtonLink({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & { variant?: ButtonVariant; size?: ButtonSize }) {
  return <Link {...rest} className={cx(buttonClass(variant, size), className)} />;
}
