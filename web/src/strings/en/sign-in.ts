export const signIn = {
  title: "Sign in",
  expired: "Your session has ended. Sign in again to go on where you were.",
  token: "Token",
  tokenHint: "It begins with tertius_. The page sends it once and does not keep it.",
  submit: "Sign in",
  working: "Signing in…",
  provider: "Sign in with your organisation",
  providerFor: (network: string) => `Sign in to ${network} with your organisation`,
  link: "On the machine that runs the service, run `tertius page`. It opens the page with a sign-in link.",
  linkOf: (name: string | null, network: string) =>
    `This link signs you in to the network ${network}${name ? ` as ${name}` : ""}.`,
  linkWarning: "Continue only if you asked for this link yourself.",
  already: "You are signed in.",
  goOn: "Go to Ask",
};

export const join = {
  title: "Join a network",
  lead: "You were invited. Choose the name that other members see, and accept.",
  noSecret: "This address contains no invitation. Open the complete link that you received.",
  name: "Your name",
  email: "E-mail address",
  emailHint: "Optional. It says which person in shared sources you are.",
  accept: "Accept the invitation",
  provider: "Accept with your organisation's sign-in",
  command: "Or run this command:",
  signedIn: (network: string) =>
    `You are signed in to ${network}. Accepting replaces that session in this browser.`,
};
