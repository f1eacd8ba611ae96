import{$ as e,P as t,d as n,j as r,lt as i,mt as a,vt as o}from"./shared-BO-Luh0j.js";var s=t(`
  fragment Counts on ConnectionCounts { total strong mutual theyReachOut youReachOut goneCold never noiseRatio }
`),c=t(`
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
`,[s,r]),l=t(`
  query ReadReach($tag: String) { networkHealth(tag: $tag) { reach { introducerCount peopleCount } } }
`),u=t(`
  query ReadQuarters($tag: String) { networkHealth(tag: $tag) { quarters { asOf counts { ...Counts } } } }
`,[s]),d=t(`
  query ListClass($class: ConnectionClass!, $tag: String, $after: String) {
    listedPeople(first: 20, class: $class, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reason lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),f=t(`
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
`,[r]),p=t(`
  mutation SetGoal($input: SetNetworkGoalInput!) { setNetworkGoal(input: $input) { goal { purpose } } }
`),m=t(`
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
`,[r]),h=t(`
  query ListPlans($after: String) {
    contactPlans(first: 20, after: $after) {
      nodes { id person { ...Person } otherPerson { id name } isAboutTwo everyDays note snoozedUntil doneOn neverSince }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),g=t(`
  mutation RespondToNurture($input: RespondToNurtureSuggestionInput!) {
    respondToNurtureSuggestion(input: $input) { contactPlan { id } }
  }
`),_=t(`
  mutation SetContactPlan($input: SetContactPlanInput!) { setContactPlan(input: $input) { contactPlan { id } } }
`),v=t(`
  mutation RestoreContactPlan($input: RestoreContactPlanInput!) {
    restoreContactPlan(input: $input) { contactPlan { id } }
  }
`),y=t(`
  mutation DeleteContactPlan($input: DeleteContactPlanInput!) {
    deleteContactPlan(input: $input) { deletedContactPlanId }
  }
`),b=t(`
  query ListPrune($rule: PruneRule, $tag: String, $after: String) {
    pruneSuggestions(first: 20, rule: $rule, tag: $tag, after: $after) {
      totalCount
      nodes { person { ...Person } reasons { rule sentence } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),x=t(`
  query ListArchived($tag: String, $after: String) {
    archivedPeople(first: 20, tag: $tag, after: $after) {
      nodes { id person { ...Person } archivedOn hasComeBack isReviewDue message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),S=t(`
  mutation ArchivePeople($input: ArchivePeopleInput!) {
    archivePeople(input: $input) { archivedPersonIds inUsePersonIds restorableIds }
  }
`),C=t(`
  mutation RestorePeople($input: RestorePeopleInput!) { restorePeople(input: $input) { restoredCount } }
`),w=t(`
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
`,[r]),T=t(`
  query ListTags($after: String) {
    tags(first: 50, after: $after) {
      nodes { id name isOwn isShared peopleCount rule }
      pageInfo { hasNextPage endCursor }
    }
  }
`),E=t(`
  query ListTagged($tag: String!, $after: String) {
    listedPeople(first: 50, tag: $tag, after: $after) {
      nodes { person { ...Person } lastContact strengthLabel }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[r]),D=t(`
  mutation CreateTag($input: CreateTagInput!) { createTag(input: $input) { tag { id name } } }
`),O=t(`
  mutation SetTagRule($input: SetTagRuleInput!) { setTagRule(input: $input) { tag { id name } } }
`),k=t(`
  mutation DeleteTag($input: DeleteTagInput!) { deleteTag(input: $input) { deletedTagId } }
`),A=t(`
  mutation TagPeople($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id peopleCount } } }
`),j=t(`
  mutation UntagPeople($input: TagPeopleInput!) { untagPeople(input: $input) { tag { id peopleCount } } }
`),M=t(`
  query ReadMap($tag: String) {
    networkMap(tag: $tag) {
      asOf
      people { person { ...Person } strengthLabel bestRouteCount shortenedRouteCount }
      ties { firstPersonId secondPersonId strengthLabel }
    }
  }
`,[r]),N=t(`
  fragment FavoursPart on Favours { answeredCount introducedCount recommendedCount endorsedCount thankedCount }
`),P=t(`
  query ListReciprocity($tag: String, $after: String) {
    reciprocity(first: 20, tag: $tag, after: $after) {
      nodes { id name received { ...FavoursPart } given { ...FavoursPart } recentBalance message }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[N]);function F(){return i(e,{title:a.network.nothing.title,lead:a.network.nothing.lead,children:i(`a`,{class:`button primary`,href:`/sources`,children:a.network.nothing.action})})}function I({tag:e,onChange:t}){let{data:r}=n(T,{}),s=r?.tags?.nodes??[],c=new Set(s.map(({name:e})=>e)),l=!!r?.tags&&e!==null&&!c.has(e);return o(()=>{l&&t(null)},[l,t]),s.length===0?null:i(`label`,{class:`choice`,children:[a.network.tags.filter,i(`select`,{class:`narrow`,value:e??``,onChange:e=>t(e.currentTarget.value||null),children:[i(`option`,{value:``,children:a.network.tags.everybody}),[...c].map(e=>i(`option`,{value:e,children:e},e))]})]})}export{w as C,A as D,O as E,j as O,C as S,p as T,M as _,y as a,g as b,d as c,b as d,P as f,c as g,f as h,D as i,m as l,T as m,F as n,k as o,E as p,S as r,x as s,I as t,h as u,u as v,_ as w,v as x,l as y};