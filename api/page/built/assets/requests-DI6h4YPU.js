import{M as e,P as t,bt as n,et as r,h as i,j as a,lt as o,mt as s}from"./shared-Djm0noKb.js";var c=t(`
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
`,[a]),l=t(`
  query ListRequests($role: IntroductionRequestRole!, $after: String) {
    introductionRequests(role: $role, first: 20, after: $after) {
      nodes { ...Request }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[c]),u=t(`
  query ListBalances {
    requestBalances {
      name askedCount introducedCount closedCount thankedCount
      receivedCount givenCount closedForViewerCount thankedViewerCount
    }
  }
`),d=t(`
  query ListNotifications($after: String) {
    notifications(first: 20, after: $after) {
      nodes { id text occurredAt isRead isReminder request { id role } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),f=t(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadCount }
  }
`),p=t(`
  query ReadNextRoute($id: ID!) {
    introductionRequest(id: $id) { id nextRoute { ...Route } }
  }
`,[e]),m=t(`
  mutation CreateRequest($input: CreateIntroductionRequestInput!) {
    createIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),h=t(`
  mutation CreateNextRequest($input: CreateNextIntroductionRequestInput!) {
    createNextIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),g=t(`
  mutation UpdateRequest($input: UpdateIntroductionRequestInput!) {
    updateIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),_=t(`
  mutation SendRequest($input: SendIntroductionRequestInput!) {
    sendIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),v=t(`
  mutation WithdrawRequest($input: WithdrawIntroductionRequestInput!) {
    withdrawIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),y=t(`
  mutation RespondToRequest($input: RespondToIntroductionRequestInput!) {
    respondToIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),b=t(`
  mutation RecordTargetResponse($input: RecordTargetResponseInput!) {
    recordTargetResponse(input: $input) { request { ...Request } }
  }
`,[c]),x=t(`
  mutation RecordIntroduction($input: RecordIntroductionInput!) {
    recordIntroduction(input: $input) { request { ...Request } }
  }
`,[c]),S=t(`
  mutation RecordOutcome($input: RecordIntroductionOutcomeInput!) {
    recordIntroductionOutcome(input: $input) { request { ...Request } }
  }
`,[c]),C=t(`
  mutation ThankIntroducer($input: ThankIntroducerInput!) {
    thankIntroducer(input: $input) { request { ...Request } }
  }
`,[c]);function w({request:e}){let{nextMessage:t}=e;if(!t)return null;let n=T(e),r=async()=>{await navigator.clipboard.writeText(t.text),i(s.requests.message.copied)};return o(`section`,{class:`message stack-tight`,children:[o(`h3`,{children:s.requests.message.title}),o(`p`,{class:`small soft`,children:s.requests.message.lead(n.name)}),o(`p`,{class:`message-text`,children:[o(`strong`,{children:t.subject}),`

`,t.text]}),!t.recipientAddress&&o(`p`,{class:`small soft`,children:s.requests.message.noAddress}),o(`div`,{class:`row`,children:[o(`a`,{class:`button`,href:t.mailtoUrl,children:s.requests.message.open}),o(`button`,{type:`button`,class:`button quiet`,onClick:()=>void r(),children:s.requests.message.copy})]})]})}function T({role:e,status:t,introducer:n,contact:r,target:i}){return e===`ASKER`?t===`MENTION_ONLY`?r:n:t===`TARGET_AGREED`?i:r}var E=2e3;function D({reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}){return{reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}}function O({request:e,texts:t,onChange:i}){let a=e.isIntroducerHidden?s.requests.hiddenIntroducer:e.introducer.name,c=e=>i({...t,...e});return o(n,{children:[o(r,{label:s.requests.texts.reason,hint:s.requests.texts.reasonReader(a),value:t.reasonForIntroducer,onInput:e=>c({reasonForIntroducer:e}),rows:4,maxLength:E}),o(r,{label:s.requests.texts.benefit,hint:s.requests.texts.benefitReader(a),value:t.benefitForTarget,onInput:e=>c({benefitForTarget:e}),rows:2,maxLength:E}),o(r,{label:s.requests.texts.note,hint:s.requests.texts.noteReader(e.target.name),value:t.forwardableNote,onInput:e=>c({forwardableNote:e}),rows:5,maxLength:E})]})}export{g as _,m as a,l as c,x as d,S as f,C as g,_ as h,h as i,f as l,y as m,D as n,u as o,b as p,w as r,d as s,O as t,p as u,v};