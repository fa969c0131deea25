"""The sentences of `messages.py` about value that is sold and spent, gift cards, and about prices that buyers choose."""

from __future__ import annotations

from collections.abc import Mapping

VALUE: Mapping[str, str] = {
    "value_unknown": "No gift card has this code. Check how it is spelled.",
    "value_blocked": "This gift card is blocked. Write to the organizer, or pay another way.",
    "value_ended": "The last day of this gift card is over. Pay another way.",
    "value_spent": "Nothing is left on this gift card. Use another, or pay another way.",
    "value_currency": "This gift card is in {currency} and can't pay here. Use another, or pay another way.",
    "value_many": "One order is paid with at most {most} gift cards. Place a second order for the others.",
    "value_changed": "What is on this gift card has just changed. Look at the amounts once more, then order.",
    "refund_to_card": "This was paid by gift card and goes back to it. Switch the gift cards on, then send it back.",
    "value_for_value": "A gift card can't pay for gift cards. Pay for those another way; the card pays for the rest.",
    "value_was_spent": "Gift cards of this order were spent already: at most {left} comes back. Give the order back instead.",
    "value_all_spent": "Nothing is left of this gift card, so nothing of it comes back.",
    "value_back_blocked": "This gift card is blocked: only the organizer takes it back. Write to them.",
    "value_on_its_way": "This gift card is being made at the moment. Try again in a minute.",
    "value_seller_off": "Gift cards are switched off, so nobody knows what is left of those that this order sold. Switch them on first.",
    "price_missing": "Choose an amount for {name}.",
    "price_not_open": "{name} has one price: leave the amount out.",
    "price_bounds": "{name}: choose an amount from {least} to {most}.",
    "price_twice": "One amount for all of a type in an order. Place a second order for another.",
    "open_price_bounds": "The largest amount is at least the price.",
    "open_price_suggested": "Propose amounts between the price and the largest amount.",
    "open_price_alone": "Where buyers choose the price there are no other prices and discounts: remove one of the two.",
    "value_has_one_price": "What is sold as a gift card has one price: remove other prices and discounts.",
    "value_has_no_tax": "A gift card is taxed when it is spent: leave the tax empty.",
    "value_needs_price": "A gift card is worth what it costs: enter a price.",
    "sells_fixed": "Somebody has bought this already. Make another ticket type instead.",
    "gift_card_state": "This gift card has changed meanwhile. Reload to see how it stands.",
}
