import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./Button";
import { cx } from "./cx";

/** A link that looks like a button: it goes somewhere, it does nothing. Apart from Button, which the page of errors takes without next/link. */
export function ButtonLink({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & { variant?: ButtonVariant; size?: ButtonSize }) {
  return <Link {...rest} className={cx(buttonClass(variant, size), className)} />;
}
