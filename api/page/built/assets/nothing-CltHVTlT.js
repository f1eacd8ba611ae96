import{A as e,D as t,Y as n,it as r,lt as i}from"./shared-mfpSZC4q.js";var a=e(`
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
      nodes { id person { ...Person } everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),m=e(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id everyDays note } }
  }
`),h=e(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),g=e(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),_=e(`
  query ListPrune($rule: PruneRule, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence signs } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),v=e(`
  query ListArchived($after: String) {
    archivedPeople(first: 20, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),y=e(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds }
  }
`),b=e(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),x=e(`
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
`,[t]),S=e(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount }
      pageInfo { hasNextPage endCursor }
    }
  }
`),C=e(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[t]),w=e(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),T=e(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),E=e(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),D=e(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),O=e(`
  query ReadMap {
    networkMap {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
    viewer { person { ...Person } }
  }
`,[t]),k=e(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),A=e(`
  query ListReciprocity($after: String) {
    reciprocity(first: 20, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[k]);function j(){return r(n,{title:i.network.nothing.title,lead:i.network.nothing.lead,children:r(`a`,{class:`button primary`,href:`/sources`,children:i.network.nothing.action})})}export{d as C,h as S,D as T,c as _,T as a,b,f as c,A as d,C as f,O as g,o as h,g as i,p as l,u as m,y as n,v as o,S as p,w as r,l as s,j as t,_ as u,s as v,E as w,x,m as y};