"""Short invented sentences: what people want, what officers ask, what people answer."""

WANTED = (
    "I want somebody to ring me and say what happens next.",
    "An apology, in writing, and the meeting that was promised.",
    "I would like this not to happen to the next family.",
    "For the visits to be on the days they are meant to be on.",
    "A new worker, or at least one that answers.",
    "Tell me who decided this and why.",
)
QUESTIONS = (
    "Thank you for telling us. Can you say on which days this happened, as far as you remember?",
    "We have asked the team manager to look at this. Is it still the same this week?",
    "Would it help you to talk to us? Tell us a time that is good for you.",
    "Is there somebody you would like with you when we meet?",
    "We want to be sure that we understood you. What matters most to you in this?",
)
REPLIES = (
    "It was the last three Tuesdays. I have it in my diary.",
    "Still the same. Nobody has rung.",
    "After four is good, not on Thursdays please.",
    "My aunt would come with me if that is allowed.",
    "What matters most is that somebody tells me before, not after.",
    "Thank you for getting back to me. That is better already.",
)
