"""Wordings that a person must read first, whatever the model thinks.

Recall comes before precision here: a false alarm costs an officer a minute. Nothing in this file
ever lowers a risk; the result is joined to the model's by taking the graver of the two.
"""

import re
from typing import NamedTuple

from portal.procedures.vocabulary import Risk


class Alarm(NamedTuple):
    """One wording that was found: how grave, why in plain words, and where."""

    risk: Risk
    reason: str
    start: int
    end: int


_SOON = (
    r"\b(?:now|tonight|tonite|2nite|right now|today|this (?:morning|afternoon|evening|minute)|"
    r"last (?:night|nite|nigt)|again last|tomorrow|tomoz|any ?more|at the moment|as i (?:type|"
    r"write)|"
    r"by \d{1,2}(?:[.:]\d\d)? ?(?:o'? ?clock|pm|am)|till they shut|this weekend|before \d)\b"
)
_CHILD = (
    r"(?:child|children|kids?|baby|babies|toddler|boys?|girls?|son|daughter|lad|lass|brother|"
    r"sister|grand(?:son|daughter|child)|twins|little (?:one|girl|boy)|he|she|they|me|him|her|them)"
)
_HIT = (
    r"(?:hit|hits|hitting|beat|beats|beaten|beating|batter\w*|punch\w*|kick\w*|slap\w*|thrown?|"
    r"threw|"
    r"strangl\w*|chok\w*|throttl\w*|burn(?:t|ed|s)|drag\w*|belt|shook|shak(?:es|ing)|headbutt\w*)"
)

# Each of these alone says that someone may come to harm.
_NOW: tuple[tuple[str, str], ...] = (
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
        + r")|\b(?:pulled|threatened|waving|holding|come|came)\b[^.!?]{0,40}\b(?:knife|machete|gun|blade)\b",
    ),
    (
        "a child is alone or without a carer",
        r"\b(?:kids?|child(?:ren)?|baby|toddlers?|boys?|girls?|"
        r"little ones?)\b[^.!?]{0,60}\b(?:home alone|left alone|"
        r"on (?:their|his|her) own|no adult|nobody with|by (?:themselves|himself|"
        r"herself))\b[^.!?]{0,80}"
        + _SOON
        + r"|\bno adult\b|\bleft (?:them|him|her|the (?:kids|baby|children)) (?:alone|on (?:their|his|her) own)\b",
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
        + _HIT
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
        + r"[^.!?]{0,80}\b(?:screaming|shouting at (?:the|her|his)|banging|smashing)\b|\bstop it stop it\b|\blocked (?:my|our)sel(?:f|ves)? (?:in|and)\b|"
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
        + r"|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day|\bagain\b)|\b(?:scared|frightened|terrified|afraid|begg?\w*|cry\w*|refus\w*|asked?|please)\b[^.!?]{0,50}\b(?:not )?(?:to )?(?:go(?:ing)? (?:home|back to (?:him|his|her|dad|mum))|stay at school)\b[^!?]{0,60}(?:"
        + _SOON
        + r"|\bburn|\bbruis|\bmark)|\b(?:burns?|bruis\w*|marks?|finger ?prints?|hand ?prints?|cuts)\b[^!?]{0,160}\b(?:stay at school|go(?:es|ing)? home|go(?:es|ing)? back|tonight|says she fell|says he fell|not allowed to say|told not to (?:say|tell))\b",
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
        + r"|\b(?:me|him|her|us)\b)|\bowes? (?:them|him|money|a debt)\b[^.!?]{0,60}\b(?:stab|hurt|kill|come|batter)\w*",
    ),
)

# Each of these is a welfare point that somebody should be told of today.
_CONCERN: tuple[tuple[str, str], ...] = (
    (
        "a child may be hurt or neglected",
        r"\b(?:bruis\w*|neglect\w*|starv\w*|hungry|underweight|centile|filthy|unwashed|injur\w*|"
        r"unsafe|not safe|in danger|"
        r"smell(?:s|ed)? of (?:drink|alcohol|weed)|no food|sleeps? in (?:his|her|their) coat|"
        r"padlock|left alone|on their own|home alone|"
        r"seizures?|choked?|nearly (?:died|fell|hit)|restrain\w*|pinned)\b|\b"
        + _HIT
        + r" (?:me|him|her|us|them|my)\b",
    ),
    (
        "domestic abuse or fear at home",
        r"\b(?:domestic (?:abuse|violence)|dv\b|violent|threaten\w*|scared of (?:him|her|my|the)|"
        r"frightened of|afraid of (?:him|her|my)|"
        r"controlling|coercive|non[- ]?mol\w*|refuge|stalk\w*)\b",
    ),
    (
        "exploitation or going missing",
        r"\b(?:exploit\w*|groom\w*|gang|missing|run(?:ning|s)? away|ran away|drugs?|dealing|"
        r"county lines|trainers i didn'?t buy)\b",
    ),
    (
        "the writer or a child is not coping",
        r"\b(?:breakdown|breaking point|can'?t cope|not coping|at (?:the end|my wits)|depress\w*|"
        r"panic attacks?|anxiety|crying every|cries every|"
        r"cry(?:ing)? myself|hearing voices|what'?s the point of me|can'?t sleep|throw(?:s|"
        r"ing)? up every|mental health|psychosis|sectioned|"
        r"wet(?:s|ting)? (?:my ?self|the bed|himself|herself)|no heating|no electric|food ?bank|"
        r"sleeping (?:on|in)|sofa[- ]surf\w*|evict\w*|homeless)\b",
    ),
    (
        "worry about someone who works with children",
        r"\b(?:coach|teacher|instructor|volunteer|leader|driver|escort|tutor|"
        r"taxi)\b[^.!?]{0,100}\b(?:messag\w+|snapchat|whatsapp|lifts?|secret|alone with|hits?|"
        r"touch\w*|shout\w*|front seat)\b",
    ),
)

_RULES: tuple[tuple[Risk, str, re.Pattern[str]], ...] = tuple(
    (risk, reason, re.compile(wording, re.IGNORECASE))
    for risk, rules in ((Risk.NOW, _NOW), (Risk.CONCERN, _CONCERN))
    for reason, wording in rules
)

# "No one was hurt" and "he never hit me" are not alarms; only words just before are looked at.
_DENIED = re.compile(
    r"\b(?:no|not|never|nobody|without|wasn'?t|isn'?t|hasn'?t|hadn'?t|don'?t think (?:he|she|they)|"
    r"nor|no longer|used to worry about)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# These say "not" as part of the alarm itself, so a denial before them is not looked for.
_DENIAL_PROOF = frozenset(
    {
        "speaks of not wanting to live",
        "help is begged for at once",
        "has nowhere to sleep",
        "a child is missing",
        "may be about to end their life",
        "somebody is asked to go there",
    }
)


def alarms(text: str) -> list[Alarm]:
    """Return the alarming wordings of a text, the gravest first, then in reading order.

    Args:
        text: the text; a typographic apostrophe is read as a plain one.
    """
    plain = text.replace("\u2019", "'")
    found = []
    for risk, reason, rule in _RULES:
        for match in rule.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            if reason in _DENIAL_PROOF or not _DENIED.search(before):
                found.append(Alarm(risk, reason, match.start(), match.end()))
                break
    return sorted(found, key=lambda alarm: (alarm.risk != Risk.NOW, alarm.start))
