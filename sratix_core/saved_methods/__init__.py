"""What a person has a payment provider keep for their next order with the same organizer: whose it is there, and what can be done with it.

Here stands only the provider's name for the person. Cards are read from the provider each time and stored nowhere.
"""
