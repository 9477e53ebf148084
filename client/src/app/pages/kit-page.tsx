import { PageTitle } from "@/ui/page-title";
import { Basics } from "../kit/basics";
import { Forms } from "../kit/forms";
import { Layers } from "../kit/layers";
import { Numbers } from "../kit/numbers";
import { Shelves } from "../kit/shelves";

/** Every part of the kit in every state, for those who build with it, in their English. No page of the shop leads here. */
export function KitPage() {
  return (
    <div lang="en" dir="ltr" className="page grid grid-cols-[minmax(0,1fr)] gap-10 py-8 md:py-12">
      <meta name="robots" content="noindex" />
      <PageTitle>The kit</PageTitle>
      <Basics />
      <Forms />
      <Layers />
      <Shelves />
      <Numbers />
    </div>
  );
}
