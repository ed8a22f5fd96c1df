"""What the follow-up tells by mail. The sending is ``governance.mail``'s."""
