import type { ReactNode } from 'react';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useWords } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Failed, Skeleton } from '../../ui/states.tsx';
import { explainRead } from './explain.ts';

/** What was read, or that it is being read, or why it could not be. What is there stays when reading it anew fails. */
export function Loaded<T>(props: {
  read: Pick<UseQueryResult<T>, 'data' | 'error' | 'isError' | 'isFetching' | 'refetch'>;
  /** Of the height of what comes. */
  skeleton?: ReactNode;
  /** What a failure means here, where that is more than the failure says by itself. */
  explain?: (error: unknown) => string | null;
  /** Beside asking again: what can be done about what `explain` explains. */
  way?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const words = useWords();
  const { read } = props;
  const own = read.isError ? (props.explain?.(read.error) ?? null) : null;
  const failed = read.isError ? (
    <Failed
      {...failure(own === null ? explainRead(words, read.error) : { text: own })}
      way={own === null ? null : props.way}
      busy={read.isFetching}
      onRetry={() => void read.refetch()}
    />
  ) : null;
  if (read.data === undefined) return failed ?? props.skeleton ?? <Skeleton />;
  return (
    <>
      {failed}
      {props.children(read.data)}
    </>
  );
}

/** The items of a `useReadPages` so far, and a button for more of them. */
export function LoadedPages<Item>(props: {
  read: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  more: string;
  skeleton?: ReactNode;
  explain?: (error: unknown) => string | null;
  children: (items: readonly Item[], state: { all: boolean }) => ReactNode;
}) {
  const { kit } = useWords();
  const { read } = props;
  return (
    <Loaded
      read={read}
      skeleton={props.skeleton ?? <Skeleton rows={6} />}
      {...(props.explain ? { explain: props.explain } : {})}
    >
      {({ pages }) => (
        <>
          {props.children(
            pages.flatMap(({ items }) => items),
            { all: !read.hasNextPage },
          )}
          {read.hasNextPage ? (
            <div className="mt-4">
              <Button
                type="button"
                look="secondary"
                busy={read.isFetchingNextPage}
                pending={kit.loading}
                onClick={() => void read.fetchNextPage()}
              >
                {props.more}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const failure = ({ text, note }: { text: string; note?: string }) => ({ text, note });
