"""Letters, and what stands for them where the spelling is not to matter: *aldreboende* is *äldreboende*."""

UNFOLDED, FOLDED = "åäæöøéèêëáàüúíóçñ", "aaaooeeeeaauuiocn"
