import{$ as e,P as t,d as n,j as r,lt as i,mt as a}from"./shared-DvxqSLTX.js";var o=t(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),s=t(`
  query ReadHealth($tag: String) {
    networkHealth(tag: $tag) {
      asOf
      counts { ...Counts }
      message
      innerCircle { person { ...Person } reason lastContact strengthLabel }
      groups { dimension name counts { ...Counts } }
      acceptance { message }
      concentration { message }
    }
  }
`,[o,r]),c=t(`
  query ReadReach($tag: String) { networkHealth(tag: $tag) { reach { introducerCount peopleCount } } }
`),l=t(`
  query ReadQuarters($tag: String) { networkHealth(tag: $tag) { quarters { asOf counts { ...Counts } } } }
`,[o]),u=t(`
  query ListClass($class: ConnectionClass!, $tag: String, $after: String) {
    listedPeople(first: 20, class: $class, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),d=t(`
  query ReadGoal($tag: String) {
    networkGoal(tag: $tag) {
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
`,[r]),f=t(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),p=t(`
  query ListNurture($tag: String) {
    nurtureSuggestions(first: 5, tag: $tag) {
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
`,[r]),m=t(`
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } otherPerson { id name } isAboutTwo everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),h=t(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id } }
  }
`),g=t(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),_=t(`
  mutation RestoreContactPlan($input: RestoreContactPlanInput!) {
    restoreContactPlan(input: $input) { contactPlan { id } }
  }
`),v=t(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),y=t(`
  query ListPrune($rule: PruneRule, $tag: String, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),b=t(`
  query ListArchived($tag: String, $after: String) {
    archivedPeople(first: 20, tag: $tag, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),x=t(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds restorableIds }
  }
`),S=t(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),C=t(`
  query ReviewInvitations($names: [String!], $tag: String, $after: String) {
    invitationReview(first: 20, names: $names, tag: $tag, after: $after) {
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
`,[r]),w=t(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount rule }
      pageInfo { hasNextPage endCursor }
    }
  }
`),T=t(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),E=t(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),D=t(`
  mutation SetTagRule($input: SetTagRuleInput!) { setTagRule(input: $input) { tag { id name } } }
`),O=t(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),k=t(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),A=t(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),j=t(`
  query ReadMap($tag: String) {
    networkMap(tag: $tag) {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
  }
`,[r]),M=t(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),N=t(`
  query ListReciprocity($tag: String, $after: String) {
    reciprocity(first: 20, tag: $tag, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[M]);function P(){return i(e,{title:a.network.nothing.title,lead:a.network.nothing.lead,children:i(`a`,{class:`button primary`,href:`/sources`,children:a.network.nothing.action})})}function F({tag:e,onChange:t}){let{data:r}=n(w,{}),o=r?.tags?.nodes??[];if(o.length===0)return null;let s=new Set(o.map(({name:e})=>e));return i(`label`,{class:`choice`,children:[a.network.tags.filter,i(`select`,{class:`narrow`,value:e??``,onChange:e=>t(e.currentTarget.value||null),children:[i(`option`,{value:``,children:a.network.tags.everybody}),[...s].map(e=>i(`option`,{value:e,children:e},e))]})]})}export{C,k as D,D as E,A as O,S,f as T,j as _,v as a,h as b,u as c,y as d,N as f,s as g,d as h,E as i,p as l,w as m,P as n,O as o,T as p,x as r,b as s,F as t,m as u,l as v,g as w,_ as x,c as y};