import { Button } from "@/ui/button";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeleton } from "@/ui/skeletons";
import { EmptyState, ErrorState } from "@/ui/states";
import { sampleProduct } from "./samples";
import { Specimen } from "./specimen";

const plain = sampleProduct();
const failure = {
  title: "The shelf could not be read",
  detail: "The shop did not answer in time.",
  requestId: "0192-7f3a",
};

export function Shelves() {
  return (
    <>
      <Specimen title="Cards">
        <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 lg:grid-cols-6">
          <li>
            <ProductCard product={plain} />
          </li>
          <li>
            <ProductCard product={sampleProduct({ condition: "new", stock: 1 })} swatchBy="maker" />
          </li>
          <li>
            <ProductCard product={sampleProduct({ condition: "fair", inStock: false, stock: 0 })} />
          </li>
          <li>
            <ProductCard product={plain} reason="Because you opened Halden Keel 5" />
          </li>
          <li>
            <ProductCard product={plain} several={<span>3 grades</span>} />
          </li>
          <li>
            <CardSkeleton />
          </li>
        </ul>
      </Specimen>
      <Specimen title="Rails">
        <Rail title="The same for everyone" reason="Getting more attention than usual">
          <ProductCard product={plain} />
          <ProductCard product={plain} />
        </Rail>
        <Rail title="Rearranged for you" reason="because you opened Halden Keel 5" isLearned>
          <ProductCard product={plain} />
          <ProductCard product={plain} />
        </Rail>
      </Specimen>
      <Specimen title="Empty and failed">
        <EmptyState title="Nothing saved yet" action={<Button look="plain">See everything</Button>}>
          The heart on a card keeps it here.
        </EmptyState>
        <ErrorState failure={failure} onRetry={() => {}} />
      </Specimen>
    </>
  );
}
