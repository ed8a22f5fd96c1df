"""Pairs of Swedish titles typed from municipal life, before anything was tuned: the same matter or another.

The weights and words were tuned on the first forty; the held-out twenty were written at the same time and left alone.
"""

from __future__ import annotations

Pair = tuple[str, str]

SAME: tuple[Pair, ...] = (
    ("Digitala nycklar i hemtjänsten", "Nyckelfria lås hos brukare"),
    ("E-tjänst för bygglov", "Ansöka om bygglov på nätet"),
    ("Planering i hemtjänsten", "Hemtjänstplanering med ruttoptimering"),
    ("Chattbot för medborgarfrågor", "Robot som svarar på invånarnas frågor"),
    ("Lärplattor på förskolan", "Surfplattor till förskolorna"),
    ("Felanmälan av gatubelysning", "Anmäla trasig gatlampa i mobilen"),
    ("Digital tillsyn nattetid", "Nattkamera i stället för tillsynsbesök"),
    ("Bokning av idrottshallar", "Boka tid i sporthallen på nätet"),
    ("Medicinpåminnare i hemmet", "Läkemedelsrobot för äldre"),
    ("Distansmöten med biståndshandläggare", "Videomöten med biståndshandläggaren"),
    ("Automatisera ekonomiskt bistånd", "RPA för försörjningsstöd"),
    ("Trygghetslarm på äldreboenden", "Nya larm på särskilt boende"),
    ("Elektronisk signering av avtal", "E-signatur av avtal och beslut"),
    ("Sensorer i soptunnor", "Fyllnadsgradsmätare i papperskorgar"),
    ("Fjärravlästa vattenmätare", "Digital avläsning av vattenmätare"),
    ("Skolskjuts: ansökan och ruttplanering", "Planera skolskjutsar digitalt"),
    ("Frånvaroanmälan i skolan", "Anmäla frånvaro via app för vårdnadshavare"),
    ("Digital matsedel och specialkost", "Beställa specialkost i köket digitalt"),
    ("Introduktion av nyanställda", "Onboarding av nya medarbetare"),
    ("Öppna data om parkeringar", "Visa lediga p-platser på kartan"),
)
DIFFERENT: tuple[Pair, ...] = (
    ("Digital tidbok på biblioteket", "Digital tidrapport i köket"),
    ("E-tjänst för bygglov", "E-tjänst för färdtjänst"),
    ("Digitala nycklar i hemtjänsten", "Digitala körjournaler i hemtjänsten"),
    ("Chattbot för bygglovsfrågor", "Robot i städningen på skolorna"),
    ("Surfplattor på förskolan", "Frånvaroanmälan på förskolan"),
    ("Larm på äldreboenden", "Brandlarm i skolor"),
    ("Ansökan om förskoleplats", "Ansökan om serveringstillstånd"),
    ("Schemaläggning i hemtjänsten", "Matleveranser i hemtjänsten"),
    ("Bokning av idrottshallar", "Bokning av tvättstuga"),
    ("Elektronisk signering av avtal", "Elektronisk faktura från leverantörer"),
    ("Ny webbplats för kommunen", "Nytt intranät för kommunens medarbetare"),
    ("Ruttoptimering för sophämtning", "Ruttplanering för snöröjning"),
    ("Sensorer för vattenläckor", "Sensorer i soptunnor"),
    ("Kamera vid återvinningscentralen", "Digital tillsyn med kamera på natten"),
    ("Digital nämndhantering", "Digital arkivering"),
    ("E-arkiv för bygglovsritningar", "E-tjänst för bygglov"),
    ("Vattenmätare i VA-nätet", "Elmätare i fastigheter"),
    ("Medborgarbudget", "Medborgarlöfte"),
    ("Läsplattor till förtroendevalda", "Läxhjälp på nätet"),
    ("Införa nytt verksamhetssystem för socialtjänsten", "Införa nytt ekonomisystem"),
)

HELD_OUT_SAME: tuple[Pair, ...] = (
    ("Självbetjäning på biblioteket", "Meröppet bibliotek med självutlåning"),
    ("Digital anslagstavla", "Anslagstavlan på webben"),
    ("Ansökan om förskoleplats", "Söka plats i förskola via e-tjänst"),
    ("Videobesök i hemsjukvården", "Vårdbesök på distans i hemsjukvården"),
    ("Taligenkänning för journalföring", "Diktera journalanteckningar"),
    ("Digitala lås på kommunens lokaler", "Låssystem utan nycklar till lokaler"),
    ("GPS-larm för personer med demens", "Positionslarm vid demenssjukdom"),
    ("Snöröjning: visa plogade gator på karta", "Följ plogbilen i karta"),
    ("Inköpssystem för mindre inköp", "Förenklad direktupphandling digitalt"),
    ("Matavfall: mäta svinn i skolköken", "Matsvinn i skolköket"),
)
HELD_OUT_DIFFERENT: tuple[Pair, ...] = (
    ("Självbetjäning på biblioteket", "Sommarlovsaktiviteter på biblioteket"),
    ("Ansökan om parkeringstillstånd", "Ansökan om bostadsanpassning"),
    ("GPS-larm för personer med demens", "GPS i kommunens fordon"),
    ("Videobesök i hemsjukvården", "Läkemedelsbeställning i hemsjukvården"),
    ("Matsvinn i skolköket", "Städschema i skolköket"),
    ("Digitala lås på kommunens lokaler", "Bokning av kommunens lokaler"),
    ("Karta över lekplatser", "Karta över cykelvägar"),
    ("Digital signering av protokoll", "Digital signering av läkemedel"),
    ("Lönespecifikation digitalt", "Digital lönekartläggning"),
    ("Trygghetslarm på äldreboenden", "Trygghetsvandringar med app"),
)

LONG = (
    "Vi skulle vilja att all personal som arbetar i hemtjänsten både dag och natt kunde få digitala nycklar till dem"
    " som vi är hos så att vi slipper åka och hämta"
)
"""Somebody who writes her whole need in the title."""

WALKED_SAME: tuple[Pair, ...] = (
    ("Digitala nyklar i hemtjänsten", "Digitala nycklar i hemtjänsten"),
    ("Digitla nycklar i hemtjensten", "Digitala nycklar i hemtjänsten"),
    ("Byta lösenord själv", "Självservice för lösenordsbyte"),
    ("Schemaplanering i hemtjänsten", "Schemaoptimering i äldreomsorgen"),
    ("Kameratillsyn hemma på natten", "Trygghetskameror vid nattillsyn"),
    ("Kameratillsyn hemma på natten", "Tillsyn med kamera"),
    ("Nycklar, kameratillsyn och lösenordsbyte", "Tillsyn med kamera"),
    ("Sensorer i soptunnor, digitala nycklar och bokning av lokaler", "Digitala nycklar i hemtjänsten"),
    (LONG, "Digitala nycklar i hemtjänsten"),
    (LONG, "Nyckelfria lås hos brukare"),
    ("Boka mötesrum", "Mötesrumsbokning"),
    ("Anställa vikarier snabbare", "Vikarieanställning utan papper"),
    ("Felanmäla lekplatser", "Felanmälan av trasiga gungor"),
    ("Hitta ledig parkering", "Parkeringsapp med lediga platser"),
)
WALKED_DIFFERENT: tuple[Pair, ...] = (
    ("Byta lösenord själv", "Byta däck på kommunens bilar"),
    ("Byta lösenord själv", "Självservice för bibliotekets böcker"),
    ("Schemaplanering i hemtjänsten", "Läxplanering i skolan"),
    ("Kameratillsyn hemma på natten", "Tillsyn av livsmedel"),
    ("Kameratillsyn hemma på natten", "Kamera vid återvinningscentralen"),
    ("Nycklar, larm och schema i hemtjänsten", "Matleveranser i hemtjänsten"),
    (LONG, "Lunchkort till personal i hemtjänsten"),
    (LONG, "Körjournaler för bilar"),
    ("Digitala kartor", "Digitala kort"),
    ("Parker för alla", "Sparkar till äldre"),
    ("Planer över skogen", "Planeter och stjärnor för skolan"),
    ("Ny webbplats för kommunen", "Söka plats i förskola via e-tjänst"),
    ("Boka mötesrum", "Möten med medborgare om rummen i simhallen"),
)
"""Typed after a walk through the portal had shown what it misses, and beside them what the remedies could mistake."""
