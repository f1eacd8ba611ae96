"""Text formats that several readers share: content lines (calendars, vCards), handles in free text, mail addresses."""
