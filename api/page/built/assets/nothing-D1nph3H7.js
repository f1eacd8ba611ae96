import{o as e,t}from"./jsxRuntime.module-BHfeiNeS.js";import{S as n,g as r,y as i}from"./index-CzzS0udC.js";var a=i(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),o=i(`
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
`,[a,r]),s=i(`
  query ReadReach { networkHealth { reach { introducerCount peopleCount } } }
`),c=i(`
  query ReadQuarters { networkHealth { quarters { asOf counts { ...Counts } } } }
`,[a]),l=i(`
  query ListClass($class: ConnectionClass!, $after: String) {
    listedPeople(first: 20, class: $class, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),u=i(`
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
`,[r]),d=i(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),f=i(`
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
`,[r]),p=i(`
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),m=i(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id everyDays note } }
  }
`),h=i(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),g=i(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),_=i(`
  query ListPrune($rule: PruneRule, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence signs } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),v=i(`
  query ListArchived($after: String) {
    archivedPeople(first: 20, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),y=i(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds }
  }
`),b=i(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),x=i(`
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
`,[r]),S=i(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount }
      pageInfo { hasNextPage endCursor }
    }
  }
`),C=i(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),w=i(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),T=i(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),E=i(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),D=i(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),O=i(`
  query ReadMap {
    networkMap {
      asOf
      people { person { ...Person } strengthLabel reachedCount openedCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
    viewer { person { ...Person } }
  }
`,[r]),k=i(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),A=i(`
  query ListReciprocity($after: String) {
    reciprocity(first: 20, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[k]);function j(){return t(n,{title:e.network.nothing.title,lead:e.network.nothing.lead,children:t(`a`,{class:`button primary`,href:`/sources`,children:e.network.nothing.action})})}export{d as C,h as S,D as T,c as _,T as a,b,f as c,A as d,C as f,O as g,o as h,g as i,p as l,u as m,y as n,v as o,S as p,w as r,l as s,j as t,_ as u,s as v,E as w,x,m as y};