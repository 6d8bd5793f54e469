"""Small words of English, and of the languages that people here write most beside it: enough to
tell the one from the others, and no more. No word is in both lists: "on", "me" and "to" are words
of a dozen languages."""

ENGLISH = frozenset(
    """
    the and of that this these those it it's its i'm i've i'd i'll im ive my mine myself you
    your yours ur you're youre she her hers his him himself they them their theirs we us our
    ours who whose which what when where why how if then than because cos cus coz bcos bc but
    not never nothing nobody with without from for by about into over under after before again
    against until while since are were was be been being have has had having does did doing
    done don't dont didn't didnt doesn't doesnt can't cant cannot won't wont isn't isnt wasn't
    wasnt haven't havent hasn't hasnt aren't arent couldn't couldnt wouldn't wouldnt shouldn't
    would could should will shall may might must can just only very really too also even still
    yet more most much many some any every everyone everything all both each other another same
    such here there there's theres that's thats what's he's hes she's shes they're theyre we're
    we've they've let let's now today tomorrow yesterday yes ok okay please pls plz thank
    thanks thankyou sorry hello hey dear regards sincerely get gets got getting give gave given
    go goes going gone went come comes came coming gonna wanna gotta want wants wanted need
    needs needed know knows knew known think thinks thought say says said saying tell tells
    told telling ask asks asked asking see saw seen look looked looking make made making take
    takes took taken feel feels felt keep keeps kept like liked love loves hate help helped
    helping try trying tried call called calls phone phoned ring rang wait waited waiting write
    wrote written send sent heard hear speak spoke talk talked people person someone somebody
    anyone anybody no-one mum mums mum's dad dads dad's mother father parent parents child
    child's children children's kid kids sons daughter brother sister baby boy girl family
    friend friends grandson granddaughter school college teacher nursery home house flat room
    placement social worker workers worker's carer carers foster support council team office
    officer manager meeting meetings visit visits visited contact letter letters email emails
    report reports plan review complaint complain concern concerned court order decision day
    days week weeks month months year years time times morning night monday tuesday wednesday
    thursday friday last next first one two three four five six seven old new good bad great
    best better wrong right late long little lot lots back off out up down away around through
    between own ever always though thing things way something anything work working money bus
    taxi lunch food bed clothes shoes door aint innit idk tbh ppl nd wiv nuffin nothin wit thru
    tho
    """.split()
)

# Of languages that have letters with marks few words are needed: the letters tell as well.
_BY_LANGUAGE = {
    "Polish": (
        "nie jest sie ze jak ale moja moje mojego mojej mnie mam czy juz dla tylko przez przed"
        " bardzo prosze dziecko dziecka syn corka szkole szkoly przy jego ona oni nam nas wie"
        " byl byla bylo od jestem tego ktory ktora nikt kiedy gdzie dlaczego pani dzien dobry"
    ),
    "Romanian": (
        "nu este sunt cu pentru pe din mai fost mea meu noi copil copilul copiii fiul fiica"
        " nimeni acum foarte cand unde buna ziua va rog multumesc scoala asta lui"
    ),
    "Portuguese": (
        "que nao uma com por mas minha meus minhas ele ela eles foi esta estou isso muito filho"
        " filha filhos ninguem quando onde porque escola obrigado obrigada pelo pela um"
    ),
    "Spanish": (
        "una con para pero mis sus yo muy hijo hija nadie ellos fue desde hace cuando donde"
        " escuela gracias esto como hola el la los las"
    ),
    "French": (
        "je il elle nous vous ils sont et mais pas pour avec ma notre votre leur cette ces qui"
        " quand enfant enfants personne bonjour merci aussi depuis est dans"
    ),
    "Italian": (
        "gli che non di sono mio mia mie suo sua della nel hanno perche figlio figlia nessuno"
        " molto anche grazie"
    ),
    "German": (
        "der das und ist nicht ich sie wir ihr mein meine von zu ein eine einen auf haben hat"
        " aber niemand sehr bitte mit"
    ),
    "Dutch": "het een niet ik mijn zijn voor maar naar ook heeft onze",
    "Lithuanian": "ir yra mano vaikas kad su dukra niekas labai prie",
    "Albanian": "dhe nuk nje eshte te une djali vajza shkolla askush kur",
    "Turkish": "bir ve icin cok ama benim degil oglum kizim cocuk okul ile daha gibi",
    "Somali": (
        "waa iyo waxaan waxay waxa uu oo aan ayaa ayay ugu laakiin cidna ilmahayga wiilkayga"
        " gabadhayda wiilka guriga dugsiga marka sidoo kale ahay inay inuu igu isaga iyada"
        " fadlan mid weli lagu looma noo ku ka la"
    ),
    "Swahili": "kwa mtoto wangu yangu hakuna lakini sana shule kama hii",
    "Welsh": (
        "yn yr mae nid oedd wedi fy ei eu bod gan gyfer roedd ond hefyd sydd rwy rydw ddim mab"
        " merch ysgol plentyn cyn gyda wrth iddo iddi oes bydd ble pam fod hyn hwn ac ar"
    ),
    # Urdu and Arabic as they are typed in Latin letters.
    "Urdu": (
        "mera meri hai hain nahi nahin aur bhi yeh woh mujhe hum aap kya bachay beti liye raha"
        " rahi rahe koi karo mein ki ko ke"
    ),
    "Arabic": "ibni lam hatha ibnati madrasa",
}
OTHERS = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())
