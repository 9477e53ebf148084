import { useEffect } from "react";
import { useSelector } from "react-redux";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";

/** The home slate, asked for again whenever the shop has learned something since it was served. */
export function useHomeSlate() {
  const query = shopApi.useGetHomeQuery();
  const changedAt = useSelector(selectChangedAt);
  const { isFetching, fulfilledTimeStamp, refetch, isError } = query;

  useEffect(() => {
    if (isFetching || isError || fulfilledTimeStamp === undefined) return;
    if (changedAt > fulfilledTimeStamp) void refetch();
  }, [changedAt, fulfilledTimeStamp, isFetching, isError, refetch]);

  return query;
}
