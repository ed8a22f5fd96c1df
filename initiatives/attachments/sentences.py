"""What a person is told of a file that is not taken in: what it is, and what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .reasons import Reason

ACCEPTED = _("PDF, bilder (PNG, JPEG, WebP, GIF), Word, Excel, PowerPoint och OpenDocument")
"""The kinds in words, as they are told before anything is chosen."""

SENTENCES = {
    Reason.EMPTY: _("Filen är tom. Välj en annan."),
    Reason.TOO_LARGE_A_FILE: _("Filen är större än %(megabytes)s MB. Gör den mindre eller dela upp den."),
    Reason.EXECUTABLE: _("Filen är ett program eller skript. Sådana tas inte emot."),
    Reason.ARCHIVE: _("Filen är ett arkiv med andra filer i. Packa upp det och välj dokumenten ett och ett."),
    Reason.HTML: _("Filen är en webbsida. Skriv ut sidan som PDF och välj den i stället."),
    Reason.SVG: _("Filen är en SVG-bild, som kan innehålla skript. Spara bilden som PNG."),
    Reason.XML: _("Filen är XML och inget dokument. Spara den som PDF eller Word."),
    Reason.TEXT: _("Filen är ren text. Klistra in texten i formuläret, eller spara den som PDF eller Word."),
    Reason.RTF: _("Filen är i formatet RTF. Öppna den och spara den som Word (.docx) eller PDF."),
    Reason.HEIC: _("Bilden är i formatet HEIC, som inte alla kan öppna. Spara eller dela den som JPEG och välj den."),
    Reason.FILM: _("Filen är film eller ljud. Bara dokument och stillbilder tas emot."),
    Reason.OTHER_PICTURE: _("Bilden är i ett format som inte alla kan öppna. Spara den som PNG eller JPEG."),
    Reason.OLD_OFFICE: _(
        "Filen är i Offices gamla format (.doc, .xls, .ppt) eller ett sparat mejl."
        " Öppna den och spara som .docx, .xlsx, .pptx eller PDF."
    ),
    Reason.NOT_A_DOCUMENT: _(
        "Filen är en mall eller ett ovanligt dokument. Spara den som .docx, .xlsx, .pptx eller PDF."
    ),
    Reason.UNKNOWN: _("Filen är varken ett dokument eller en bild som känns igen. Spara den som PDF och försök igen."),
    Reason.ENCRYPTED: _("Filen är låst med lösenord eller kryptering. Spara en kopia utan lösenord och välj den."),
    Reason.MACROS: _("Filen innehåller makron. Spara den utan makron, som .docx, .xlsx eller .pptx, eller som PDF."),
    Reason.LINKS: _(
        "Filen hämtar eller öppnar något utanför sig själv: en mall, en bild eller en annan fil."
        " Bryt länken, eller spara som PDF."
    ),
    Reason.DOCUMENT_TYPE: _("Filen innehåller en dokumenttypsdeklaration, som kan dölja något. Spara den som PDF."),
    Reason.EMBEDDED: _("Filen har ett program eller objekt inbäddat. Ta bort det, eller spara som PDF."),
    Reason.TOO_LARGE: _("Filen blir för stor när den packas upp. Gör den mindre eller spara den som PDF."),
    Reason.TOO_MANY_PARTS: _("Filen består av för många delar. Spara den som PDF."),
    Reason.TOO_DENSE: _("Filen är packad så att den växer orimligt när den öppnas. Sådana tas inte emot."),
    Reason.NOT_A_PACKAGE: _("Filen är trasig. Öppna den, spara den på nytt och försök igen."),
    Reason.PDF_START: _(
        "Före själva PDF:en ligger något mer i filen. Öppna den, spara den på nytt som PDF och försök igen."
    ),
    Reason.PDF_END: _(
        "Efter själva PDF:en ligger något mer i filen. Öppna den, spara den på nytt som PDF och försök igen."
    ),
    Reason.PDF_ACTIVE: _("PDF-filen innehåller skript eller startar något. Skriv ut den till en ny PDF och välj den."),
    Reason.PDF_FILES: _("PDF-filen har andra filer eller medier i sig. Skriv ut den till en ny PDF och välj den."),
    Reason.PDF_HIDDEN: _("PDF-filen är packad så att den inte kan granskas. Skriv ut den till en ny PDF och välj den."),
    Reason.MOVING: _("Bilden rör sig. Bara stillbilder tas emot; spara en av rutorna som PNG."),
    Reason.TOO_MANY_PIXELS: _(
        "Bilden har för många bildpunkter. Gör den mindre, eller ta om den med lägre upplösning."
    ),
    Reason.BROKEN: _(
        "Filen är trasig eller inte det den ser ut att vara. Öppna den, spara den på nytt och försök igen."
    ),
    Reason.TOO_SLOW: _("Filen tar för lång tid att granska. Gör den mindre eller spara den som PDF."),
    Reason.INFECTED: _("Virusskyddet stoppade filen. Hör av dig till din IT-support."),
    Reason.NOT_SCANNED: _("Filen kan inte virusgranskas just nu och tas därför inte emot. Försök igen om en stund."),
}
