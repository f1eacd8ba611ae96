import { Field } from "../design/parts";
import type { Request } from "../documents/requesting";
import { text } from "../strings";

export interface Texts {
  reasonForIntroducer: string;
  benefitForTarget: string;
  forwardableNote: string;
}

const MOST = 2000;

export function textsOf({ reasonForIntroducer, benefitForTarget, forwardableNote }: Request): Texts {
  return { reasonForIntroducer, benefitForTarget, forwardableNote };
}

/** The three texts of a draft, each with who reads it. */
export function RequestTexts({
  request,
  texts,
  onChange,
}: {
  request: Request;
  texts: Texts;
  onChange: (texts: Texts) => void;
}) {
  const introducer = request.isIntroducerHidden ? text.requests.hiddenIntroducer : request.introducer.name;
  const part = (changed: Partial<Texts>) => onChange({ ...texts, ...changed });
  return (
    <>
      <Field
        label={text.requests.texts.reason}
        hint={text.requests.texts.reasonReader(introducer)}
        value={texts.reasonForIntroducer}
        onInput={(reasonForIntroducer) => part({ reasonForIntroducer })}
        rows={4}
        maxLength={MOST}
      />
      <Field
        label={text.requests.texts.benefit}
        hint={text.requests.texts.benefitReader(introducer)}
        value={texts.benefitForTarget}
        onInput={(benefitForTarget) => part({ benefitForTarget })}
        rows={2}
        maxLength={MOST}
      />
      <Field
        label={text.requests.texts.note}
        hint={text.requests.texts.noteReader(request.target.name)}
        value={texts.forwardableNote}
        onInput={(forwardableNote) => part({ forwardableNote })}
        rows={5}
        maxLength={MOST}
      />
    </>
  );
}
