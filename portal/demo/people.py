"""Invented people: names put together by chance, addresses and numbers that cannot be anybody's.

Mail addresses end in .example, postcodes begin with ZZ99, and the telephone numbers are of the
ranges that the regulator keeps for drama.
"""

import random
from dataclasses import dataclass

FIRST_NAMES = (
    "Aisha Alfie Amara Anita Bethan Callum Carys Chidi Daniel Dawn Elif Ellie Farah Finlay Gemma "
    "Grace Harpreet Imogen Ivan Jade Jayden Joanne Kacper Keira Kwame Layla Leon Lorraine Marcus "
    "Megan Mohammed Nadia Niamh Oliver Olivia Patrick Priya Rachel Ravi Rosa Samir Sian Tariq "
    "Tegan Tomasz Uzma Victor Wendy Yusuf Zara"
).split()
SURNAMES = (
    "Abbot Achebe Ainsley Barlow Begum Bielak Birchall Chaudhry Colclough Corfield Darwish Eardley "
    "Fairhurst Forrester Gallimore Ghosh Halloran Hambridge Iqbal Jessop Kaminski Kinsella Lovatt "
    "Machin Mellor Nwosu Okafor Ormerod Pattison Pemberly Quigley Rathbone Rowley Sandhu Sherratt "
    "Sidhu Tamworthy Tellwright Udall Vaughan Wardle Whitmore Yates Zielinska"
).split()
STREETS = (
    "Canal Row", "Sample Street", "Orchard Close", "Kiln Lane", "Meadow View", "Pottery Road",
    "Rectory Gardens", "Invented Avenue",
)  # fmt: skip
TOWNS = ("Stafford", "Leek", "Lichfield", "Burton", "Cannock", "Tamworth", "Rugeley", "Stone")
MAIL_DOMAINS = ("home.example", "post.example", "mail.example")


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    email: str
    phone: str
    address: str


def invent(chance: random.Random, name: str | None = None) -> Person:
    """Invent a person.

    Args:
        chance: decides.
        name: where a text is signed already.
    """
    name = name or f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"
    local = ".".join("".join(char for char in part if char.isalnum()) for part in name.split())
    number = chance.randrange(1000)
    return Person(
        name=name,
        email=f"{local.lower()}{number}@{chance.choice(MAIL_DOMAINS)}",
        phone=f"07700 900{number:03}",
        address=(
            f"{chance.randrange(1, 120)} {chance.choice(STREETS)}\n{chance.choice(TOWNS)}\n"
            f"ZZ99 {chance.randrange(1, 10)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRS')}"
        ),
    )


def invent_child(chance: random.Random, of: Person) -> str:
    """The name of a child with the surname of a grown-up."""
    return f"{chance.choice(FIRST_NAMES)} {of.name.split()[-1]}"
