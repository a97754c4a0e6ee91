import {
  type InfiniteData,
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Route, RouteAnswer, RouteInput } from '../../../src/contract/route.ts';
import { mayPass } from './api.ts';
import { useStaff } from './context.tsx';
import { createKeys } from './keys.ts';
import { saveFile } from './save-file.ts';
import { soon } from './soon.ts';

/** The answer of a route that reads: kept for other screens, read again when it is shown again. */
export function useRead<R extends Route>(
  route: R,
  input: RouteInput<R>,
  /**
   * `everyMs`: read anew so often while the page is seen; it may depend on what was read. `keepOld`: what was asked before stays until the answer to another
   * input comes (`isPlaceholderData`). `once`: not asked again by itself, of what takes long until it fails.
   * `known`: the answer so far.
   */
  options: {
    enabled?: boolean;
    staleMs?: number;
    everyMs?: number | ((answer: RouteAnswer<R> | undefined) => number | false);
    keepOld?: boolean;
    once?: boolean;
    known?: RouteAnswer<R>;
  } = {},
): UseQueryResult<RouteAnswer<R>> {
  const { call } = useStaff();
  const { everyMs } = options;
  return useQuery<RouteAnswer<R>>({
    queryKey: keyOf(route, input),
    queryFn: () => call(route, input),
    enabled: options.enabled ?? true,
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
    ...(everyMs === undefined
      ? {}
      : {
          refetchInterval: ({ state }) => (typeof everyMs === 'number' ? everyMs : everyMs(state.data)),
        }),
    ...(options.keepOld ? keepOld : {}),
    ...(options.once ? { retry: false } : {}),
    ...(options.known === undefined ? {} : { initialData: known(options.known) }),
  });
}

const known =
  <Answer>(answer: Answer) =>
  () =>
    answer;

// As any object: the type of an answer that is not known yet cannot say that it is no function.
const keepOld: object = { placeholderData: keepPreviousData };

/** A page of a route that lists: every such route of the contract takes `cursor` and answers `{ items, nextCursor }`. */
export type PageOf<R extends Route> =
  RouteAnswer<R> extends { items: (infer Item)[] } ? { items: Item[]; nextCursor: string | null } : never;

/** A list page by page: `data.pages` so far, `fetchNextPage` for more while `hasNextPage`. */
export function useReadPages<R extends Route>(
  route: R,
  input: RouteInput<R> & { query: object },
  /** `everyMs`: read anew so often while it is shown, since others change it too; it may depend on what was read. */
  options: { everyMs?: number | ((pages: readonly PageOf<R>[]) => number | false) } = {},
): UseInfiniteQueryResult<InfiniteData<PageOf<R>>> {
  const { call } = useStaff();
  const { everyMs } = options;
  return useInfiniteQuery<PageOf<R>, Error, InfiniteData<PageOf<R>>, readonly unknown[], string | null>({
    queryKey: [...keyOf(route, input), 'pages'],
    queryFn: async ({ pageParam }) => {
      const query = pageParam === null ? input.query : { ...input.query, cursor: pageParam };
      const answer: unknown = await call(route, { ...input, query });
      // The type of a route that is not known yet cannot say that its answer is a page.
      return answer as PageOf<R>;
    },
    initialPageParam: initialCursor,
    ...(everyMs === undefined
      ? {}
      : {
          refetchInterval: ({ state }) =>
            typeof everyMs === 'number' ? everyMs : everyMs(state.data?.pages ?? []),
        }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

const initialCursor: string | null = null;

export type Write<R extends Route> = {
  /** Sends the request. Resolves with the answer; null when it was refused (`error` says why) or one is on its way. */
  send: (input: RouteInput<R>) => Promise<RouteAnswer<R> | null>;
  busy: boolean;
  /** Of the last request; null while there is none. */
  error: unknown;
  /** Forgets the error. */
  clear: () => void;
};

/** A route that changes something. It is sent once and never again by itself; what is named in `changes` is read anew. */
export function useWrite<R extends Route>(route: R, options: { changes: readonly Route[] }): Write<R> {
  const { call } = useStaff();
  const client = useQueryClient();
  const keys = useRef(createKeys());
  const mutation = useMutation<RouteAnswer<R>, unknown, RouteInput<R>>({
    mutationFn: async (input) => {
      const answer = route.idempotent
        ? await keys.current.use(input, (idempotencyKey) => call(route, input, { idempotencyKey }))
        : await call(route, input, {});
      // Busy until the lists show it: a form that is open and idle could be sent again.
      await soon(readAnew(client, options.changes));
      return answer;
    },
  });
  return once(mutation);
}

/** Sent by a person: never twice at the same time, and what was refused is shown by whoever reads `error`. */
const once = <Input, Answer>(mutation: UseMutationResult<Answer, unknown, Input>) => ({
  send: async (input: Input): Promise<Answer | null> => {
    if (mutation.isPending) return null;
    try {
      return await mutation.mutateAsync(input);
    } catch {
      return null;
    }
  },
  busy: mutation.isPending,
  error: mutation.error,
  clear: mutation.reset,
});

/** A file that a route answers, to be kept by the browser. `save` tells its name; null when it could not be had. */
export function useDownload<R extends Route>(
  route: R,
): Omit<Write<R>, 'send'> & { save: (input: RouteInput<R>) => Promise<string | null> } {
  const { download } = useStaff();
  const mutation = useMutation<string, unknown, RouteInput<R>>({
    mutationFn: async (input) => {
      const file = await download(route, input);
      saveFile(file);
      return file.name;
    },
  });
  const { send: save, ...rest } = once(mutation);
  return { ...rest, save };
}

/** A file for a route that takes one. `share` of it, 0 to 1, has gone up. What is named in `changes` is read anew. */
export function useUpload<R extends Route & { file: string }>(
  route: R,
  options: { changes: readonly Route[] },
): Omit<Write<R>, 'send'> & {
  send: (input: RouteInput<R>, file: File) => Promise<RouteAnswer<R> | null>;
  share: number;
} {
  const { upload } = useStaff();
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const mutation = useMutation<RouteAnswer<R>, unknown, { input: RouteInput<R>; file: File }>({
    mutationFn: async ({ input, file }) => {
      setShare(0);
      const answer = await upload(route, input, { file, onShare: setShare });
      await soon(readAnew(client, options.changes));
      return answer;
    },
  });
  const { send, ...rest } = once(mutation);
  return { ...rest, send: (input, file) => send({ input, file }), share };
}

/** Reads anew what is shown of these routes' answers; what is not shown is read when it next is. */
export async function readAnew(client: QueryClient, routes: readonly Route[]): Promise<void> {
  await Promise.all(routes.map((route) => client.invalidateQueries({ queryKey: [nameOf(route)] })));
}

/** Reads twice more on a bad line; never what was refused. Asks even when the browser believes itself offline. */
export const createQueryClient = (onError: (error: unknown) => void): QueryClient => {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (failures) => 1000 * 2 ** failures,
        networkMode: 'always',
        // Not a matter of course in that mode.
        refetchOnReconnect: true,
        staleTime: 10_000,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  client.getQueryCache().config.onError = onError;
  client.getMutationCache().config.onError = onError;
  return client;
};

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
const keyOf = (route: Route, input: unknown): readonly unknown[] => [nameOf(route), input];
