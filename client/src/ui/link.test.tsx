// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, it } from "vitest";
import { Link } from "./link";

function drawAt(link: React.ReactNode, path = "/products?q=a") {
  const router = createMemoryRouter([{ path: "*", element: link }], { initialEntries: ["/", path] });
  render(<RouterProvider router={router} />);
  return router;
}

it("goes to its address without loading a page", async () => {
  const router = drawAt(<Link to="/about">How it works</Link>);
  expect(screen.getByRole("link").getAttribute("href")).toBe("/about");
  await userEvent.click(screen.getByRole("link"));
  expect(router.state.location.pathname).toBe("/about");
  await router.navigate(-1);
  expect(router.state.location.search).toBe("?q=a");
});

it("leaves new tabs to the browser and stays where its owner says so", async () => {
  const router = drawAt(
    <Link to="/about" onClick={(event) => event.preventDefault()}>
      Stay
    </Link>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("link"));
  await user.keyboard("{Control>}");
  await user.click(screen.getByRole("link"));
  expect(router.state.location.pathname).toBe("/products");
});

it("takes the place of the entry that it leaves, when told to", async () => {
  const router = drawAt(
    <Link to="/products/2" replace preventScrollReset>
      Other grade
    </Link>,
  );
  await userEvent.click(screen.getByRole("link"));
  expect(router.state.preventScrollReset).toBe(true);
  await router.navigate(-1);
  expect(router.state.location.pathname).toBe("/");
});
