"""Wordings each of which is a welfare point to pass on today. Data for `classifier.risk_words`."""

from classifier.dangers import HIT

# Each of these is a welfare point that somebody should be told of today.
CONCERN: tuple[tuple[str, str], ...] = (
    (
        "a child may be hurt or neglected",
        r"\b(?:bruis\w*|neglect\w*|starv\w*|hungry|underweight|centile|filthy|unwashed|injur\w*|"
        r"unsafe|not safe|in danger|"
        r"smell(?:s|ed)? of (?:drink|alcohol|weed)|no food|sleeps? in (?:his|her|their) coat|"
        r"padlock|left alone|on their own|home alone|"
        r"seizures?|choked?|nearly (?:died|fell|hit)|restrain\w*|pinned)\b|\b"
        + HIT
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
