"""What can be done, and how far somebody's right to do it can reach."""

from enum import StrEnum


class Act(StrEnum):
    """One thing that somebody signed in may be allowed to do. The first group concerns one matter,
    and is asked for that matter; the second concerns the portal."""

    READ = "read"
    OPEN_FILE = "open_file"
    DECIDE = "decide"
    # The second officer's part in a no; to a young person it is a manager's.
    AGREE_TO_NO = "agree_to_no"
    AGREE_TO_CHILDS_NO = "agree_to_childs_no"
    # That somebody near a young person is told what they said, without their yes.
    AGREE_TO_TELL = "agree_to_tell"
    # A letter past what the person said of reaching them: a manager's.
    AGREE_TO_CONTACT = "agree_to_contact"
    ACKNOWLEDGE = "acknowledge"
    WRITE = "write"
    # Open an alert of danger, and say what one did: whoever is on duty, past walls that would keep
    # them from the rest of the matter.
    TAKE_ALERT = "take_alert"
    GIVE_WORDS = "give_words"
    NAME_PERSONS = "name_persons"
    GRANT = "grant"
    SEE_WHO_LOOKED = "see_who_looked"
    FOLLOW = "follow"
    # What an advocate does for the young person, as far as they agreed to it.
    SPEAK_FOR = "speak_for"
    DECIDE_FOR = "decide_for"
    OPEN_THEIR_FILE = "open_their_file"
    READ_THEIR_LETTER = "read_their_letter"
    # Let an advocate in, and see who follows and by what agreement.
    ADMIT_ADVOCATES = "admit_advocates"
    # The procedure: everything an officer does in it, then what each of the others adds.
    CONDUCT = "conduct"
    ANSWER = "answer"
    # Sign a manager's answer before it goes, or send it back once.
    SIGN_ANSWER = "sign_answer"
    INVESTIGATE = "investigate"
    ADJUDICATE = "adjudicate"
    SIT = "sit"
    # Read the points, the dates and the papers that were chosen, in the one case one works in.
    SEE_PAPERS = "see_papers"
    # A request to see personal data: the request alone, nothing else of the matter.
    HANDLE_REQUEST = "handle_request"
    # Keep a matter past its time, or erase it: confirm, propose, agree.
    HOLD = "hold"
    ERASE = "erase"

    LIST = "list"
    LIST_REQUESTS = "list_requests"
    LIST_ASSIGNED = "list_assigned"
    # Work through the queue, one item after the other.
    WORK_QUEUE = "work_queue"
    ENTER = "enter"
    LOOK_AT_MAIL = "look_at_mail"
    SEND_POST = "send_post"
    # The register of those who investigate, watch and sit.
    KEEP_REGISTER = "keep_register"
    EXPORT = "export"
    BREAK_GLASS = "break_glass"
    SEE_SUGGESTION_FIGURES = "see_suggestion_figures"
    # The Monday view: what is open, late, refused and promised, of the cases one may open.
    SEE_MONDAY_VIEW = "see_monday_view"
    # The annual report: figures of a quarter and a team, the draft, and making it public.
    SEE_REPORT = "see_report"
    WRITE_REPORT = "write_report"
    PUBLISH_REPORT = "publish_report"
    REVIEW_GLASS = "review_glass"
    SET_DAYS_OFF = "set_days_off"
    SET_LETTERS = "set_letters"
    # How long what is kept, what goes next, and what went.
    SEE_RETENTION = "see_retention"
    READ_AUDIT = "read_audit"
    ADMINISTER = "administer"
    FOLLOW_LIST = "follow_list"
    LEAD_ADVOCATES = "lead_advocates"
    # One's own password, second factor and sign-ins: everybody's who signs in, and no role's.
    OWN_SIGN_IN = "own_sign_in"


MATTER_ACTS = frozenset(
    {
        Act.READ,
        Act.OPEN_FILE,
        Act.DECIDE,
        Act.AGREE_TO_NO,
        Act.AGREE_TO_CHILDS_NO,
        Act.AGREE_TO_TELL,
        Act.AGREE_TO_CONTACT,
        Act.ACKNOWLEDGE,
        Act.WRITE,
        Act.TAKE_ALERT,
        Act.GIVE_WORDS,
        Act.NAME_PERSONS,
        Act.GRANT,
        Act.SEE_WHO_LOOKED,
        Act.FOLLOW,
        Act.SPEAK_FOR,
        Act.DECIDE_FOR,
        Act.OPEN_THEIR_FILE,
        Act.READ_THEIR_LETTER,
        Act.ADMIT_ADVOCATES,
        Act.CONDUCT,
        Act.ANSWER,
        Act.SIGN_ANSWER,
        Act.INVESTIGATE,
        Act.ADJUDICATE,
        Act.SIT,
        Act.SEE_PAPERS,
        Act.HANDLE_REQUEST,
        Act.HOLD,
        Act.ERASE,
    }
)

# What is done as somebody whom the young person has let in.
FOLLOWING_ACTS = frozenset(
    {Act.FOLLOW, Act.SPEAK_FOR, Act.DECIDE_FOR, Act.OPEN_THEIR_FILE, Act.READ_THEIR_LETTER}
)


class Reach(StrEnum):
    """How far a right goes. Walls stand before all of them."""

    PORTAL = "portal"
    EVERY_MATTER = "every_matter"
    # Their teams', and what of other teams was given to them to answer.
    OWN_TEAMS = "own_teams"
    GIVEN = "given"
    IN_DANGER = "in_danger"
    # The same where a wall keeps the rest of the matter closed. Never to those whom it is about,
    # nor to those who report to them.
    ALERTED = "alerted"
    FOLLOWED = "followed"
    # An advocate follows it, and may do this as well.
    SPOKEN_FOR = "spoken_for"
    DECIDED_FOR = "decided_for"
    LETTERS_FOR = "letters_for"
    # Somebody asks in it to see what is held about them.
    DATA_ASKED = "data_asked"
    # The officer of the council's file, for matters about the complaints team or a head of service.
    DESIGNATED = "designated"
