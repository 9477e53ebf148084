import type { RouteObject } from "react-router";
import { Layout } from "./layout";
import type { createLoaders } from "./loaders";
import { RouteFault, RootFault } from "./pages/fault-pages";
import { withPageWords } from "@/lib/words/words";

type Loaders = ReturnType<typeof createLoaders>;

/**
 * The frame and its faults come with the first load; every page brings its own code. A `handle` says which file that is,
 * so that the server can announce it, and whether the build draws the page's skeleton.
 */
export function routesOf(loaders: Loaders): RouteObject[] {
  const pages: RouteObject[] = [
    {
      id: "home",
      index: true,
      handle: { file: "home-page", isFramed: true },
      loader: loaders.home,
      lazy: async () => ({ Component: (await import("./pages/home-page")).HomePage }),
    },
    {
      id: "listing",
      path: "products",
      handle: { file: "products-page", isFramed: true },
      loader: loaders.products,
      lazy: async () => ({ Component: (await import("./pages/products-page")).ProductsPage }),
    },
    {
      id: "product",
      path: "products/:id",
      handle: { file: "product-page", isFramed: true },
      loader: loaders.product,
      lazy: async () => ({ Component: (await import("./pages/product-page")).ProductPage }),
    },
    { path: "cart", lazy: async () => ({ Component: (await import("./pages/cart-page")).CartPage }) },
    {
      path: "login",
      lazy: async () => ({ Component: (await withPageWords(import("./pages/log-in-page"))).LogInPage }),
    },
    {
      path: "sign-up",
      lazy: async () => ({ Component: (await withPageWords(import("./pages/sign-up-page"))).SignUpPage }),
    },
    {
      path: "account",
      lazy: async () => ({ Component: (await withPageWords(import("./pages/account-page"))).AccountPage }),
    },
    {
      path: "favorites",
      lazy: async () => ({ Component: (await import("./pages/favorites-page")).FavoritesPage }),
    },
    {
      path: "you",
      lazy: async () => ({ Component: (await withPageWords(import("./pages/you-page"))).YouPage }),
    },
    {
      path: "about",
      lazy: async () => ({ Component: (await withPageWords(import("./pages/about-page"))).AboutPage }),
    },
    { path: "kit", lazy: async () => ({ Component: (await import("./pages/kit-page")).KitPage }) },
    { path: "*", lazy: async () => ({ Component: (await import("./pages/not-found-page")).NotFoundPage }) },
  ];
  return [
    {
      path: "/",
      Component: Layout,
      ErrorBoundary: RootFault,
      HydrateFallback: () => null,
      children: [{ ErrorBoundary: RouteFault, children: pages }],
    },
  ];
}
