"""Seeded English feedback texts: one source of words for mail, tickets and the classifier."""

import random

FIRST = (
    "Anna Ben Carla Deniz Elif Farid Greta Hugo Ines Jonas Karin Liam Mara Nils Olga Pavel "
    "Quinn Rosa Samir Tessa Uwe Vera Wim Xenia Yusuf Zoe"
).split()
LAST = (
    "Abel Brandt Costa Demir Eriksen Fuchs Garcia Hoang Ivanova Jansen Kowalska Larsen Meyer "
    "Novak Okafor Petrov Quast Rossi Silva Tanaka Urban Vogel Weber Yilmaz Zimmer"
).split()
STREETS = (
    "Harbour Street,Mill Lane,Station Road,Chestnut Avenue,Old Market,Church Row,River Walk,"
    "Garden Close,Quarry Hill,North Bridge,Canal Side,Orchard Way"
).split(",")
WHEN = (
    "since Monday,for three weeks,every night,after the storm,since the road works ended,"
    "at least twice a week,this morning,since last autumn"
).split(",")

TOPICS = {
    "roads": (
        "pothole,kerb,zebra crossing,road surface,drain cover,traffic island",
        "is broken and cars swerve around it|has sunk by a hand's width|is a danger for cyclists|"
        "was patched last year and has opened again|fills with water whenever it rains",
    ),
    "lighting": (
        "street lamp,light at the bus stop,underpass light,lantern,floodlight",
        "is out|flickers all night|stays on during the day|hangs loose from its cable|"
        "shines straight into our bedroom",
    ),
    "waste": (
        "bin,recycling container,garden waste sack,bulky waste,glass bank",
        "has not been collected|is overflowing|was left open and foxes spread it about|"
        "was emptied at five in the morning|is missing from its place",
    ),
    "noise": (
        "leaf blower,night club,delivery yard,ventilation unit,building site",
        "keeps the whole block awake|runs outside the permitted hours|is louder than last year|"
        "can be heard with closed windows|starts before six",
    ),
    "parks": (
        "playground,bench,pond,dog meadow,tree",
        "needs repair|has been vandalised|is full of broken glass|has lost a large branch|"
        "is locked although the sign says it is open",
    ),
    "transport": (
        "bus line 14,tram stop,ticket machine,timetable board,night bus",
        "does not show the right times|was cancelled without notice|skips our stop|"
        "refused my card twice|is too crowded for a pram",
    ),
    "library": (
        "branch library,returns box,reading room,online catalogue,study desk",
        "was closed without notice|shows a book as lent that I returned|is too cold to sit in|"
        "signs me out after a minute|has no step-free entrance",
    ),
    "billing": (
        "parking permit,water bill,dog licence fee,nursery invoice,refund",
        "was charged twice|has the wrong address on it|arrived after the due date|"
        "has been pending without an answer|cannot be paid online",
    ),
    "planning": (
        "building notice,cycle lane plan,public hearing,zoning map,consultation form",
        "is not readable on a phone|leaves out our street|closes before we could read it|"
        "contradicts the earlier decision|needs a longer comment period",
    ),
    "praise": (
        "new crossing,help desk,repair crew,summer festival,swimming lesson",
        "was excellent|solved our problem within a day|made my mother very happy|"
        "is the best idea in years|deserves a thank you",
    ),
}
FILLER = (
    "I walk past it with my children on the way to school|"
    "Could you tell me who is responsible and when it will be looked at|"
    "I have already written about this and received no answer|"
    "Several neighbours have noticed the same and asked me to write|"
    "Please let me know if you need photographs or the exact position|"
    "I understand that staff are busy but somebody may get hurt|"
    "The nearest house number is {n} and the spot is easy to find|"
    "I am usually at home after six and can show a colleague around|"
    "If another department handles this kindly pass my message on|"
    "It was fine until the contractor changed in the spring|"
    "A short reply with a date would already help us a lot|"
    "Last time it took {n} days and then it came back within a week|"
    "An elderly resident nearly fell there and had to be helped up|"
    "The website sent me from page to page so I am writing instead"
).split("|")


class Text:
    """Makes texts."""

    def __init__(self, seed: int = 1) -> None:
        """Begin; the same seed gives the same texts."""
        self.rng = random.Random(seed)

    def person(self) -> tuple[str, str]:
        """A name and an address."""
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        return f"{first} {last}", f"{first}.{last}{self.rng.randrange(900)}@example.net".lower()

    def topic(self) -> str:
        """What a text is about."""
        return self.rng.choice(list(TOPICS))

    def subject(self, topic: str) -> str:
        """A subject line."""
        things, _ = TOPICS[topic]
        return f"{self.rng.choice(things.split(',')).capitalize()} in {self.rng.choice(STREETS)}"

    def sentence(self, topic: str) -> str:
        """One sentence."""
        r = self.rng
        if r.random() < 0.35:
            things, faults = TOPICS[topic]
            return (
                f"The {r.choice(things.split(','))} in {r.choice(STREETS)} "
                f"{r.choice(faults.split('|'))} {r.choice(WHEN)}."
            )
        return r.choice(FILLER).format(n=r.randrange(2, 180)) + "."

    def body(self, topic: str, words: int = 120) -> str:
        """One paragraph of about so many words."""
        out, count = [], 0
        while count < words:
            out.append(self.sentence(topic))
            count += len(out[-1].split())
        return " ".join(out)

    def paragraphs(self, topic: str, words: int = 120) -> str:
        """Several paragraphs."""
        parts, left = [], words
        while left > 0:
            n = min(left, self.rng.randrange(30, 70))
            parts.append(self.body(topic, n))
            left -= n
        return "\n\n".join(parts)
