import{h as e,o as t,t as n}from"./jsxRuntime.module-BHfeiNeS.js";import{C as r,_ as i,g as a,n as o,y as s}from"./index-CzzS0udC.js";var c=s(`
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
`,[a]),l=s(`
  query ListRequests($role: IntroductionRequestRole!, $after: String) {
    introductionRequests(role: $role, first: 20, after: $after) {
      nodes { ...Request }
      pageInfo { hasNextPage endCursor }
    }
  }
`,[c]),u=s(`
  query ListBalances {
    requestBalances {
      name askedCount introducedCount closedCount thankedCount
      receivedCount givenCount closedForViewerCount thankedViewerCount
    }
  }
`),d=s(`
  query ListNotifications($after: String) {
    notifications(first: 20, after: $after) {
      nodes { id text occurredAt isRead isReminder request { id role } }
      pageInfo { hasNextPage endCursor }
    }
  }
`),f=s(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unreadCount }
  }
`),p=s(`
  query ReadNextRoute($id: ID!) {
    introductionRequest(id: $id) { id nextRoute { ...Route } }
  }
`,[i]),m=s(`
  mutation CreateRequest($input: CreateIntroductionRequestInput!) {
    createIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),h=s(`
  mutation CreateNextRequest($input: CreateNextIntroductionRequestInput!) {
    createNextIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),g=s(`
  mutation UpdateRequest($input: UpdateIntroductionRequestInput!) {
    updateIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),_=s(`
  mutation SendRequest($input: SendIntroductionRequestInput!) {
    sendIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),v=s(`
  mutation WithdrawRequest($input: WithdrawIntroductionRequestInput!) {
    withdrawIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),y=s(`
  mutation RespondToRequest($input: RespondToIntroductionRequestInput!) {
    respondToIntroductionRequest(input: $input) { request { ...Request } }
  }
`,[c]),b=s(`
  mutation RecordTargetResponse($input: RecordTargetResponseInput!) {
    recordTargetResponse(input: $input) { request { ...Request } }
  }
`,[c]),x=s(`
  mutation RecordIntroduction($input: RecordIntroductionInput!) {
    recordIntroduction(input: $input) { request { ...Request } }
  }
`,[c]),S=s(`
  mutation RecordOutcome($input: RecordIntroductionOutcomeInput!) {
    recordIntroductionOutcome(input: $input) { request { ...Request } }
  }
`,[c]),C=s(`
  mutation ThankIntroducer($input: ThankIntroducerInput!) {
    thankIntroducer(input: $input) { request { ...Request } }
  }
`,[c]);function w({request:e}){let{nextMessage:r}=e;if(!r)return null;let i=T(e),a=async()=>{await navigator.clipboard.writeText(r.text),o(t.requests.message.copied)};return n(`section`,{class:`message stack-tight`,children:[n(`h3`,{children:t.requests.message.title}),n(`p`,{class:`small soft`,children:t.requests.message.lead(i.name)}),n(`p`,{class:`message-text`,children:[n(`strong`,{children:r.subject}),`

`,r.text]}),!r.recipientAddress&&n(`p`,{class:`small soft`,children:t.requests.message.noAddress}),n(`div`,{class:`row`,children:[n(`a`,{class:`button`,href:r.mailtoUrl,children:t.requests.message.open}),n(`button`,{type:`button`,class:`button quiet`,onClick:()=>void a(),children:t.requests.message.copy})]})]})}function T({role:e,status:t,introducer:n,contact:r,target:i}){return e===`ASKER`?t===`MENTION_ONLY`?r:n:t===`TARGET_AGREED`?i:r}var E=2e3;function D({reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}){return{reasonForIntroducer:e,benefitForTarget:t,forwardableNote:n}}function O({request:i,texts:a,onChange:o}){let s=i.isIntroducerHidden?t.requests.hiddenIntroducer:i.introducer.name,c=e=>o({...a,...e});return n(e,{children:[n(r,{label:t.requests.texts.reason,hint:t.requests.texts.reasonReader(s),value:a.reasonForIntroducer,onInput:e=>c({reasonForIntroducer:e}),rows:4,maxLength:E}),n(r,{label:t.requests.texts.benefit,hint:t.requests.texts.benefitReader(s),value:a.benefitForTarget,onInput:e=>c({benefitForTarget:e}),rows:2,maxLength:E}),n(r,{label:t.requests.texts.note,hint:t.requests.texts.noteReader(i.target.name),value:a.forwardableNote,onInput:e=>c({forwardableNote:e}),rows:5,maxLength:E})]})}export{g as _,m as a,l as c,x as d,S as f,C as g,_ as h,h as i,f as l,y as m,D as n,u as o,b as p,w as r,d as s,O as t,p as u,v};