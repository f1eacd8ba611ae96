import { useState } from "preact/hooks";
import { usePages } from "../api/use-pages";
import { linesOf } from "../app/lines";
import { Avatar, Empty, Field, More, ProblemNote, Waiting } from "../design/parts";
import { type Review, reviewInvitations } from "../documents/insights";
import { formatDay, text } from "../strings";

const MOST_NAMES = 50;
const KIND = {
  ACCEPT: "good",
  ASK_FIRST: "warn",
  LEAVE: "broken",
  WAIT: undefined,
  WITHDRAW: "warn",
  NOTHING_TO_DO: undefined,
};

export function InvitationsTab({ tag }: { tag: string | null }) {
  const [names, setNames] = useState<string[] | null>(null);
  const [typed, setTyped] = useState("");
  const {
    nodes: reviews,
    data,
    later,
    problem,
    isLoading,
    reload,
  } = usePages(reviewInvitations, { names, tag }, (data) => data.invitationReview);
  const words = text.network.invitations;
  return (
    <section class="stack" aria-labelledby="invitations">
      <div>
        <h2 id="invitations">{words.title}</h2>
        <p class="small soft">{words.lead}</p>
      </div>
      {isLoading && <Waiting />}
      <ProblemNote problem={problem} retry={() => void reload()} />
      {data && reviews.length === 0 && <Empty title={tag ? words.emptyOfTag : words.empty} />}
      <ul class="stack-tight">
        {reviews.map((review) => (
          <ReviewCard key={`${review.name}${review.invitedOn}`} review={review} />
        ))}
      </ul>
      <More later={later} />
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          setNames(linesOf(typed).slice(0, MOST_NAMES));
        }}
      >
        <Field label={words.names} value={typed} onInput={setTyped} rows={3} required />
        <div class="row">
          <button type="submit" class="button">
            {words.check}
          </button>
          {names && (
            <button type="button" class="button quiet" onClick={() => setNames(null)}>
              {words.back}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}

function ReviewCard({ review }: { review: Review }) {
  const words = text.network.invitations;
  const { advice, invitedOn, isSent, mutualContacts, question } = review;
  return (
    <li class="card stack-tight">
      <div class="person">
        <Avatar name={review.name} />
        <span class="person-text">
          <h3 class="person-name">{review.name}</h3>
          {invitedOn && (
            <span class="small soft">{(isSent ? words.sent : words.received)(formatDay(invitedOn))}</span>
          )}
        </span>
        <span class="badge" data-kind={KIND[advice]}>
          {words.advice[advice]}
        </span>
      </div>
      {review.reasons.map(({ sentence }) => (
        <p key={sentence} class="small">
          {sentence}
        </p>
      ))}
      {mutualContacts.length > 0 && (
        <p class="small soft">{words.mutual(mutualContacts.map(({ person }) => person.name).join(", "))}</p>
      )}
      {question && (
        <details class="small">
          <summary class="disclosure soft">{words.question}</summary>
          <p>{question}</p>
        </details>
      )}
    </li>
  );
}
