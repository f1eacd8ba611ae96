import { say } from "../app/notes";
import type { Request } from "../documents/requesting";
import { text } from "../strings";

/** The message that the viewer sends next from a mail program of their own. */
export function NextMessage({ request }: { request: Request }) {
  const { nextMessage: message } = request;
  if (!message) return null;
  const recipient = recipientOf(request);
  const copy = async () => {
    await navigator.clipboard.writeText(message.text);
    say(text.requests.message.copied);
  };
  return (
    <section class="message stack-tight">
      <h3>{text.requests.message.title}</h3>
      <p class="small soft">{text.requests.message.lead(recipient.name)}</p>
      <p class="message-text">
        <strong>{message.subject}</strong>
        {"\n\n"}
        {message.text}
      </p>
      {!message.recipientAddress && <p class="small soft">{text.requests.message.noAddress}</p>}
      <div class="row">
        <a class="button" href={message.mailtoUrl}>
          {text.requests.message.open}
        </a>
        <button type="button" class="button quiet" onClick={() => void copy()}>
          {text.requests.message.copy}
        </button>
      </div>
    </section>
  );
}

/** To whom the message goes in each state. */
function recipientOf({ role, status, introducer, contact, target }: Request) {
  if (role === "ASKER") return status === "MENTION_ONLY" ? contact : introducer;
  return status === "TARGET_AGREED" ? target : contact;
}
