import{$ as e,P as t,i as n,j as r,lt as i,mt as a,nt as o,vt as s}from"./shared-Djm0noKb.js";var c=t(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),l=t(`
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
`,[c,r]),u=t(`
  query ReadReach($tag: String) { networkHealth(tag: $tag) { reach { introducerCount peopleCount } } }
`),d=t(`
  query ReadQuarters($tag: String) { networkHealth(tag: $tag) { quarters { asOf counts { ...Counts } } } }
`,[c]),f=t(`
  query ListClass($class: ConnectionClass!, $tag: String, $after: String) {
    listedPeople(first: 20, class: $class, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),p=t(`
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
`,[r]),m=t(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),h=t(`
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
`,[r]),g=t(`
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } otherPerson { id name } isAboutTwo everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),_=t(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id } }
  }
`),v=t(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),y=t(`
  mutation RestoreContactPlan($input: RestoreContactPlanInput!) {
    restoreContactPlan(input: $input) { contactPlan { id } }
  }
`),b=t(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),x=t(`
  query ListPrune($rule: PruneRule, $tag: String, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),S=t(`
  query ListArchived($tag: String, $after: String) {
    archivedPeople(first: 20, tag: $tag, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),C=t(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds restorableIds }
  }
`),w=t(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),T=t(`
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
`,[r]),E=t(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount rule }
      pageInfo { hasNextPage endCursor }
    }
  }
`),D=t(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),O=t(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } isNew } }
`),k=t(`
  mutation SetTagRule($input: SetTagRuleInput!) { setTagRule(input: $input) { isNew replacedRule } }
`),A=t(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),j=t(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),M=t(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),N=t(`
  query ReadMap($tag: String) {
    networkMap(tag: $tag) {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
  }
`,[r]),P=t(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),F=t(`
  query ListReciprocity($tag: String, $after: String) {
    reciprocity(first: 20, tag: $tag, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[P]);function I(){return i(e,{title:a.network.nothing.title,lead:a.network.nothing.lead,children:i(`a`,{class:`button primary`,href:`/sources`,children:a.network.nothing.action})})}function L({tag:e,onChange:t}){let{data:r,nodes:c,later:l}=n(E,{},({tags:e})=>e),u=new Set(c.map(({name:e})=>e)),d=!!r?.tags&&!l.show&&e!==null&&!u.has(e);return s(()=>{d&&t(null)},[d,t]),c.length===0?null:(e!==null&&!d&&u.add(e),i(`div`,{class:`row`,children:[i(`label`,{class:`choice`,children:[a.network.tags.filter,i(`select`,{class:`narrow`,value:e??``,onChange:e=>t(e.currentTarget.value||null),children:[i(`option`,{value:``,children:a.network.tags.everybody}),[...u].map(e=>i(`option`,{value:e,children:e},e))]})]}),i(o,{later:l,label:a.network.tags.more})]}))}export{T as C,j as D,k as E,M as O,w as S,m as T,N as _,b as a,_ as b,f as c,x as d,F as f,l as g,p as h,O as i,h as l,E as m,I as n,A as o,D as p,C as r,S as s,L as t,g as u,d as v,v as w,y as x,u as y};