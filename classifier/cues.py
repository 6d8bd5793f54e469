"""Expressions whose meaning a reader knows beforehand and few training texts can teach.

A cue is advice to the model, not a rule: it becomes one feature among many, with a learnt weight.
The reasons of `classifier.law` use the same cues, so that both read a text alike.
"""

import hashlib
import re

_WORDINGS: dict[str, str] = {
    # Who writes.
    "from_ombudsman": r"\bombudsman\b|\blgsco\b|local government and social care|"
    r"our (?:investigat\w+|enquir\w+|reference)\b.{0,80}\b(?:council|authority)",
    "from_mp": r"(?-i:\bM\.?P\b)|\bmember of parliament\b|\bmy constituent|\bconstituenc|"
    r"\bhouse of commons\b|\bat my surgery\b|\bmy surgery on\b|@parliament",
    "from_councillor": r"\bcllr\b|\bcouncillor\b|\bmy ward\b|\bward member\b|"
    r"\bresidents? of mine\b",
    "premature": r"\bpremature\b|\brefer(?:red|ring)? (?:it|this)? ?back\b|"
    r"\bfinal decision\b|\bdecision statement\b|\bdraft decision\b",
    "from_advocate": r"\b(?:an?|his|her|their|as|the) advocate\b|\badvocacy\b|\bcoram voice\b|"
    r"\bnyas\b",
    "from_solicitor": r"\bwe act for\b|\bour client\b|\bmy client\b|\binstructed by\b|"
    r"\bsolicitors?\b",
    "from_school": r"\bour pupil|\bthis pupil\b|\bhead ?teacher\b|"
    r"\bdesignated (?:safeguarding )?lead\b|"
    r"\bdsl\b|\bsenco\b|\bheadmistress\b",
    "from_health": r"\bhealth visitor\b|\bpaediatrician\b|\bward (?:sister|manager)\b|"
    r"\bgp surgery\b",
    "from_carer": r"\b(?:i|we|i'm|we're|i've|we've)\b[^.!?]{0,40}\bfoster(?: ?ing)?(?: ?(?:carer|"
    r"mum|dad|parent)s?)?\b|"
    r"\bfoster carers? here\b|\bour supervising social worker\b|\bmy supervising\b|"
    r"\bour fostering\b",
    "from_grandparent": r"\bmy grand(?:son|daughter|child|children|kids|bairn)|\b(?:nan|nana|nanna|"
    r"gran|granny|grandad|granddad|grandma|grandmother|grandfather)\b",
    "from_kin": r"\bmy (?:niece|nephew|sister's|brother's)|\bspecial guardian|\bsgo\b|"
    r"\bkinship\b|"
    r"\bconnected (?:person|carer)|\b(?:auntie?|uncle) (?:of|to)\b",
    "from_adopter": r"\bwe adopted\b|\bi adopted\b|\bour adopted\b|\badoptive (?:parent|mum|dad|"
    r"famil)",
    "says_parent": r"\b(?:i'?m|i am|as|being) (?:his|her|their|the|a) (?:birth )?"
    r"(?:mum|mom|mother|dad|father|parent)\b|"
    r"\b(?:me|i), (?:his|her|their) (?:mum|mother|dad|father|parent)\b|"
    r"\b(?:mum|mother|dad|father|parent) (?:of|to|here)\b|"
    r"\bmy (?:contact|visits?|family time) with\b|"
    r"\bparental responsibility\b",
    "from_mother": r"\bmy (?:son|daughter|lad|little (?:boy|girl|one)|boys?|girls?|kids?|children|"
    r"eldest|youngest|twins|two|three)\b",
    "from_child": r"\bmy (?:mum|dad|foster (?:mum|dad|carer)|social worker|sw|pa|key ?worker)\b|"
    r"\bi'?m (?:1[0-9]|[89]|2[0-4])\b|\bi am (?:1[0-9]|[89]|2[0-4])\b|\bage (?:1[0-7]|[89])\b",
    # What they want.
    "thanks": r"\bthank(?:s| ?you|ful)?\b|\bthanx\b|\bcheers\b|\bgrateful\b|\bappreciat",
    "praise": r"\bbrilliant\b|\bamazing\b|\bfantastic\b|\bwonderful\b|\blovely\b|\bcredit to\b|"
    r"\bcouldn'?t have\b|\ba star\b|\bdiamond\b|\blegend\b|\bexcellent\b|"
    r"\bnominate\b|\bpraise\b|"
    r"\bcompliment",
    "complains": r"\bcomplain\w*|\bnot good enough\b|\bdisgust\w*|\bdisgrace\w*|\bunacceptable\b|"
    r"\bashamed\b|\bfed up\b|\bappalled\b|\bappalling\b|\bstill (?:waiting|nothing|no|not)\b|"
    r"\bnobody\b|\bno one\b|\bignored\b|\bfailed\b|\blet down\b",
    "asks": r"\bcould you (?:please )?(?:tell|let|send|advise)|\bwho do i\b|\bhow (?:do|can|"
    r"would) (?:i|we)\b|"
    r"\bis it possible\b|\bplease (?:can|could)\b|\bcan (?:i|we|you)\b|\bdo (?:i|"
    r"we) need\b|\?\s*$",
    "suggests": r"\bsuggest(?:ion)?\b|\bwould it be (?:possible|an idea)\b|\bit would help if\b|"
    r"\bwhy not\b|\bhave you thought\b|\bidea\b",
    "just_asking": r"\bnot a complaint\b|\bnot complaining\b|\bjust (?:a question|asking|"
    r"wondering)|"
    r"\bnothing's? (?:has )?happened\b|\bwondering if\b",
    # Which part of the service.
    "plan": r"\behc ?(?:p|np|na)s?\b|\behc plan|\beducation,? health and care|"
    r"\bannual review\b|"
    r"\bsection [fbi]\b|\bsencos?\b|\bsen(?:d)? (?:team|officer|case)|"
    r"\bplan coordinator\b|\bkeyworker\b",
    "social_care_in_plan": r"\bsection (?:h|h1|h2|d)\b|\bH1\b|\bH2\b",
    "tribunal": r"\btribunal\b|\bmediation certificate\b|\bregistered appeal\b|\bsendist\b",
    "appeal": r"\bappeal(?:s|ed|ing)?\b",
    "school_place": r"\badmission|\bschool place\b|\bplace at\b|\bwaiting list\b|\bpreference|"
    r"\breception\b|"
    r"\bcatchment\b|\bin[- ]year\b|\byear 7 place\b",
    "transport": r"\btaxi\b|\bminibus\b|\bschool bus\b|\btransport\b|\bpassenger assistant\b|"
    r"\bescort\b|"
    r"\bbus pass\b|\bpick[- ]?up point\b",
    "home_education": r"\bhome[- ]?(?:ed|educat\w+|school\w*)\b|\belective\b|\bderegister|"
    r"\bunschool|"
    r"\bschool attendance order\b",
    "psychologist": r"\beducational psycholog|\bed psych\b|\bpsychologist\b|(?-i:\bEPs?\b)",
    "attendance": r"\battendance\b|\bewo\b|\btruan|\beducation welfare\b",
    "performance": r"\bchaperone|\bperformance licen|\bpanto\w*|\blicen[cs]e\b.{0,60}\b(?:show|"
    r"perform|film)|"
    r"\bwork permit\b|\bsaturday job\b|\bpaper round\b|\bbody of persons\b|\bbopa\b|"
    r"\bchild employment\b",
    "fine": r"\bpenalty notice|\bfined?\b|\bfixed penalty\b|\bterm[- ]time\b|£ ?(?:60|80|120|"
    r"160)\b",
    "tuition": r"\btuition\b|\btutors?\b|\bhome teach|\bmedical needs\b|\bexcluded\b|"
    r"\bout of school\b|"
    r"\bday six\b|\bsixth day\b|\bpru\b|\balternative provision\b",
    "equipment": r"\bhoist|\bramps?\b|\bstair ?lift\b|\bwet ?room\b|\bbath (?:seat|lift|board)\b|"
    r"\boccupational therap|(?-i:\bOTs?\b)|\badaptation|\bsling\b|\bgrab rail|"
    r"\bdfg\b|\bdisabled facilities\b|"
    r"\bspecialist (?:bed|seat|chair)|\bthrough[- ]floor\b",
    "short_breaks": r"\bshort breaks?\b|\brespite\b|\bdirect payments?\b|\bDPs?\b|\bovernights?\b|"
    r"\bdisabled children'?s team\b|\bdisabilit(?:y|ies) team\b",
    "leaving_care": r"\bleaving care\b|\bcare leaver|\bpathway plan|\bpersonal advis[eo]r|"
    r"\bmy pa\b|"
    r"(?-i:\bPAs?\b)|"
    r"\bsetting up home\b|\bstaying put\b|\bthroughcare\b|\b16\+|\baftercare\b",
    "adoption": r"\badopt\w*|\bletterbox\b|\basf\b|\bpost[- ]adoption\b|\blife story\b|"
    r"\bplacement order\b",
    "fostering": r"\bfoster(?:ing)? (?:panel|team|allowance|service|recruit)|\bform f\b|"
    r"\bconnected person|"
    r"\bsupervising social worker\b|\bspecial guardianship\b|\bsgo\b|"
    r"\bskills? (?:fee|payment)|\bviability\b",
    "in_care": r"\bin care\b|\blooked[- ]after\b|\bcare order\b|\bplacement\b|"
    r"\bfoster(?: ?(?:carer|mum|dad|home|"
    r"family|lady|placement))\b|\bcontact (?:centre|supervisor|session|worker)|"
    r"\bfamily time\b|\bsection 20\b|"
    r"\bs\.?20\b|\bchildren'?s home\b|\bsupervised contact\b|\blac\b",
    "proceedings": r"\bcourts?\b|\bjudge\b|\bhearing\b|\bproceedings\b|\bcafcass\b|"
    r"\bguardian ad litem\b|"
    r"\bmagistrates?\b|\bfinal hearing\b|\bbarrister\b",
    "in_need": r"\bchild(?:ren)? in need\b|\bcin\b|\bsection 17\b|\bs\.?17\b|"
    r"\bchild and family assessment\b|"
    r"\bassessment\b",
    "protection": r"\bchild protection\b|\bsection 47\b|\bs\.?47\b|\bstrategy meeting\b|"
    r"\bcp plan\b|\bregister\b",
    "conference": r"\bconference\b|\bchair(?:person|man|lady|woman)?\b|\breviewing officer\b|"
    r"\biro\b|\blac review\b",
    "front_door": r"\breferral|\breferred\b|\bfront door\b|\bmash\b|\bscreen(?:ed|ing)\b|"
    r"\bcontact centre\b|"
    r"\badvice line\b|\bfirst response\b|\bno further action\b|\bnfa\b",
    "out_of_hours": r"\bout[- ]of[- ]hours\b|\bemergency (?:duty|line|team|number)\b|\bedt\b|"
    r"\bnight (?:team|duty|worker|number|lady|man)\b|\b(?:bank holiday|"
    r"christmas (?:day|eve)|weekend) (?:duty|worker|team)",
    "allegations": r"\blado\b|\ballegation|\bdesignated officer\b|\bposition of trust\b",
    "youth_justice": r"\byouth (?:offending|justice|court)\b|\byot\b|\byos\b|\breferral order\b|"
    r"\breparation\b|"
    r"\bcaution\b|\bappropriate adult\b|\bcurfew\b|\btag\b|\bremand",
    "early_help": r"\bearly help\b|\bfamily (?:hub|support)\b|\bfamily (?:worker|practitioner)\b|"
    r"\bparenting (?:course|class|programme)|\btriple p\b|\bchildren'?s centre\b|"
    r"\byoung carers?\b",
    "edge_of_care": r"\bedge of care\b|\bintensive (?:team|worker|lot|lady|service|support|family)|"
    r"\bintensive prevention\b|\bfamily therapist\b|\bmst\b",
    "social_worker": r"\bsocial workers?\b|\bsw\b|\bsocial services\b",
    "no_social_worker": r"\bno social worker\b|\bnever had a social worker\b|"
    r"\bwithout a social worker\b",
    "not_children": r"\bbins?\b|\bpothole|\bcouncil tax\b|\bplanning (?:application|permission)\b|"
    r"\bparking\b|"
    r"\brefuse\b|\blibrar(?:y|ies)\b|\bhousing (?:officer|benefit|list)\b|"
    r"\badult social care\b|\bblue badge\b",
    # What kind of wrong, and when.
    "data": r"\bsubject access\b|\bsar\b|\bdata (?:breach|protection)\b|\bgdpr\b|"
    r"\bmy (?:file|records)\b|"
    r"\bredact|\bfreedom of information\b|\bfoi\b|\bwrong (?:address|email)\b|"
    r"\bico\b|\binaccura",
    "unanswered": r"\b(?:calls?|emails?|e-mails?|messages?|letters?|voicemails?)\b.{0,40}\b(?:not|"
    r"never|un|no)\w*|"
    r"\bring(?:s|ing)? (?:me )?back\b|\bno reply\b|\bnever (?:rings?|calls?|replies|"
    r"replied|answers?)\b",
    "rude": r"\brude\b|\blaughed\b|\brolled (?:her|his) eyes\b|\bsmirk|\btone\b|"
    r"\bspoke to (?:me|us) like\b|"
    r"\bpatronis|\bunprofessional\b|\bbias|\bjudg(?:ed|ing|mental)|\bsneer",
    "rule": r"\bpolicy\b|\bpolicies\b|\bthe rules?\b|\bcriteria\b|\bthreshold\b",
    "long_ago": r"\b(?:19[5-9]\d|20(?:0\d|1\d|20|21))\b|\b(?:years|yrs) ago\b",
    "school_staff": r"\b(?:head ?teacher|the head|teacher|school)\b.{0,40}\b(?:refus|said|says|"
    r"won'?t|bull|exclud)",
}

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(wording, re.DOTALL | re.IGNORECASE) for name, wording in _WORDINGS.items()
}


CUES_HASH = hashlib.sha256(repr(sorted(_WORDINGS.items())).encode()).hexdigest()[:12]
"""A short checksum of names and wordings: a model fits only the cues that it learnt with."""


def cues_in(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return the cues that a text holds, each with the places where it stands."""
    found = {name: [match.span() for match in cue.finditer(text)] for name, cue in CUES.items()}
    return {name: spans for name, spans in found.items() if spans}
