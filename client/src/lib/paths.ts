import { filtersToSearch, NO_FILTERS, type Filters } from "./filters";

/** Every address of the shop, in one place. */
export const paths = {
  home: "/",
  products: (filters: Partial<Filters> = {}) => {
    const search = filtersToSearch({ ...NO_FILTERS, ...filters }).toString();
    return search === "" ? "/products" : `/products?${search}`;
  },
  product: (id: string) => `/products/${encodeURIComponent(id)}`,
  cart: "/cart",
  logIn: "/login",
  signUp: "/sign-up",
  account: "/account",
  favorites: "/favorites",
  you: "/you",
  about: "/about",
  kit: "/kit",
} as const;

/** Where to go after signing in: only an address of this shop. */
export function safeReturnPath(wanted: string | null): string {
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : paths.home;
}
