import{o as e,t}from"./jsxRuntime.module-Ceuae1ZH.js";import{S as n,g as r,y as i}from"./index-BWgoCukw.js";var a=i(`
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
    contactPlans(first: 50) {
      nodes { id person { ...Person } everyDays note snoozedUntil doneOn neverSince }
    }
  }
`,[r]),p=i(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id everyDays note } }
  }
`),m=i(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),h=i(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),g=i(`
  query ListPrune($rule: PruneRule, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence signs } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),_=i(`
  query ListArchived {
    archivedPeople(first: 50) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
    }
  }
`,[r]),v=i(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds }
  }
`),y=i(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),b=i(`
  query ReviewInvitations($names: [String!]) {
    invitationReview(first: 20, names: $names) {
      totalCount
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
`,[r]),x=i(`
  query ListTags { tags(first: 50) { nodes { id name isOwn isShared peopleCount } } }
`),S=i(`
  query ListTagged($tag: String!) {
    listedPeople(first: 50, tag: $tag) { totalCount nodes { person { ...Person } lastContact strengthLabel } }
  }
`,[r]),C=i(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),w=i(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),T=i(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),E=i(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),D=i(`
  query ReadMap {
    networkMap {
      asOf
      people { person { ...Person } strengthLabel reachedCount openedCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
    viewer { person { ...Person } }
  }
`,[r]),O=i(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),k=i(`
  query ListReciprocity($after: String) {
    reciprocity(first: 20, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[O]);function A(){return t(n,{title:e.network.nothing.title,lead:e.network.nothing.lead,children:t(`a`,{class:`button primary`,href:`/sources`,children:e.network.nothing.action})})}export{T as C,d as S,s as _,w as a,b,f as c,S as d,x as f,c as g,D as h,h as i,g as l,o as m,v as n,_ as o,u as p,C as r,l as s,A as t,k as u,p as v,E as w,m as x,y};