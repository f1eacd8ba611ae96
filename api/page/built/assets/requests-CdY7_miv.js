import{A as e,D as t,O as n,X as r,_t as i,at as a,u as o,ut as s}from"./shared-Dovd7Cmw.js";var c=e(`
  fragment Request on IntroductionRequest {
    id
    role
    status
    askerName
    introducer { ...Person }
    isIntroducerMember
    isIntroducerHidden
    contact { ...Person }
    target { ...Person }
    reasonForIntroducer
    benefitForTarget
    forwardableNote
    outcome
    redirectedTo
    createdAt
    updatedAt
    expiresAt
    availableActions
    transitions { action status role occurredAt }
    suggestedOutcome { outcome evidence }
    nextMessage { recipientAddress subject text mailtoUrl }
  }
`,[t]),l=e(`
  query ListRequests($role: IntroductionRequestRole!, $after: String) {
    introductionRequests(role: $role, first: 20, after: $after) {
      nodes { ...Request }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[c]),u=e(`
  query ListBalances {
    requestBalances {
      name askedCount introducedCount closedCount thankedCount
      receivedCount givenCount closedForViewerCount thankedViewerCount
    }
  }
`),d=e(`
  query ListNotifications($after: String) {
    notifications(first: 20, after: $after) {
      nodes { id text occurredAt isRead isReminder request { id role } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),f=e(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadCount }
  }
`),p=e(`
  query ReadNextRoute($id: ID!) {
    introductionRequest(id: $id) { id nextRoute { ...Route } }
  }
`,[n]),m=e(`
  mutation CreateRequest($input: CreateIntroductionRequestInput!) {
    createIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),h=e(`
  mutation CreateNextRequest($input: CreateNextIntroductionRequestInput!) {
    createNextIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),g=e(`
  mutation UpdateRequest($input: UpdateIntroductionRequestInput!) {
    updateIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),_=e(`
  mutation SendRequest($input: SendIntroductionRequestInput!) {
    sendIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),v=e(`
  mutation WithdrawRequest($input: WithdrawIntroductionRequestInput!) {
    withdrawIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),y=e(`
  mutation RespondToRequest($input: RespondToIntroductionRequestInput!) {
    respondToIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),b=e(`
  mutation RecordTargetResponse($input: RecordTargetResponseInput!) {
    recordTargetResponse(input: $input) { request { ...Request } }
  }
`,[c]),x=e(`
  mutation RecordIntroduction($input: RecordIntroductionInput!) {
    recordIntroduction(input: $input) { request { ...Request } }
  }
`,[c]),S=e(`
  mutation RecordOutcome($input: RecordIntroductionOutcomeInput!) {
    recordIntroductionOutcome(input: $input) { request { ...Request } }
  }
`,[c]),C=e(`
  mutation ThankIntroducer($input: ThankIntroducerInput!) {
    thankIntroducer(input: $input) { request { ...Request } }
  }
`,[c]);function w({request:e}){let{nextMessage:t}=e;if(!t)return null;let n=T(e),r=async()=>{await navigator.clipboard.writeText(t.text),o(s.requests.message.copied)};return a(`section`,{class:`message stack-tight`,children:[a(`h3`,{children:s.requests.message.title}),a(`p`,{class:`small soft`,children:s.requests.message.lead(n.name)}),a(`p`,{class:`message-text`,children:[a(`strong`,{children:t.subject}),`

`,t.text]}),!t.recipientAddress&&a(`p`,{class:`small soft`,children:s.requests.message.noAddress}),a(`div`,{class:`row`,children:[a(`a`,{class:`button`,href:t.mailtoUrl,children:s.requests.message.open}),a(`button`,{type:`button`,class:`button quiet`,onClick:()=>void r(),children:s.requests.message.copy})]})]})}function T({role:e,status:t,introducer:n,contact:r,target:i}){return e===`ASKER`?t===`MENTION_ONLY`?r:n:t===`TARGET_AGREED`?i:r}var E=2e3;function D({reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}){return{reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}}function O({request:e,texts:t,onChange:n}){let o=e.isIntroducerHidden?s.requests.hiddenIntroducer:e.introducer.name,c=e=>n({...t,...e});return a(i,{children:[a(r,{label:s.requests.texts.reason,hint:s.requests.texts.reasonReader(o),value:t.reasonForIntroducer,onInput:e=>c({reasonForIntroducer:e}),rows:4,maxLength:E}),a(r,{label:s.requests.texts.benefit,hint:s.requests.texts.benefitReader(o),value:t.benefitForTarget,onInput:e=>c({benefitForTarget:e}),rows:2,maxLength:E}),a(r,{label:s.requests.texts.note,hint:s.requests.texts.noteReader(e.target.name),value:t.forwardableNote,onInput:e=>c({forwardableNote:e}),rows:5,maxLength:E})]})}export{g as _,m as a,l as c,x as d,S as f,C as g,_ as h,h as i,f as l,y as m,D as n,u as o,b as p,w as r,d as s,O as t,p as u,v};