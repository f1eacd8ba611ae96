import{A as e,D as t,Y as n,at as r,ut as i}from"./shared-Dovd7Cmw.js";var a=e(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),o=e(`
  query ReadHealth {
    networkHealth {
      asOf
      counts { ...Counts }
      message
      innerCircle { person { ...Person } reason lastContact strengthLabel }
      groups { dimension name counts { ...Counts } }
      acceptance { message }
      concentration { message }
    }
  }
`,[a,t]),s=e(`
  query ReadReach { networkHealth { reach { introducerCount peopleCount } } }
`),c=e(`
  query ReadQuarters { networkHealth { quarters { asOf counts { ...Counts } } } }
`,[a]),l=e(`
  query ListClass($class: ConnectionClass!, $after: String) {
    listedPeople(first: 20, class: $class, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),u=e(`
  query ReadGoal {
    networkGoal {
      goal { purpose stage companies roles fields }
      knownCount
      connectionCount
      message
      targets {
        kind
        name
        knownCount
        reachableCount
        message
        introducers { person { ...Person } peopleCount }
      }
      adviceMessage
    }
  }
`,[t]),d=e(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),f=e(`
  query ListNurture {
    nurtureSuggestions(first: 5) {
      nodes {
        id
        weekStartsOn
        reason
        message
        person { ...Person }
        otherPerson { ...Person }
        evidence
        strengthLabel
        strengthLabelAfterContact
        note
      }
    }
  }
`,[t]),p=e(`
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } otherPerson { id name } isAboutTwo everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),m=e(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id } }
  }
`),h=e(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),g=e(`
  mutation RestoreContactPlan($input: RestoreContactPlanInput!) {
    restoreContactPlan(input: $input) { contactPlan { id } }
  }
`),_=e(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),v=e(`
  query ListPrune($rule: PruneRule, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),y=e(`
  query ListArchived($after: String) {
    archivedPeople(first: 20, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),b=e(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds restorableIds }
  }
`),x=e(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),S=e(`
  query ReviewInvitations($names: [String!], $after: String) {
    invitationReview(first: 20, names: $names, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        name
        person { ...Person }
        isSent
        invitedOn
        advice
        reasons { sentence }
        mutualContacts { person { ...Person } strengthLabel }
        question
      }
    }
  }
`,[t]),C=e(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount }
      pageInfo { hasNextPage endCursor }
    }
  }
`),w=e(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),T=e(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),E=e(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),D=e(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),O=e(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),k=e(`
  query ReadMap {
    networkMap {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
  }
`,[t]),A=e(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),j=e(`
  query ListReciprocity($after: String) {
    reciprocity(first: 20, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[A]);function M(){return r(n,{title:i.network.nothing.title,lead:i.network.nothing.lead,children:r(`a`,{class:`button primary`,href:`/sources`,children:i.network.nothing.action})})}export{h as C,O as E,S,D as T,c as _,E as a,g as b,f as c,j as d,w as f,k as g,o as h,_ as i,p as l,u as m,b as n,y as o,C as p,T as r,l as s,M as t,v as u,s as v,d as w,x,m as y};