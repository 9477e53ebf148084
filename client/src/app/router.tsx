import { createBrowserRouter, type RouteObject } from "react-router";
import { Layout } from "./layout";
import type { createLoaders } from "./loaders";
import { RouteFault, RootFault } from "./pages/fault-pages";

type Loaders = ReturnType<typeof createLoaders>;

/** The frame and its faults come with the first load; every page brings its own code. */
export function routesOf(loaders: Loaders): RouteObject[] {
  const pages: RouteObject[] = [
    {
      index: true,
      loader: loaders.home,
      lazy: async () => ({ Component: (await import("./pages/home-page")).HomePage }),
    },
    {
      path: "products",
      loader: loaders.products,
      lazy: async () => ({ Component: (await import("./pages/products-page")).ProductsPage }),
    },
    {
      path: "products/:id",
      loader: loaders.product,
      lazy: async () => ({ Component: (await import("./pages/product-page")).ProductPage }),
    },
    { path: "cart", lazy: async () => ({ Component: (await import("./pages/cart-page")).CartPage }) },
    { path: "login", lazy: async () => ({ Component: (await import("./pages/log-in-page")).LogInPage }) },
    { path: "sign-up", lazy: async () => ({ Component: (await import("./pages/sign-up-page")).SignUpPage }) },
    {
      path: "account",
      lazy: async () => ({ Component: (await import("./pages/account-page")).AccountPage }),
    },
    {
      path: "favorites",
      lazy: async () => ({ Component: (await import("./pages/favorites-page")).FavoritesPage }),
    },
    { path: "you", lazy: async () => ({ Component: (await import("./pages/you-page")).YouPage }) },
    { path: "about", lazy: async () => ({ Component: (await import("./pages/about-page")).AboutPage }) },
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

export function createRouter(loaders: Loaders) {
  return createBrowserRouter(routesOf(loaders));
}
