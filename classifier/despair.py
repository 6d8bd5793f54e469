"""Wordings of people who may harm themselves, or who write of someone who may.

Data for `classifier.risk_words`; misspellings and texting are meant.
"""

DESPAIR: tuple[tuple[str, str], ...] = (
    (
        "speaks of not wanting to live",
        r"\bkill(?:ing)? (?:my|him|her|them)sel(?:f|ves)\b|\bkms\b|\bsuicid\w*|\bend (?:it all|"
        r"my life|"
        r"his life|her life|things)\b|\bending (?:it|my|his|her) (?:all|life)\b|"
        r"\btake my own life\b|"
        r"\b(?:do(?:n'?t|nt| not)|didn'?t) want to (?:be (?:here|alive)|live|wake up)\b|"
        r"\bbetter off (?:dead|without me)\b|\brather be dead\b|\bwish (?:i|he|she) (?:was|"
        r"were) dead\b|"
        r"\bwant(?:s|ed)? to die\b|\bgonna die\b|\bcan'?t go on\b|\bnot safe (?:any ?more|"
        r"with myself)\b|"
        r"\bkept the tablets\b|\bsav(?:ed|ing) (?:up )?(?:\w+ )?(?:tablets|pills)\b|\boverdos\w*|"
        r"\btaken (?:all )?(?:\w+ ){0,3}(?:tablets|pills|paracetamol)\b|"
        r"\b(?:date|day) in my head\b|\bwho'?d find (?:me|them)\b|\b(?:wrote|written) (?:them |"
        r"my \w+ )(?:each )?a "
        r"(?:letter|note)\b|\bwrote a (?:letter|note) (?:to|for) my\b|\bgoodbye (?:letter|"
        r"note)s?\b|\bno point (?:in )?(?:being here|living|going on)\b|\bnot be here (?:by|"
        r"tomorrow|next)\b|"
        r"\bjump(?:ing)? (?:off|in front)\b|\bbridge\b[^.!?]{0,40}\b(?:stood|standing|jump)",
    ),
    (
        "speaks of self-harm",
        r"\bself[- ]?harm\w*|\b(?:cut|cuts|cutting|hurt|hurting|burning) (?:my|him|her)self\b|"
        r"\b(?:she'?s|he'?s|i'?m|im|been|started|keeps?) cutting\b|\bcuts on my (?:arms?|legs?|"
        r"wrists?)\b|"
        r"\bslit\b[^.!?]{0,20}\bwrist|\bligature\b",
    ),
    (
        "may be about to end their life",
        r"\bcan'?t (?:do|take|cope with) (?:it|this|life|everything) (?:any ?more|no more)\b|"
        r"\bcan'?t keep (?:doing this|going)\b|"
        r"\b(?:no ?(?:one|body)) (?:would|will|wud|ll) (?:even )?(?:notice|miss me|care if i)\b|"
        r"\bsaying goodbye\b|"
        r"\b(?:i'?m|im|i am|she'?s|he'?s|been|sat|stood|standing|sitting)\b[^.!?]{0,25}\b(?:on|"
        r"off|by|at|up) (?:the )?"
        r"(?:multi[- ]?stor\w*|bridge|roof|ledge|railway|train (?:line|tracks?)|tracks|cliff|"
        r"car park roof)\b|"
        r"\b(?:tablets|pills|paracetamols?|ibuprofen|medication|meds|"
        r"insulin)\b[^.!?]{0,50}\b(?:packets?|lined|count(?:ed|ing)|hid(?:den|ing)|stash\w*|"
        r"saved|all of them|all at once|whole (?:box|packet|lot)|swallow\w*)\b|\b(?:took|taken|"
        r"take|hid|hidden|counted|got) (?:all )?(?:her|his|my|the) (?:tablets|pills|meds)\b|"
        r"\b(?:all|both|kids|they)\b[^.!?]{0,30}\bbetter off (?:with|if|dead|gone|in heaven)\b|"
        r"\b(?:see|find|got) no (?:way out|other way|reason to)\b|"
        r"\bdon'?t (?:see|know) (?:the point|why i bother living|if i'?ll be here)\b|\bs(?:u|ui|"
        r"ua|uwi)s?[iy]?c[iy]de?\b|\bkil+ (?:me|my|him|her)\b|"
        r"\b(?:blade|razor)s?\b[^.!?]{0,40}\b(?:arm|leg|wrist|skin|hid|under|pencil)\b|"
        r"\bwant (?:it all|everything) to (?:stop|end)\b",
    ),
    (
        "names a way of dying or takes leave",
        r"\b(?:hang(?:ing)?|hung|noose|rope|cord|belt|scarf)\b[^.!?]{0,50}"
        r"\b(?:neck|wardrobe|door|beam|banister|tree|himself|herself|myself)\b|"
        r"\bwalk(?:ed|ing)? (?:into|in front of|out in) (?:the |a )?(?:sea|river|traffic|road|"
        r"train|lorry)\b|"
        r"\b(?:stopped|stopping|refus\w+|won'?t) (?:to )?(?:eat|eating|drink|drinking)\b|"
        r"\b(?:it|this) (?:wasn'?t|isn'?t|aint|wasnt|isnt) (?:her|his|their|your|"
        r"any ?one'?s) fault\b|"
        r"\bby the time (?:you|any ?one|they) (?:read|see|get|find)\b|\bmy last (?:message|"
        r"letter|e-?mail)\b|"
        r"\b(?:climb\w*|stood|stands?|out|"
        r"threat\w*)\b[^.!?]{0,20}\bon(?: ?to)? (?:to )?the (?:roof|window ?(?:sill|ledge))\b|"
        r"\bdrown(?:ed|ing)? (?:my|him|her)self\b",
    ),
)
