"""The remedies of errors, in the words of the service."""

from graph.errors import Remedy, TertiusError

API_REMEDIES: dict[Remedy, str] = {
    Remedy.LOAD_DATA: "Upload one with the mutation `createLoadJob`.",
    Remedy.NAME_OWNER: "Name the owner in `ownerEmail`: an e-mail address, a phone number or a name in the export.",
    Remedy.NAME_OTHER: "Name its owner in `dataSubject`.",
    Remedy.LOAD_AS_OTHER: "To load it as personal data of another person, name them in `dataSubject`.",
    Remedy.NAME_OWNER_OR_OTHER: "If it is yours, name that address in `ownerEmail`; if it is another person's, name "
    "them in `dataSubject`.",
    Remedy.NAME_CONTROLLER: "Use the mutation `setPrivacySettings`.",
    Remedy.LIST_SOURCES: "The field `sources` lists yours.",
    Remedy.CHECK_ADDRESS: "Ask the operator of this service.",
    Remedy.CHECK_CREDENTIALS: "Ask the operator of this service.",
    Remedy.CHECK_DATABASE: "Try again later.",
    Remedy.RESTART_DATABASE: "Ask the operator of this service.",
    Remedy.RESTORE_ERASURE_KEY: "Ask the operator of this service.",
    Remedy.CHOOSE_NETWORK: "Use a token of another network.",
}


def api_message(error: Exception) -> str:
    """Return the message of an error for a client: its own, and its remedy."""
    remedy = error.remedy if isinstance(error, TertiusError) else None
    return f"{error} {API_REMEDIES[remedy]}" if remedy else str(error)
