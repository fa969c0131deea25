"""The sentence for every error code: what happened, and what to do next. English here, other languages in the catalogs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sratix_core.values.money import Money, format_money
from sratix_core.web.invoice_sentences import INVOICES
from sratix_core.web.translate import translate
from sratix_core.web.value_sentences import VALUE

TITLES: Mapping[int, str] = {
    400: "This request could not be read",
    401: "Sign in to go on",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not possible at this address",
    409: "That did not work",
    413: "Too large",
    422: "Check what you entered",
    429: "One moment",
    500: "Something broke on our side",
    503: "Back in a moment",
}

OF_CODES: Mapping[str, str] = {"invitation_gone": "This invitation is not open any more"}
"""Titles of pages that people reach by a link they were sent, where the status alone would puzzle them."""

GENERAL: Mapping[int, str] = {
    400: "bad_request", 403: "forbidden", 404: "not_found", 422: "invalid", 500: "internal", 503: "unavailable",
}  # fmt: skip

SENTENCES: Mapping[str, str] = {
    # requests
    "bad_request": "Part of the address or the form is not readable text. Go back and type it again.",
    "bad_text": "The text has characters that cannot be stored. Remove them and send it again.",
    "csrf": "The page was open too long or came from another site. Reload it and send the form again.",
    "forbidden": "Your role does not include this. Ask an owner of the organization to add it.",
    "gone": "This has been taken away. Start again from the event page.",
    "internal": "Nothing was saved. Try again; if it happens twice, send us the reference.",
    "invalid": "Some fields need another look.",
    "media_type": "This address does not take that kind of content.",
    "method_not_allowed": "This address does not take that kind of request.",
    "not_acceptable": "This address cannot answer in the format you asked for.",
    "not_found": "The address is wrong, or what was here is gone. Check the link.",
    "refused": "This cannot be done right now.",
    "signed_out": "Your sign-in has ended. Sign in again to go on.",
    "too_large": "That is larger than 10 MB. Send something smaller.",
    "too_many_requests": "Too many requests from your connection. Wait {seconds} seconds and try again.",
    "busy": "Many people are buying at this moment. Wait a few seconds and try again.",
    "unavailable": "A part we depend on does not answer. Try again in a minute.",
    "views_full": "You have {most} saved views of this list. Forget one, then save this one.",
    "conflict": "Somebody changed this at the same time. Reload and look again.",
    # addresses
    "host_unknown": "No shop answers at this address. Check the link with the organizer.",
    "tenant_unknown": "No organizer has this address. Check the link.",
    "tenant_suspended": "This organizer is paused. Orders are safe; ask the organizer when it returns.",
    # calls to the outside
    "outside_address": "This address cannot be called. Write a public one with https://, as in https://example.org/hook.",
    "outside_not_reached": "The other side could not be reached, nothing was sent. Try again in a minute.",
    "outside_unknown": "The other side gave no clear answer, it may have done it. Look there before you try again.",
    # signing in
    "login_wrong": "E-mail and password do not match. {left} tries left, then a pause.",
    "login_paused": "Too many tries. Wait {seconds} seconds, then try again.",
    "login_local": "Demo accounts open on the machine itself only. Make your own with: sratix user create",
    "email_taken": "This e-mail already has an account.",
    "password_short": "Use at least 10 characters.",
    "password_long": "Use at most 200 characters.",
    "password_common": "This password is on the lists that are tried first. Choose another.",
    "password_has_email": "The password contains your e-mail. Choose another.",
    # the platform
    "acting": "This is not lent to you while you act as somebody else. End it first, at the top of the page.",
    "acting_already": "This browser already acts as somebody. Reload and look at the top of the page.",
    "acting_as_admin": "Administrators of the platform cannot be acted for. Ask them to show you.",
    "last_admin": "This is the last administrator. Make somebody else one first.",
    "user_disabled": "This account is switched off. Switch it on first.",
    "user_state": "Somebody has already done this. Reload and look again.",
    "tenant_state": "Somebody has already decided on this organization. Reload and look again.",
    "tenant_not_active": "Only an active organization can be joined. Decide on it first.",
    "export_gone": "This file was fetched already, or nobody came for it in time. Ask for a new export.",
    "job_state": "This job is no longer waiting for you. Reload and look again.",
    "sign_up_gone": "This link was already used or is older than a day. Sign up again.",
    "sign_up_password": "This is not the password of the sign-up. If you did not sign up, close this page; nothing is made.",
    "slug_alike": "This address looks like one that is taken or reserved. Choose another.",
    # fields
    "name_or_later": "Enter a name, or choose “I will fill this in later”.",
    "name_or_mine": "Enter a name, or choose “this one is for me”.",
    "zone": "Choose a time zone from the list, for example Europe/Zurich.",
    "required": "Fill this in.",
    "email": "Write a whole address, for example nina@example.ch.",
    "too_long": "This is too long.",
    "integer": "Write a whole number.",
    "range": "This number is outside what is possible here.",
    "choice": "Choose one of the listed options.",
    "money": "Write an amount, for example 49.00.",
    "moment": "Write a date and time, for example 2027-03-10 09:00.",
    "date": "Write a date, for example 2027-03-10.",
    "gap": "Clocks skip this time that night. Choose another.",
    "slug": "Use lower-case letters, digits and single hyphens.",
    "slug_reserved": "This address is reserved. Choose another.",
    "slug_taken": "This address is already in use. Choose another.",
    "unreadable": "The text has characters that cannot be stored. Remove them and send it again.",
    "not_an_email": "Add the ending, for example .ch or .com.",
    "unknown_choice": "Choose one of the listed options.",
    "quantity_out_of_range": "Between {least} and {most} are possible here.",
    "ends_before_start": "This must be after the beginning.",
    "not_a_colour": "Write a colour like #0b6fa4.",
    "reserved": "This address is reserved. Choose another.",
    "empty": "Fill this in.",
    "characters": "Use lower-case letters, digits and single hyphens.",
    "hyphens": "No hyphen at the beginning or the end, and never two in a row.",
    "name_taken": "Something here has this name already. Choose another.",
    "json_shape": "The body is not the JSON this address takes. Compare it with the documentation.",
    "credential_unknown": "This key or token opens nothing: it is wrong, has ended or was revoked. Use a new one.",
    "scope_missing": "This key does not include this. Ask for a key that does.",
    "scopes_required": "Choose at least one thing that the key may do.",
    "scopes_beyond_yours": "A key may do only what you may do yourself. Choose less.",
    "too_many_keys": "There are {most} working keys. Revoke one that is no longer used.",
    "unknown_field": "This name is not known here. Compare it with the documentation.",
    "instant": "Write a moment with its zone, for example 2027-03-10T09:00:00Z.",
    "field_type": "This is another kind of value than the address takes. Compare it with the documentation.",
    "wrong_size": "The list has too few or too many entries.",
    "repeated": "Send this once.",
    "cursor": "This cursor fits another list or another filter. Begin again without it.",
    "changed_meanwhile": "Somebody changed this since you read it. Read it again and repeat your change.",
    "code_or_ticket": "Send either the code or the ticket_id.",
    "too_much_gone": "Too much has been deleted since then. Load the whole list again.",
    "idempotency_key_bad": "An Idempotency-Key has 1 to 255 printable ASCII characters and no space. Send a new one.",
    "idempotency_mismatch": "This Idempotency-Key belongs to another request. Use a new key for a new request.",
    "idempotency_in_flight": "The same request is being done right now. Wait {seconds} seconds and send it again.",
    "key_unknown": "This key opens nothing. Pair the scanner again and use the new key.",
    "wrong_count": "The number of names does not fit the number of tickets. Go back and start again.",
    "nothing_chosen": "Choose at least one ticket.",
    "country": "Two letters, such as CH.",
    "currency_fixed": "The currency stays, because there are prices in it.",
    "host_taken": "Another organizer uses this host name.",
    "file_too_large": "This file is too large. Choose a smaller one.",
    "file_type": "Choose a picture: PNG, JPEG or WebP.",
    # buying
    "sold_out": "These tickets are gone. Look at the event page for what is left.",
    "not_on_sale": "These tickets are not on sale now. The event page says when they are.",
    "event_not_on_sale": "This event sells no tickets at the moment.",
    "cart_gone": "These seats are no longer held. Choose your tickets again.",
    "buyer_limit": "One buyer may have no more tickets of this type.",
    "too_many_tickets": "That is more than one order may have. Place a second order.",
    "addon_needs_ticket": "This extra needs a ticket in the same order. Add one.",
    "no_seats": "There are no seats left for this.",
    "no_provider": "This shop takes no payments at the moment. Your seats stay held; write to the organizer.",
    # prices and codes
    "cart_changed": "The price of these seats has just changed. Look at it once more, then order.",
    "promo_unknown": "There is no such code for this event. Check how it is spelled.",
    "promo_not_yet": "{name} can't be used yet. Try again when it has begun.",
    "promo_over": "{name} has run out. Take it off, or use another.",
    "promo_used_up": "{name} has been used as often as it may. Use another, or go on without.",
    "promo_not_these": "{name} is not for these tickets. Choose others, or go on without it.",
    "promo_quantity": "{name} needs at least {least} tickets. Choose more, or go on without it.",
    "promo_minimum": "{name} needs an order of at least {least}. Choose more, or go on without it.",
    "promo_no_gain": "{name} makes nothing cheaper here. Go on without it.",
    "promo_buyer_limit": "You have used {name} as often as one buyer may. Take it off to go on.",
    "promo_unlocks": "{name} needs the code that opened it. Keep that code, or give the seats back.",
    "promo_paused": "These were many wrong codes. Wait {minutes} minutes, or go on without one.",
    **VALUE,
    "promo_spelling": "Use 2 to 40 letters and digits, with - _ or . between them.",
    "promo_taken": "This event has that code already. Choose another spelling.",
    "promo_in_use": "{taken} uses are taken. Allow at least as many.",
    "promo_was_used": "{name} was used. Disable it instead, so that the books keep their reason.",
    "promo_none_new": "None of these is new. Put one code on each line.",
    "promo_opens_nothing": "Choose at least one hidden ticket type that this code opens.",
    "promo_value_unused": "A code that only opens tickets takes nothing off. Leave this empty.",
    "too_many_codes": "An event can have {most} codes. Delete some that nobody used.",
    "percent_range": "Write a percentage from 0 to 100, with at most two decimals; a discount takes more than 0.",
    "amount_positive": "Write an amount above 0.",
    "step_needs_end": "Say until when this price holds, or for how many.",
    "step_needs_capacity": "A price for the first ones needs a number above at How many there are.",
    "bulk_twice": "Two discounts begin at the same number. Keep one.",
    # orders and tickets
    "scan_opened_nothing": "This scan let nobody through, so there is nothing to undo.",
    "scan_not_last": "The ticket was scanned again since. Undo the newest scan first.",
    "order_state": "The order has moved on in the meantime. Reload and look again.",
    "order_changed": "Somebody changed this order at the same time. Reload and look again.",
    "cancel_by_organizer": "This order can only be cancelled by the organizer. Write to them.",
    "no_free_code": "No free order code was found. Try again.",
    "payment_known": "This payment is already recorded.",
    "case_closed": "Somebody has closed this case already. Reload to see who and why.",
    "nothing_owed": "Nothing is owed back for this order. Cancel it first if it should not stand.",
    "refund_too_large": "That is more than is owed back, which is {most}. Write a smaller amount.",
    "credit_over_price": "That is more than the order's price, which is {most}. Write a smaller amount.",
    "refund_by_hand": "This order's way of paying can't send money back by itself. Transfer it, then record it here.",
    "refund_changed": "What comes back has changed since you looked. Look at the amount again.",
    "refund_tier_twice": "There is a step with this number of days already. Choose another.",
    "refund_tiers_rise": "Whoever comes later can't get more back. Lower the share of the shorter notice.",
    "nothing_to_give_back": "Choose at least one ticket.",
    "cancel_word": "Type the address of the event exactly as it stands there.",
    "event_refund_begun": "This event is being cancelled already. Its page shows how far it is.",
    "order_invoiced": "This order has an invoice, which cannot grow. Place a new order for the other type and give this ticket back.",
    "difference_not_received": "The new type costs {amount} more. Write the reference of the money, or waive the difference.",
    "event_refund_not_begun": "This event is not being cancelled. Begin on its page first.",
    "event_refund_state": "Somebody has just paused it or let it go on. Reload and look again.",
    "refund_under_way": "A refund of this payment is on its way. Wait until it has arrived, then look again.",
    "no_request": "No invoice of this order waits to be paid. Reload and look again.",
    "not_by_request": "This order is not paid by an invoice of its provider. Its page says how to pay.",
    "not_paid_online": "This order is not paid online. Its page says how to pay.",
    "provider_silent": "The payment service does not answer at the moment. Nothing was changed: try again in a minute.",
    "not_configured": "This way of paying is not set up: its keys are missing. The organizer enters them in the plugin's settings.",
    "bad_signature": "The signature does not fit. Compare the endpoint's signing secret with the one in the plugin's settings.",
    "event_too_large": "An event may have {most} bytes. Nothing was kept of this one.",
    "difference_open": "A change of this order is not paid yet. Pay or record what is outstanding, or undo the change first.",
    "no_difference": "Nothing is outstanding for this order any more. Reload to see how it stands.",
    "refund_by_provider": "Its provider says by itself when a refund comes back. Wait for it, or ask from the case in Finance.",
    "refund_returned": "It is recorded already that this refund came back. Reload to see what is owed.",
    "refund_known": "A refund with this reference is already recorded. Check the statement.",
    "amount_differs": "The amount is not what the order asks for. Check both.",
    "price_unanswered": "The price cannot be worked out at the moment. Nothing is held and nothing charged; try again in a minute.",
    "promo_of_plugin": "{name} is kept by a plugin. Change it there, or disable it here.",
    **INVOICES,
    "output_is_off": "The plugin that draws this is switched off. Switch it on first.",
    "ticket_state": "The ticket has moved on in the meantime. Reload and look again.",
    "ticket_changed": "Somebody changed this ticket at the same time. Reload and look again.",
    "ticket_in_use": "This ticket was already used at the door.",
    "event_over": "This event is over. Its names stay as they were.",
    "ticket_rotations_used_up": "This ticket's code was replaced too often. Void it and issue a new one.",
    "no_valid_tickets": "The order has no valid ticket to show.",
    # planning
    "event_state": "The event has moved on in the meantime. Reload and look again.",
    "event_needs_ticket_type": "Add at least one ticket type before you publish.",
    "other_currency": "The price must be in the currency of the event.",
    "price_out_of_range": "Write an amount from 0 upwards.",
    "limits_out_of_order": "The most per order must be at least the least, and at most 100.",
    "pool_in_use": "This pool belongs to ticket types. Take it off them first.",
    "capacity_taken": "More units are taken than that. Choose at least as many.",
    "plugin_needed": "{by} needs {title}. Switch that off first.",
    "plugin_off": "{title} is switched off. Switch it on first.",
    "url": "Write an address that begins with https://.",
    # people
    "more_than_held": "You can only give, change or take away what your own role allows. Ask an owner of the organization.",
    "last_owner": "An organization needs an owner. Make somebody else an owner first.",
    "role_scope": "This role cannot be given there. Choose another role or another scope.",
    "role_or_removal": "Choose a role, here or in an event, or remove the person.",
    "role_empty": "Tick at least one permission.",
    "too_many_roles": "An organization can have {most} roles of its own. Delete one first.",
    "already_member": "This person is a member already. Change the role in the list.",
    "list_changed": "The list has {now} now. Look again, and confirm that number.",
    "too_many_at_once": "That is more than {most} at once. Narrow the list, and do it in parts.",
    "events_needed": "Choose at least one event.",
    "organization_in_use": "This organization has people or orders. Take them off it first.",
    "incident_closed": "Somebody has closed this note already.",
    "invitation_gone": (
        "This invitation was accepted, taken back, or is older than seven days. If you accepted it, sign in; otherwise ask for a new one."
    ),
    "invitation_other": "This invitation went to {email}. Sign in with that address to accept it.",
    # below us
    "database_busy": "Many people are buying at this moment. Wait a few seconds and try again.",
    "secret_unreadable": "A stored secret cannot be read with the present key. Enter it again.",
    "storage_unwritable": "Files cannot be stored at the moment. Tell the operator.",
    "storage_unknown": "This file lies in a storage that is not set up here. Tell the operator.",
    "file_unreadable": "The file cannot be read at the moment. Try again in a minute.",
    "stripe_key_may_not": "Stripe's restricted key lacks a right. Add it at Stripe, or use the secret key.",
    "stripe_key_refused": "Stripe does not know this key. Copy it once more from the API keys page at Stripe.",
    "stripe_refused": "Stripe refused the question. Check that the keys are those of the account the payment was made with.",
    "pdf_busy": "Many PDFs are being made. Try again in a minute.",
    "pdf_failed": "The PDF could not be made. The ticket page works without it.",
    "pdf_engine_missing": "This installation cannot make PDFs. The ticket page works without them.",
    "pdf_too_long": "That is too much for one PDF. Choose fewer tickets.",
}


def sentence(code: str, locale: str, /, *, _status: int = 409, **data: Any) -> str:
    """The words for `code`; an unknown code gets the general sentence of its status, never the code itself."""
    general = SENTENCES[GENERAL.get(_status, "refused")]
    known = SENTENCES.get(code, general)
    data = {k: format_money(v, locale) if isinstance(v, Money) else v for k, v in data.items()}
    try:
        return translate(known, locale, **data) if data or "{" not in known else translate(general, locale)
    except (KeyError, IndexError):
        return translate(general, locale)


def title(status: int, locale: str) -> str:
    """The heading of an error page."""
    return translate(TITLES.get(status, TITLES[409] if status < 500 else TITLES[500]), locale)


def title_of(code: str, status: int, locale: str) -> str:
    """The title of the page that tells of an error."""
    return translate(OF_CODES[code], locale) if code in OF_CODES else title(status, locale)
