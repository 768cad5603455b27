// The most common shortcodes; an unknown one stays as it was written.
export const EMOJI = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", wave: "👋", eyes: "👀", tada: "🎉", pray: "🙏",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", heart: "❤️", fire: "🔥", rocket: "🚀",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔",
  no_entry_sign: "🚫", octagonal_sign: "🛑", warning: "⚠️", question: "❓", grey_question: "❔",
  exclamation: "❗", information_source: "ℹ️", bulb: "💡", memo: "📝", pencil2: "✏️", clipboard: "📋",
  mag: "🔍", book: "📖", books: "📚", label: "🏷️", package: "📦", link: "🔗", lock: "🔒", bell: "🔔",
  calendar: "📆", date: "📅", clock3: "🕒", hourglass: "⌛", telephone_receiver: "📞", phone: "☎️",
  email: "📧", hospital: "🏥", pill: "💊", syringe: "💉", stethoscope: "🩺", dollar: "💵",
  heavy_dollar_sign: "💲", scales: "⚖️", balance_scale: "⚖️", recycle: "♻️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", arrow_right: "➡️", arrow_left: "⬅️", arrow_forward: "▶️", arrow_backward: "◀️",
  red_circle: "🔴", large_green_circle: "🟢", large_yellow_circle: "🟡", white_circle: "⚪",
  speech_balloon: "💬", left_right_arrow: "↔️", leftwards_arrow_with_hook: "↩️", arrow_right_hook: "↪️",
};
