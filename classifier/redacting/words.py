"""The words beside which a name stands, and those that are never one."""

TITLES = frozenset(
    """
    mr mrs ms miss mister messrs mx dr doctor prof professor sir dame lord lady rev reverend revd
    pastor imam rabbi father fr sister cllr councillor judge justice pc sgt dc dci ps col colonel
    capt captain major auntie aunty aunt uncle nan nana nanna nanny gran granny grandma grandad
    grandpa baby
    """.split()
)
# These are words of their own as well: what follows must look like a name.
DOUBTFUL_TITLES = TITLES - frozenset(
    "mr mrs ms mister messrs mx dr prof professor rev reverend revd cllr sgt dc dci fr".split()
)
RELATIONS = frozenset(
    """
    son sun daughter dorter boy boys girl girls lad lads lass child cheild children kids kid twin
    twins baby grandson grandsun granddaughter grandaughter grandchild grandchildren grandkids
    nephew niece neice cousin cousins brother sister bro sis stepson stepdaughter stepdad stepmum
    foster mum mom mam mother dad father nan husband wife partner ex boyfriend girlfriend friend
    frend mate neighbour neighbor neibor carer carers worker workers manager adviser advisor
    advocate officer teacher head headteacher driver escort chair iro sw pa ssw senco solicitor
    landlord boss interpreter tutor therapist nurse midwife clerk caseworker keyworker mentor lady
    man person constituent client resident neighbours mummy daddy granny grandma grandad nana
    youngest eldest oldest middle ones mrs missus hubby other our
    """.split()
)
NAMING = frozenset("called named name names namely aka alias nicknamed nickname".split())
GREETINGS = frozenset(
    "dear hi hello hiya hey heya attn fao to yo morning afternoon evening".split()
)
SIGN_OFFS = frozenset(
    """
    regards wishes sincerely faithfully thanks thank thankyou cheers love from by yours ta best
    yrs signed sincerly rgds respectfully truly thx tx
    """.split()
)
# After a name in the third person; seldom after "I hope", "we will" or "the summer".
FOLLOWS = frozenset(
    """
    is was isn't isnt wasn't wasnt has hasn't hasnt had hadn't hadnt does doesn't doesnt dosnt
    dosent did didn't didnt says said sed tells told asks asked wants wanted needs needed goes
    went gets got came comes rang rings calls called phoned texted emailed wrote writes lives
    lived attends attended starts started won't wont can't cant cannot couldn't couldnt wouldn't
    wouldnt never misses missed loves loved likes liked hates hated cries cried keeps kept takes
    took makes made gave gives thinks thought knows knew left stays stayed sleeps slept feels felt
    seems seemed bit hit helps helped works worked visited sat stood promised agreed refused
    turned arrived drove waits waited wept deserves met shouted screamed lied sent brought talked
    spoke explained listened gets who and who's whos
    """.split()
)
# After a word that is no name here: "will you", "hope this", "may I", "mark my words".
NOT_AFTER = frozenset(
    """
    you i we they someone somebody anyone anybody there this that these those it he she the my
    your our their his her its be not have never get go do need come always just also still only
    to for of on in at as a an so if all any some no nobody ring call send help take make give
    tell let keep probably ever even either then now you're youre ye them him us me me. off up out
    down holidays holiday
    """.split()
)
# Of these, the ones that only a person does.
PERSON_DOES = frozenset(
    """
    said says told tells asked asks wants wanted rang rings phoned texted emailed came went spoke
    wrote promised agreed refused shouted lied cried drove visited lives attends thinks knew knows
    talks loves hates sleeps
    """.split()
)
DETERMINERS = frozenset(
    """
    the a an this that these those no any some each every another last next such my his her our
    your their its whose only best new big real good great high full first second late early mid
    in of during since until by over all i we you they to more much what which too very by under
    he she it per on one two three four five six seven eight nine ten
    """.split()
)
SINGLE_AFTER = frozenset(
    """
    section part flat plan point block class form stage year yr grade hepatitis vitamin annex
    annexe appendix schedule group band category level unit room ward child person parent mother
    father mr school place zone option bus route team set
    """.split()
)
MONTHS = frozenset("may april june august march july".split())
MONTH_BEFORE = frozenset(
    """
    in on since last this next of by until till from early late mid end during before after and to
    every st nd rd th between or january february march april may june july august september
    october november december
    """.split()
)
PARTICLES = frozenset(
    """
    de du da di del della van von der den bin ibn al el ul st mc mac o ni ní nic ap ab la le dos
    abu
    """.split()
)
# A party's name may hold these; they say nothing about who it is.
NOT_A_NAME = TITLES | frozenset(
    """
    mum mums mummy mom mam mother dad father parent parents carer carers child children son
    daughter sister brother aunt uncle grandmother grandfather and of the or for to anonymous
    unknown none not given known foster social worker manager team council school family friend
    advocate jr snr junior senior mp obe mbe cbe jp esq young person myself self me
    """.split()
)
COUNTED = frozenset(
    "a an the this that these those no any some each every not at per much more".split()
)
# Spoken to, asked for, waited for: "spoke to meg", "tell rob".
TOWARDS = frozenset(
    """
    tell told telling ask asked asking ring rang phone phoned text texted email emailed meet met
    see saw thank thanks thanked visit visited remove blame blamed
    """.split()
)
ASKS = frozenset("did does has is was can could should would if when where why how what".split())
SPOKE = frozenset(
    """
    spoke speak spoken talk talked talking speaking listen listened lives live lived living went
    gone go goes belongs said wrote written married moved staying stayed sent gave given happened
    contact left reply heard hear call calls told letter text word message complaint sister
    brother mum dad mother father behalf
    """.split()
)
PLURAL = frozenset(
    """
    boys girls lads children kids twins grandchildren grandkids cousins carers workers neighbours
    ones parents our
    """.split()
)
# A word of an office's name, which may follow a person's: "Sarah Family Support Worker".
OFFICE = frozenset(
    """
    social family support team head manager officer senior complaints council early care service
    services school education health director duty first response children child young people
    fostering adoption advocacy advocate assistant access contact community county district
    customer customers friends colleague colleagues everyone feedback both all investigator year
    years reception junior nursery panel department office member ward board constituent
    university protection review reviewing independent transport youth court plan planning leaving
    occupational virtual
    """.split()
)
_OWN_WORDS = frozenset("st nd rd th i i'm i've i'd i'll im ive mine me my myself".split())
EVERYDAY = _OWN_WORDS | DETERMINERS | NOT_AFTER | FOLLOWS | SIGN_OFFS | GREETINGS
NO_NAME = EVERYDAY | TITLES
NOT_SIGNED = NOT_AFTER | TITLES | SIGN_OFFS
ROLES = TITLES | RELATIONS
NO_SURNAME = EVERYDAY | OFFICE | TITLES
