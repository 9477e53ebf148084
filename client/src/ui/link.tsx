import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { useHref, useLinkClickHandler } from "react-router";

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  to: string;
  /** Takes the place of the present entry of the history. */
  replace?: boolean;
  /** Leaves the page where it was scrolled to. */
  preventScrollReset?: boolean;
};

/**
 * A link within the shop. The router's own brings the prefetching of its framework mode along, 2 kB of first load that
 * do nothing here.
 */
export function Link({ to, replace, preventScrollReset = false, onClick, children, ...rest }: LinkProps) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLAnchorElement>(to, {
    preventScrollReset,
    ...(replace !== undefined && { replace }),
  });
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (!event.defaultPrevented) follow(event);
  };
  return (
    <a {...rest} href={href} onClick={click}>
      {children}
    </a>
  );
}
