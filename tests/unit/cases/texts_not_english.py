"""Invented texts for `test_not_english.py`: in other languages, and in English that looks odd."""

NOT_ENGLISH = {
    "Polish": (
        "Nazywam się Ewa i piszę w sprawie mojego syna. Szkoła nie odpowiada na moje listy od"
        " trzech miesięcy i nikt nie chce mi powiedzieć, kto się nim teraz opiekuje."
    ),
    "Polish without marks": (
        "dzien dobry moja corka nie chce isc do szkoly bo ona sie boi jednego pana prosze o kontakt"
    ),
    "Romanian": (
        "Bună ziua, mă numesc Ioana. Fiul meu nu a mai fost la școală de două săptămâni pentru"
        " că nimeni nu vine să îl ia dimineața. Vă rog să mă sunați."
    ),
    "Romanian without marks": (
        "copilul meu este singur acasa si nimeni nu vine de trei zile va rog ajutati cu mancare"
        " pentru el"
    ),
    "Urdu": "میری بیٹی کو اسکول نہیں لے جایا جا رہا اور کوئی ہماری بات نہیں سنتا۔",
    "Urdu in Latin letters": (
        "mera beta teen hafte se school nahi ja raha aur koi bhi phone nahi uthata hai mein"
        " bohat pareshan hoon"
    ),
    "Arabic": "ابني خائف ولا أحد يساعدنا",
    "Somali": (
        "Magacaygu waa Hodan. Ilmahayga waxaa laga qaaday guriga, cidna igama soo wicin, oo"
        " waxaan rabaa inaan ogaado halka uu joogo iyo goorta aan arki karo."
    ),
    "Somali, short": "wiilkayga wuu cabsanayaa mana doonayo inuu ku noqdo guriga fadlan i caawi",
    "Ukrainian": "Мій син боїться йти додому.",
    "Portuguese": (
        "Bom dia, o meu filho não vai à escola há três semanas porque ninguém vem buscá-lo de"
        " manhã. Já liguei muitas vezes e ninguém me responde."
    ),
    "Portuguese without marks": (
        "minha filha tem medo do homem que mora com ela e ninguem faz nada por favor liguem para"
        " mim"
    ),
    "Welsh": (
        "Mae fy mab yn aros am gludiant ers tair wythnos ac nid oes neb wedi ffonio yn ôl. Rwy'n"
        " poeni ei fod yn colli cymaint o'r ysgol."
    ),
    "Spanish": (
        "Mi hijo no va a la escuela desde hace tres semanas porque nadie viene a buscarlo por la"
        " mañana y ellos no contestan el teléfono."
    ),
    "French": (
        "Mon fils ne va plus à l'école depuis trois semaines parce que personne ne vient le"
        " chercher et vous ne répondez pas au téléphone."
    ),
    "German": (
        "mein sohn geht seit drei wochen nicht in die schule, weil ihn morgens niemand abholt"
        " und sie nicht ans telefon gehen"
    ),
    "Italian": (
        "Mio figlio non va a scuola da tre settimane perché nessuno viene a prenderlo e voi non"
        " rispondete al telefono."
    ),
    "Lithuanian": (
        "Mano sūnus jau tris savaites neina į mokyklą, nes niekas neatvažiuoja jo paimti, o jūs"
        " neatsiliepiate telefonu."
    ),
    "Turkish": (
        "oğlum üç haftadır okula gidemiyor çünkü sabahları kimse onu almaya gelmiyor ve siz"
        " telefona cevap vermiyorsunuz"
    ),
    "Albanian": (
        "djali im nuk shkon ne shkolle prej tre javesh sepse askush nuk vjen ta marre dhe ju nuk"
        " pergjigjeni ne telefon"
    ),
    "Kurdish": (
        "Kurê min sê hefte ne çûye dibistanê ji ber ku kes nayê ku wî bibe û hûn bersiva"
        " telefonê nadin."
    ),
    "Vietnamese": (
        "Con trai tôi đã không đến trường ba tuần nay vì không ai đến đón cháu vào buổi sáng và"
        " không ai trả lời điện thoại."
    ),
    "Hungarian": (
        "A fiam három hete nem jár iskolába, mert reggelente senki sem jön érte, és önök nem"
        " veszik fel a telefont."
    ),
    "Shona, of which no word is listed": (
        "mwana wangu haana kuenda kuchikoro kwemavhiki matatu nekuti hapana anouya kuzomutora"
        " mangwanani uye hamusi kudaira runhare zvachose ndapota ndibatsireiwo nekuti ndiri"
        " kunetseka"
    ),
    "Chinese": "帮帮我，我不想回家",
    "Bengali": "আমার ছেলেকে কেউ সাহায্য করছে না",
    "Tigrinya": "ወደይ ናብ ቤት ትምህርቲ ኣይከደን",
    "two letters of Chinese": "救命",
    "in capitals": "MOJA CORKA NIE CHCE ISC DO SZKOLY BO ONA SIE BOI JEDNEGO PANA",
    "a Polish part in an English letter": (
        "Please read the next part to my social worker, because I cannot write it in English and"
        " the interpreter has not come again this week. Mój syn mówi, że pan, który mieszka z"
        " nami, bije go wieczorem, kiedy jestem w pracy, i nie chce już wracać do domu ani iść"
        " do szkoły. Thank you for your help, I am waiting for your call."
    ),
    "with a notice that a mail program adds": (
        "Mój syn mówi, że pan, który mieszka z nami, bije go wieczorem, kiedy jestem w pracy, i"
        " nie chce już wracać do domu.\n\nThis email and any files with it are confidential and"
        " are for the person to whom they are addressed. If you are not that person please tell"
        " the sender and take it off your system."
    ),
    "an Arabic sentence in an English letter": (
        "My name is Samira and I write about my daughter. She told me this: لا أريد أن أعود إلى"
        " ذلك البيت لأن الرجل يضربني كل ليلة. Please call me soon, because I am worried about"
        " her and nobody has answered any of my letters since the summer."
    ),
}

ENGLISH = {
    "a teenager": (
        "nah cus she neva comes wen she sez she will n its well bare annoyin init man swear down"
        " dnt even bother askin no more"
    ),
    "a teenager, short": "my sw is peak bruv allow it fam she dont even reply",
    "no small words": "Social worker late again. Third time. Missed school meeting.",
    "misspelt": (
        "my dorter hasnt bin to skool for thre weaks becos the taxsi dosent turn up and noone"
        " awnsers the fone wen i ring"
    ),
    "dyslexic": (
        "i carnt reed the leter you sentt it is to lon and the wurds is to hrad for me plese"
        " ring insted"
    ),
    "English as a second language": (
        "i am mother of two boy. worker she come not. three time wait. school say no place."
        " please you help, my english is small"
    ),
    "names": (
        "Aleksandra Kowalczyk, Mihai Popescu, Siân Llewellyn, José da Silva, Zoë Müller, Ayaan"
        " Warsame, Łukasz Nowak, Nguyễn Thị Mai"
    ),
    "names in small letters": (
        "jayden, kyle, siobhan, tyler, mohammed, agnieszka, kacper, oluwaseun, zuzanna, precious"
    ),
    "places in Wales": (
        "We moved from Llanfairfechan to Penrhyndeudraeth, then Pontypridd and Ystradgynlais,"
        " and now they want to put us in Caerffili or Aberdâr."
    ),
    "an address in Wales": (
        "12 Heol y Bryn, Pen-y-groes, Llanelli, then 4 Ffordd Las, Rhosllannerchrugog"
    ),
    "quoted words": (
        "She said 'nie chcę iść do domu' and the worker wrote down that she was happy to go"
        " home. Nobody asked for an interpreter."
    ),
    "marks": (
        "My fiancée met her at the café. She was naïve to trust him and her résumé is not mine."
    ),
    "a Greek letter and a name": (
        "My name is Ελένη and I want to know who decided about my son Νίκος without asking me"
        " first, because nobody at the school was told either."
    ),
    "letters as phones decorate them": "𝓹𝓵𝓮𝓪𝓼𝓮 𝓽𝓮𝓵𝓵 𝓶𝔂 𝓼𝓸𝓬𝓲𝓪𝓵 𝔀𝓸𝓻𝓴𝓮𝓻 𝓘 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓼𝓮𝓮 𝓱𝓮𝓻",
    "pictures": "😭😭😭 why do u never come 💔💔",
    "a few words of Polish": "dziękuję bardzo za pomoc",
    "nothing": "",
    "signs": "???!!! 07700 900142 ... -- 12/3",
    "addresses": (
        "https://www.example.org/nie/jest/sie/ze/jak/ale kasia.nowak@poczta.example see this"
    ),
    "a list": (
        "bed, mattress, cot, buggy, high chair, steriliser, bottles, blankets, curtains, kettle"
    ),
    "keys": "asdf jkl asdf jkl asdf jkl asdf jkl asdf",
}
