"""What the page of an act says, where the words of the workflow table say too little."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from ..acts import Act

PRESS = {
    Act.ANSWER_INTEREST: gettext_lazy("Lämna svaret"),
    Act.DRAFT_IT_ASSESSMENT: gettext_lazy("Spara"),
    Act.AMEND: gettext_lazy("Spara ändringen"),
    Act.COMMENT: gettext_lazy("Spara anteckningen"),
    Act.SAME_NEED: gettext_lazy("Anmäl samma behov"),
    Act.HAND_TASK: gettext_lazy("Lämna uppgiften"),
}
"""The word on the button that takes the step, where that on the button that led there does not fit."""

HEADINGS = {Act.SUPPLEMENT: gettext_lazy("Svara på komplettering"), Act.WITHDRAW: gettext_lazy("Återta initiativet")}
"""The heading of a page whose button says too little."""

MEANINGS = {
    Act.HAND_OVER: gettext_lazy(
        "Från och med nu sköts lösningen av förvaltningen. Det här följer med. Det som saknas kan ni fylla i före "
        "eller efter. Nyttan följs upp 6 och 12 månader efter varje införande, också efter överlämningen."
    ),
    Act.CLOSE_ROUND: gettext_lazy(
        "När du stänger kan ingen lämna eller ändra sin bedömning, och alla som får läsa initiativet ser svaren. "
        "Det går inte att ångra."
    ),
    Act.AMEND: gettext_lazy(
        "Den som har bedömt initiativet får se vad du har ändrat och säger om svaren står sig. Tills dess räknas det "
        "som lämnades sist. Den tidigare texten finns kvar."
    ),
    Act.CORRECT: gettext_lazy(
        "Du fattar ett nytt beslut som säger vad som var fel i det gamla. Det gamla står kvar och märks som rättat. "
        "Inget annat ändras: läget, deltagandet och kostnaderna är som förut. Ska något annat gälla tar du det steget "
        "också."
    ),
    Act.PURGE: gettext_lazy(
        "Filerna försvinner för gott. Namn, storlek och kontrollsumma står kvar, och en händelse säger enligt vilket "
        "beslut. Det går inte att ångra."
    ),
    Act.MARK_SECRET: gettext_lazy(
        "Markeringen är en påminnelse om att sekretess ska prövas, inte ett beslut om sekretess. Så länge den finns "
        "läser bara de roller du väljer, och mejlen säger inget om vad ärendet gäller."
    ),
    Act.DECLARE_CONFLICT: gettext_lazy(
        "Dina svar räknas inte, och du bedömer inte initiativet mer. Skälet syns för alla som läser initiativet: skriv "
        "inget om någon annan som går att känna igen. Det går inte att ångra."
    ),
}
"""What taking the step means, where the button and the form do not say it."""
