"""Wordings each of which says that someone may come to harm now: a reason and an expression.

Data for `classifier.risk_words`; misspellings and texting are meant.
"""

from classifier.despair import DESPAIR

_SOON = (
    r"\b(?:now|tonight|tonite|2nite|right now|today|this (?:morning|afternoon|evening|minute)|"
    r"last (?:night|nite|nigt)|again last|tomorrow|tomoz|any ?more|at the moment|as i (?:type|"
    r"write)|"
    r"by \d{1,2}(?:[.:]\d\d)? ?(?:o'? ?clock|pm|am)|till they shut|this weekend|before \d)\b"
)

# Ways of hurting, for both lists.
HIT = (
    r"(?:hit|hits|hitting|beat|beats|beaten|beating|batter\w*|punch\w*|kick\w*|slap\w*|thrown?|"
    r"threw|"
    r"strangl\w*|chok\w*|throttl\w*|burn(?:t|ed|s)|drag\w*|belt|shook|shak(?:es|ing)|headbutt\w*)"
)

# Each of these alone says that someone may come to harm.
NOW: tuple[tuple[str, str], ...] = (
    *DESPAIR,
    (
        "fears hurting someone",
        r"\b(?:will|might|going to|gonna|about to|scared i(?:'?ll| will)?|"
        r"frightened of what i'?ll) "
        r"(?:hurt|harm|kill|do something to|snap|lose it with)\b|\bfrightened of what i'?ll do\b|"
        r"\bi'?ll (?:kill|hurt|swing for) (?:him|her|them|you|someone|somebody)\b",
    ),
    (
        "a weapon is near",
        r"\b(?:bread |kitchen |carving |stanley |zombie )?(?:knife|knives|machete|hammer|gun|"
        r"blade|bat)\b"
        r"[^.!?]{0,60}(?:\b(?:outside|bathroom|sock|door|threat\w*|pulled|waving|held|holding|"
        r"at (?:me|him|her|us))\b|"
        + _SOON
        + r")|\b(?:pulled|threatened|waving|holding|come|came)\b[^.!?]{0,40}\b(?:knife|machete|"
        r"gun|blade)\b",
    ),
    (
        "a child is alone or without a carer",
        r"\b(?:kids?|child(?:ren)?|baby|toddlers?|boys?|girls?|"
        r"little ones?)\b[^.!?]{0,60}\b(?:home alone|left alone|"
        r"on (?:their|his|her) own|no adult|nobody with|by (?:themselves|himself|"
        r"herself))\b[^.!?]{0,80}"
        + _SOON
        + r"|\bno adult\b|\bleft (?:them|him|her|the (?:kids|baby|children)) (?:alone|"
        r"on (?:their|his|her) own)\b",
    ),
    (
        "has nowhere to sleep",
        r"\b(?:sleep(?:ing)?|slept|stay(?:ing)?)\b[^.!?]{0,40}\b(?:streets?|rough|park|doorway|"
        r"stairwell|bus (?:station|stop|shelter)|"
        r"(?:in|inside) (?:a|the|my|mums?|her|our) (?:car|van|shed|tent|library))\b|\b(?:nowhere|"
        r"no ?where|no place) (?:to (?:go|sleep|stay)|else to (?:go|sleep|stay))\b|"
        r"\bsleep out\b|\brun out of sofas\b|\bneeds? a bed tonight\b|\bhomeless tonight\b|"
        r"\b(?:kicked|chucked|thrown|threw|put|locked) (?:me|him|her|us|"
        r"them)? ?out\b[^.!?]{0,80}(?:" + _SOON + r"|\b(?:night|streets?|bus|battery|cold)\b)",
    ),
    (
        "tells of sexual harm",
        r"\b(?:touch(?:ed|es|ing)?|feel(?:s|ing)?|grop\w+|rub(?:bed|s)?) (?:me|my (?:leg|bum|"
        r"chest|private|thigh)\w*|(?:her|his) (?:private|bum|chest)\w*)\b|"
        r"\brap(?:e|ed|ing|ist)\b|\bsexual(?:ly)? (?:abus\w*|assault\w*|exploit\w*|touch\w*)|"
        r"\bmolest(?:ed|ing|er)\b|"
        r"\b(?:came|comes|come|coming|used to come) (?:in|into)\b[^.!?]{0,30}\b(?:say goodnight|"
        r"my (?:bed|room))\b|"
        r"\b(?:sends?|sent|asked (?:me )?for|wants?) (?:me )?(?:nudes?|naked|dick|pics of (?:my|"
        r"her))\b|"
        r"\bolder (?:man|men|boyfriend|lads?)\b[^.!?]{0,60}\b(?:car|hotel|picks?|gives?|phone|"
        r"vapes?)\b|"
        r"\bpick(?:s|ed)? (?:me|her|him|them) up\b[^.!?]{0,60}\b(?:audi|bmw|older|men|man|gifts?|"
        r"nails|phones?)\b|"
        r"\bpicked up by\b[^.!?]{0,40}\b(?:audi|bmw|merc|car|man|men|older)\b|"
        r"\b(?:blokes?|men|man)\b[^.!?]{0,40}\b(?:girl|boy|"
        r"schoolgirl)\b[^.!?]{0,30}\bschool (?:uniform|trousers|skirt|tie|jumper)\b|"
        r"\bgroom(?:ed|ing|er)\b|\btrafficked\b|\bcounty lines\b|\bcuckoo\w*",
    ),
    (
        "a person who is feared has come near or knows the address",
        r"\b(?:he'?s|hes|he has|he|she'?s|his mum|her dad|my ex|him|"
        r"the father)\b[^.!?]{0,30}\b(?:got|has|knows?|found|given|sent|saw) "
        r"(?:my|our|the|her) (?:new |home |refuge )?address\b|\bnew address\b[^!?]{0,160}\b(?:he|"
        r"him|his|ex|page|list)\b|"
        r"\brefuge\b[^!?]{0,160}\b(?:address|found|outside)\b|"
        r"\b(?:his car|ex|a car the)\b[^.!?]{0,60}\b(?:outside|over the road|across the road|"
        r"across the street|at the door)\b|"
        r"\bhe(?:'s|s| was| is| stood)?\b (?:\w+ ){0,3}(?:outside|over the road|"
        r"across the road) (?:my|our|the house|now|again)\b|"
        r"\bstood across the (?:road|street)\b|"
        r"\bnon[- ]?mol(?:estation)?\b[^!?]{0,200}\b(?:address|outside|breach\w*|broke)\b|"
        r"\bnot supposed to know (?:he|she|we|they)(?:'s| is|'re| are)? here\b|"
        r"\bhe'?s got a key\b|\bback off shift\b|\bhe'?ll find (?:us|me|her)\b|\bby the throat\b",
    ),
    (
        "physical harm to a child is told",
        r"\b(?:my |his |her |their |step)?(?:dad|mum|step ?dad|step ?mum|father|mother|boyfriend|"
        r"partner|uncle|carer|foster (?:mum|dad|carer)|staff|fella)\b"
        r"[^.!?]{0,40}\b"
        + HIT
        + r"\b[^.!?]{0,40}\b(?:me|him|her|us|them|my|baby|child|kids|brother|sister)\b|"
        r"\b(?:bruises?|marks?|lines|welts?|burns?|black eye|split lip|"
        r"hand ?prints?)\b[^.!?]{0,50}\b(?:legs?|arms?|face|neck|back|upper arm|thumb|belt|ribs)\b|"
        r"\bsplit lip\b|\bcouldn'?t breath\w*\b|\b(?:arm|arms) up (?:my|his|her) back\b|"
        r"\bput (?:there|their) hands on (?:me|him|her)\b|"
        r"\bhit (?:me|him|her|us) with\b|\bput (?:his|her) hands? (?:round|around|on) (?:my|her|"
        r"his) (?:neck|throat)\b",
    ),
    (
        "violence is going on",
        r"\b(?:screaming|screams|shouting|banging|smash(?:ed|ing)|thumping)\b[^.!?]{0,100}"
        + _SOON
        + r"|"
        + _SOON
        + r"[^.!?]{0,80}\b(?:screaming|shouting at (?:the|her|his)|banging|smashing)\b|"
        r"\bstop it stop it\b|\blocked (?:my|our)sel(?:f|ves)? (?:in|and)\b|"
        r"\bgone quiet\b|\bkick(?:ing|ed)? (?:the|my|our) door\b|\bchair (?:against|"
        r"under) (?:the|my|her) (?:door|handle)\b|"
        r"\bsleep in with my (?:little |baby )?(?:brother|sister)\b|\bwhen (?:she|you|"
        r"they)'?s? gone he\b|"
        r"\bcoming for (?:their|his) money\b",
    ),
    (
        "a child is missing",
        r"\b(?:gone|is|went|still|reported) missing\b[^.!?]{0,80}"
        + _SOON
        + r"|\bmissing since\b|\bnot (?:come|been) (?:home|back)\b[^.!?]{0,40}"
        + _SOON
        + r"|\b(?:ran|run) away\b[^.!?]{0,60}"
        + _SOON,
    ),
    (
        "help is begged for at once",
        r"\b(?:please|pls|plz|can|somebody|someone|some ?1|sum ?1|"
        r"someone who)\b[^.!?]{0,40}\b(?:send|come|ring|call|phone|help|needs? to (?:go|come|"
        r"know))\b[^.!?]{0,50}"
        r"\b(?:now|tonight|asap|urgent(?:ly)?|straight ?away|this minute|before it dies|"
        r"right away|today an[d]?)\b|"
        r"\bNOW not\b|\b999\b[^.!?]{0,60}\b(?:bother|rang|rung|ring|called|told|wait)|\b(?:rang|"
        r"called|rung|ring) (?:999|the police|101)\b[^.!?]{0,60}\b(?:wait|mins?|minutes|tonight|"
        r"now|try)\b|"
        r"\bgas (?:is off|leak\w*)\b|\bi'?m being kept in\b|\bcan'?t do (?:this|"
        r"it) another night\b|"
        r"\bwill have to leave (?:him|her|them) somewhere\b",
    ),
    (
        "a frightening adult is at hand or comes back soon",
        r"\b(?:chuck(?:ed|ing|s)?|threw|throw(?:n|ing|s)|launch(?:ed|ing)|swung|swing(?:ing|"
        r"s))\b[^.!?]{0,40}\bat (?:us|me|him|her|mum|my|the (?:kids|baby|wall))\b|"
        r"\block(?:ed|ing)? (?:\w+ )?(?:her|him|my|our|them)?(?:sel(?:f|ves) )?(?:in|"
        r"into)? ?(?:the |my |a )?(?:bath ?room|toilet|bed ?room|cupboard|shed|loo)\b|"
        r"\bhid(?:e|ing|den)? (?:in|under|behind|upstairs)\b|\b(?:still|he'?s|hes|she'?s|"
        r"is) (?:\w+ )?(?:down ?stairs|upstairs|in the house|outside)\b[^.!?]{0,40}\b(?:smash|"
        r"shout|scream|bang|drunk|kick|wait)\w*|"
        r"\b(?:out of|from|leav\w+|released?|gets? out|got out|"
        r"comes? out)\b[^.!?]{0,15}\b(?:prison|jail|custody)\b[^!?]{0,80}(?:"
        + _SOON
        + r"|\bad+ress)|\b(?:on my own|alone|left) with (?:him|her)\b[^!?]{0,60}(?:"
        + _SOON
        + r"|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day|\bagain\b)|\b(?:scared|frightened|"
        r"terrified|afraid|begg?\w*|cry\w*|refus\w*|asked?|"
        r"please)\b[^.!?]{0,50}\b(?:not )?(?:to )?(?:go(?:ing)? (?:home|back to (?:him|his|her|"
        r"dad|mum))|stay at school)\b[^!?]{0,60}(?:"
        + _SOON
        + r"|\bburn|\bbruis|\bmark)|\b(?:burns?|bruis\w*|marks?|finger ?prints?|hand ?prints?|"
        r"cuts)\b[^!?]{0,160}\b(?:stay at school|go(?:es|ing)? home|go(?:es|ing)? back|tonight|"
        r"says she fell|says he fell|not allowed to say|told not to (?:say|tell))\b",
    ),
    (
        "an adult comes to a child's bed or keeps secrets with a child",
        r"\b(?:sits?|sat|lies|lay|lays|gets?|got|comes?|came|climb\w*|"
        r"sleeps?)\b[^.!?]{0,15}\b(?:on|in|into) (?:my|her|his|their) bed\b[^!?]{0,80}|"
        r"\bwatch(?:es|ed|ing) (?:me|her|him) (?:in the (?:shower|bath)|get\w* (?:changed|"
        r"undressed|dressed)|undress|change|sleep|shower)\b|"
        r"\bkiss(?:ed|es|ing) me\b|\b(?:our|a|their) (?:little )?secret\b|\bmade me (?:touch|"
        r"watch|do (?:stuff|things)|take (?:off|my)|kiss)\b|"
        r"\b(?:videos?|pics?|pictures|photos|filmed|filming) (?:of )?me (?:naked|in (?:the|my)|"
        r"undress)\b|\bsleep(?:s|ing)? with (?:men|him for|them for)\b|"
        r"\bforced marriage\b|\bfgm\b|\b(?:marry|married|wedding)\b[^.!?]{0,60}\b(?:cousin|"
        r"abroad|pakistan|flight|don'?t want)\b",
    ),
    (
        "a small child may be without care at this moment",
        r"\b(?:baby|babys|toddler|little (?:one|boy|girl)|kids?|"
        r"children)\b[^!?]{0,100}\b(?:no ?(?:body|one) (?:answers?|answering|in|there|comes?)|"
        r"mums? (?:car|has) gone|unconscious|passed out|won'?t wake|wont wake|not waking|"
        r"off (?:her|his) face|collapsed|blue lips|not breathing|stopped breathing)\b|"
        r"\b(?:passed out|unconscious|won'?t wake(?: up)?|collapsed|"
        r"paralytic)\b[^!?]{0,100}\b(?:baby|kids?|children|toddler|little)\b|"
        r"\bbaby\b[^.!?]{0,50}\b(?:cry|bin cry|been cry)\w*[^!?]{0,80}\b(?:since|hours|"
        r"all (?:day|night))\b",
    ),
    (
        "somebody is asked to go there",
        r"\b(?:please|pls|plz|someone|somebody|can (?:you|someone)|you need to|who(?:'s|"
        r" is)?)\b[^.!?]{0,25}\b(?:go round|come round|go (?:and )?check|come (?:and )?get (?:me|"
        r"him|her|us|them)|get (?:me|us|her|him) out|welfare check)\b|"
        r"\bwho comes ?(?:\?|$)|\bwelfare check\b|\b(?:don'?t|do not|dont|plz dont|"
        r"please dont) (?:ring|call|phone|text) (?:the house|my (?:mum|dad|house)|home|mum|dad)\b|"
        r"\b(?:doesn'?t|dont|dosent|does ?nt) know i'?m (?:writing|doing|sending|on) (?:this)?\b|"
        r"\bstab(?:bed|bing)?\b[^.!?]{0,60}(?:"
        + _SOON
        + r"|\b(?:me|him|her|us)\b)|\bowes? (?:them|him|money|a debt)\b[^.!?]{0,60}\b(?:stab|"
        r"hurt|kill|come|batter)\w*",
    ),
    (
        "fire, restraint or cruelty is told",
        r"\b(?:pour\w*|with|can of) petrol\b|\bset (?:fire|light) to\b|"
        r"\b(?:burn|torch)(?:ing)? (?:the|our|my) (?:house|"
        r"flat|home)\b|\bacid\b|"
        r"\b(?:puts?|locks?|shuts?|keeps?|ti(?:es|ed)|chain(?:s|ed)|locked|shut|kept) "
        r"(?:me|him|her|us|them)\b[^.!?]{0,20}"
        r"\b(?:cupboard|cellar|shed|garage|radiator|cage|to the (?:bed|chair))\b|"
        r"\b(?:cold (?:bath|shower)|soap in (?:his|her|my) mouth|made (?:me|him|her) stand)\b|"
        r"\b(?:torn fr(?:a)?enulum|fractur\w+|skull|broken (?:rib|collar ?bone)|bleeding from|"
        r"shaken baby|"
        r"(?:goes|go) stiff|flinch\w*|cowers?)\b|"
        r"\b(?:sex offender|on the register|convicted of|just out for|schedule (?:1|"
        r"one))\b[^!?]{0,120}"
        r"\b(?:moved in|living|stay\w*|child\w*|kids?|baby|weekend)\b",
    ),
    (
        "an older person has a hold over a child",
        r"\bolder (?:boys|lads|men|man|girls?|boyfriend|guy|bloke)\b|\b(?:he'?s|hes|he is|"
        r"is) (?:like )?(?:2[0-9]|[3-6][0-9])\b"
        r"[^!?]{0,60}\b(?:boyfriend|room|girlfriend|together|mates|car)\b|"
        r"\b(?:gets|buys|gives) (?:me|her|him) (?:stuff|things|vapes?|weed|clothes|trainers|"
        r"phones?|money)\b|"
        r"\b(?:keep|kept)\b[^.!?]{0,40}\b(?:to (?:him|her|my|your)self|between us)\b|"
        r"\bsleepover\b[^.!?]{0,60}\b(?:man|leader|coach|himself|herself)\b|"
        r"\b(?:man|coach|leader|teacher)\b[^.!?]{0,80}\bsleepover\b|\b(?:airport|flight|"
        r"abroad)\b[^.!?]{0,80}\b(?:engaged|engagement|marr\w+|wedding|bride)\b|"
        r"\bwaiting (?:for (?:me|us|her|him) )?(?:at|outside|by) (?:the |my |her |"
        r"his )?(?:school|gates?|house|bus|flat|work)\b|\bgot ?no ?where else\b",
    ),
    (
        "a carer cannot keep a child safe at this moment",
        r"\b(?:slurr(?:ing|ed)|asleep on the (?:\w+ )?floor|been sick and|can'?t wake|"
        r"can not wake|won'?t get up|blackout|blacked out)\b|"
        r"\b(?:suction|oxygen|ventilator|feeding tube|epi-?pen|insulin|rescue med\w*|"
        r"midazolam)\b[^.!?]{0,40}\b(?:no|none|nobody|without|run out|didn'?t|don'?t have|off)\b|"
        r"\b(?:no|without|run out of|out of) (?:\w+ )?(?:suction|oxygen|epi-?pen|insulin|"
        r"midazolam|inhaler)\b|"
        r"\bfell asleep (?:driving|at the wheel|holding|with the baby)\b|"
        r"\bawake (?:for )?\d+ hours\b|\bnot slept (?:for|in) \d\b|"
        r"\b(?:he|she|son|daughter|lad|girl|boy)\b[^!?]{0,120}\b(?:midnight|phone is (?:off|in)|"
        r"not answering (?:his|her) phone|hasn'?t come (?:home|back))\b|"
        r"\b(?:the )?(?:boys|girls|kids|baby|children|twins) (?:are|is) in the bath\b",
    ),
)
