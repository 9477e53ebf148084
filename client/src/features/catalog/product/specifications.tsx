import type { Product } from "@/api/generated";
import { words } from "@/lib/words/words";
import { attributeName, unitName } from "@/lib/words/names";

export function Specifications({ attributes }: { attributes: Product["attributes"] }) {
  if (attributes.length === 0) return null;
  return (
    <section aria-labelledby="specs-title">
      <h2 id="specs-title" className="text-22">
        {words.product.specifications}
      </h2>
      <dl className="mt-3 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        {attributes.map((attribute) => (
          <Row key={attribute.key} attribute={attribute} />
        ))}
      </dl>
    </section>
  );
}

function Row({ attribute }: { attribute: Product["attributes"][number] }) {
  return (
    <>
      <dt className="border-t border-line py-2.5 pe-4 text-ink-2">
        {attributeName(attribute.key, attribute.label)}
      </dt>
      <dd className="border-t border-line py-2.5 font-mono text-14 leading-6">
        <bdi>
          {attribute.value}
          {attribute.unit != null && ` ${unitName(attribute.unit)}`}
        </bdi>
      </dd>
    </>
  );
}
