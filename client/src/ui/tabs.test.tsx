// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Tabs } from "./tabs";

const TABS = ["One", "Two", "Three"].map((title) => ({ id: title, title, content: <p>About {title}</p> }));

it("keeps one tab stop and walks around by the arrows", async () => {
  render(<Tabs label="Numbers" tabs={TABS} />);
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("One");
  await userEvent.keyboard("{ArrowLeft}");
  expect(document.activeElement?.textContent).toBe("Three");
  expect(screen.getByRole("tabpanel").textContent).toBe("About Three");
  await userEvent.keyboard("{Home}{ArrowRight}");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Two");
  expect(screen.getAllByRole("tab").filter((tab) => tab.tabIndex === 0)).toHaveLength(1);
});
