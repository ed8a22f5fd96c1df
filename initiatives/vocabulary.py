"""Which words of municipal work say little, and which mean the same: read by ``similarity``, widened by hand.

A fixed table, on purpose: how rare a word is among the initiatives would say something of those one may not read.
The words stand as people write them; an inflection is written only where the stemmer parts it from its word.
"""

from __future__ import annotations

STOP_WORDS = """
    och i att det som på är av för med till den har de inte om ett en men var sig så vi från man när nu kan hur ut
    in över under mot utan eller där hos mellan vid efter ska skall bli blir ur upp ner ned än även ej inom per samt
    jag du han hon hen ni dem vår våra er era sin sina din mitt min vad vem vilka alla allt andra annan detta denna
    dessa fler flera mer mindre mycket många något några ingen inga redan bara också sedan dag idag gång gånger
"""

SAYS_LITTLE = """
    digital digitalt digitalisera digitalisering elektronisk elektroniskt it ikt system systemstöd verksamhetssystem
    plattform portal verktyg stöd lösning tjänst e-tjänst app applikation program programvara mobil nät webb
    internet online införa införande ny nytt nya bättre smart enkel förenkla förbättra förbättring effektiv
    effektivisera modern gemensam gemensamt automatisk automatiskt kommun kommunal kommunalt medarbetare personal
    användare verksamhet behov idé förslag projekt arbete arbeta sätt tid hjälp information hantera hantering
    använda användning kunna finnas göra få behöva ställe data fråga svara ställa via genom trasig ledig öppen öppna
    ta vecka år själv självservice personlig vilja skulle snabb
"""
"""What, for whom and how in general: nearly every title could have them."""

SAYS_WHERE = """
    hemtjänst hemsjukvård äldreomsorg omsorg vård socialtjänst äldreboende särskild särskilt boende säbo lss brukare
    äldre förskola skola gymnasium fritidshem elev barn vårdnadshavare bibliotek kök köket skolkök simhall fastighet
    lokal gata förvaltning nämnd medborgare invånare chef hem hemma natt nattetid
"""
"""Where it is and for whom: two matters in the same place are still two matters."""

SAYS_WHAT_IS_DONE = """
    ansöka söka boka anmäla felanmälan planera signering signatur beställa registrera rapportera mäta följa mätning
    uppföljning visa avläsa schemalägga bokning automatisera robotisera självbetjäning optimera karta kamera sensor
    sensorer journal robot distans
"""
"""What is done or with what: to apply for one thing is not to apply for another."""

SAME = """
    chattbot chatbot chattrobot chatt bot robot
    surfplatta lärplatta läsplatta platta padda pekplatta ipad
    e-tjänst nät webb internet online självservice
    distansmöte videomöte videosamtal teamsmöte
    videobesök distansbesök
    trygghetslarm larm
    idrottshall sporthall gymnastiksal
    läkemedel medicin
    signering signatur e-signatur e-signering underskrift underteckna
    gatubelysning gatlampa gatlykta gatljus
    nyckel nyckelfri nyckelgömma nyckelskåp lås
    medborgare invånare kommuninvånare
    introduktion onboarding
    nyanställd nyrekryterad
    försörjningsstöd bistånd socialbidrag
    automatisera automation robotisera rpa
    soptunna papperskorg sopkärl avfallskärl
    sensor sensorer mätare givare
    mäta mätning mätare
    boka bokning
    medicinpåminnare medicinrobot medicingivare läkemedelsrobot läkemedelsautomat
    parkering p-plats parkeringsplats
    äldreboende vårdboende säbo boende
    matsvinn svinn
    snöröjning plogning plogbil plogad
    journal journalföring journalanteckning dokumentation
    taligenkänning diktera diktering
    gps position positionering
    färdtjänst sjukresa
    skolskjuts skolbuss
    webbplats hemsida
    schema schemaläggning schemaplanering schemaoptimering bemanning bemanningsplanering
    kameratillsyn nattillsyn trygghetskamera trygghetskameror nattkamera
    tidrapport tidrapportering tidredovisning
    upphandling inköp direktupphandling
    ruttoptimering ruttplanering
    enkät undersökning
    anhörig närstående
    cykelväg cykelbana
    lekplats lekpark
    natt nattetid
    söka ansöka
    anmäla felanmälan felrapport
    avläsa avläst avläsning fjärravläst fjärravläsning
"""
"""One line, one meaning: what different kommuner call the same thing."""
