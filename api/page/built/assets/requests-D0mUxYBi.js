import{$ as e,A as t,N as n,ct as r,j as i,m as a,pt as o,yt as s}from"./shared-BTob-3Mn.js";var c=n(`
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
`,[t]),l=n(`
  query ListRequests($role: IntroductionRequestRole!, $after: String) {
    introductionRequests(role: $role, first: 20, after: $after) {
      nodes { ...Request }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[c]),u=n(`
  query ListBalances {
    requestBalances {
      name askedCount introducedCount closedCount thankedCount
      receivedCount givenCount closedForViewerCount thankedViewerCount
    }
  }
`),d=n(`
  query ListNotifications($after: String) {
    notifications(first: 20, after: $after) {
      nodes { id text occurredAt isRead isReminder request { id role } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),f=n(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadCount }
  }
`),p=n(`
  query ReadNextRoute($id: ID!) {
    introductionRequest(id: $id) { id nextRoute { ...Route } }
  }
`,[i]),m=n(`
  mutation CreateRequest($input: CreateIntroductionRequestInput!) {
    createIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),h=n(`
  mutation CreateNextRequest($input: CreateNextIntroductionRequestInput!) {
    createNextIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),g=n(`
  mutation UpdateRequest($input: UpdateIntroductionRequestInput!) {
    updateIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),_=n(`
  mutation SendRequest($input: SendIntroductionRequestInput!) {
    sendIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),v=n(`
  mutation WithdrawRequest($input: WithdrawIntroductionRequestInput!) {
    withdrawIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),y=n(`
  mutation RespondToRequest($input: RespondToIntroductionRequestInput!) {
    respondToIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),b=n(`
  mutation RecordTargetResponse($input: RecordTargetResponseInput!) {
    recordTargetResponse(input: $input) { request { ...Request } }
  }
`,[c]),x=n(`
  mutation RecordIntroduction($input: RecordIntroductionInput!) {
    recordIntroduction(input: $input) { request { ...Request } }
  }
`,[c]),S=n(`
  mutation RecordOutcome($input: RecordIntroductionOutcomeInput!) {
    recordIntroductionOutcome(input: $input) { request { ...Request } }
  }
`,[c]),C=n(`
  mutation ThankIntroducer($input: ThankIntroducerInput!) {
    thankIntroducer(input: $input) { request { ...Request } }
  }
`,[c]);function w({request:e}){let{nextMessage:t}=e;if(!t)return null;let n=T(e),i=async()=>{await navigator.clipboard.writeText(t.text),a(o.requests.message.copied)};return r(`section`,{class:`message stack-tight`,children:[r(`h3`,{children:o.requests.message.title}),r(`p`,{class:`small soft`,children:o.requests.message.lead(n.name)}),r(`p`,{class:`message-text`,children:[r(`strong`,{children:t.subject}),`

`,t.text]}),!t.recipientAddress&&r(`p`,{class:`small soft`,children:o.requests.message.noAddress}),r(`div`,{class:`row`,children:[r(`a`,{class:`button`,href:t.mailtoUrl,children:o.requests.message.open}),r(`button`,{type:`button`,class:`button quiet`,onClick:()=>void i(),children:o.requests.message.copy})]})]})}function T({role:e,status:t,introducer:n,contact:r,target:i}){return e===`ASKER`?t===`MENTION_ONLY`?r:n:t===`TARGET_AGREED`?i:r}var E=2e3;function D({reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}){return{reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}}function O({request:t,texts:n,onChange:i}){let a=t.isIntroducerHidden?o.requests.hiddenIntroducer:t.introducer.name,c=e=>i({...n,...e});return r(s,{children:[r(e,{label:o.requests.texts.reason,hint:o.requests.texts.reasonReader(a),value:n.reasonForIntroducer,onInput:e=>c({reasonForIntroducer:e}),rows:4,maxLength:E}),r(e,{label:o.requests.texts.benefit,hint:o.requests.texts.benefitReader(a),value:n.benefitForTarget,onInput:e=>c({benefitForTarget:e}),rows:2,maxLength:E}),r(e,{label:o.requests.texts.note,hint:o.requests.texts.noteReader(t.target.name),value:n.forwardableNote,onInput:e=>c({forwardableNote:e}),rows:5,maxLength:E})]})}export{g as _,m as a,l as c,x as d,S as f,C as g,_ as h,h as i,f as l,y as m,D as n,u as o,b as p,w as r,d as s,O as t,p as u,v};