import { type FragmentOf, graphql } from "../api/graphql";
import { source } from "./fragments";

const job = graphql(`
  fragment Job on LoadJob { id fileName status uploadPath stage completedCount totalCount report result error }
`);

export const listSources = graphql(
  `
  query ListSources($after: String) {
    sources(first: 50, after: $after) { nodes { ...Source } pageInfo { hasNextPage endCursor } }
    loadJobs { ...Job }
    privacySettings { controller }
  }
`,
  [source, job],
);

export const readJob = graphql(
  `
  query ReadJob($id: ID!) { loadJob(id: $id) { ...Job } }
`,
  [job],
);

export const createJob = graphql(
  `
  mutation CreateJob($input: CreateLoadJobInput!) { createLoadJob(input: $input) { job { ...Job } } }
`,
  [job],
);

export const removeSource = graphql(`
  mutation RemoveSource($input: RemoveSourceInput!) { removeSource(input: $input) { removedSourceId } }
`);

export const shareSource = graphql(
  `
  mutation ShareSource($input: ShareSourceInput!) {
    shareSource(input: $input) {
      source { ...Source }
      previousSharingLevel
      sharingLevel
      newlyReachableCount
      personalMailCount
      hiddenCount
      isApplied
    }
  }
`,
  [source],
);

export type Job = FragmentOf<typeof job>;
