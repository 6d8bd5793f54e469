"""Faults of a council's file: what is changed in the example, into what, and the sentence due."""

PLACE = 'area = "education", leadership = "EDU", first_day = 2012-01-01 }]\n\n[teams.admissions'
MOVE = '{ area = "safeguarding", leadership = "SSTS", first_day = 2024-05-01 }]'
MOVED = PLACE.replace("01 }]", "01, last_day = %s }, " + MOVE)

S1 = 'starts = "received"\nlength = 10\nmaximum = 20'
ACK_1 = 'acknowledge_1 = { starts = "received", length = 5 }\n'
CODE_FROM = 'track = "corporate"\nin_force_from = 2026-04-01'
HISTORIC = "in_force_to = 2026-03-31\nhistoric = true"

LEARNING = "[labels.category]"
PERIOD = '[[learning]]\nfirst_day = %s\nlast_day = %s\nagreed_by = "The board"\n\n'

STATUTORY_TIME = 'statutory_time = { number = %d, unit = "%s" }'
AFTER_1 = '  { at = "after_1", to = ["whoever_must_act", "manager"] },\n'
AFTER_3 = '  { at = "after_3", to = ["whoever_must_act", "manager", "head_of_service"] },\n'

NAMED = '[[leadership_names]]\ncode = "%s"\nname = "Children"\nfirst_day = %s\n\n'

FAULTS = {
    "a name for no leadership": (
        LEARNING,
        NAMED % ("ABC", "2020-01-01") + LEARNING,
        'leadership_names: "ABC" is not a leadership. Use SSTS, LACD, EDU, IID.',
    ),
    "two names on a day": (
        LEARNING,
        NAMED % ("EDU", "2020-01-01") + NAMED % ("EDU", "2021-01-01") + LEARNING,
        "leadership_names: EDU has two names on 2021-01-01.",
    ),
    "a tag that is no code": (
        'press = "The press has asked"',
        '"The Press" = "The press has asked"',
        'tags.The Press: "The Press" is not a code for a tag.',
    ),
    "learning ends before it begins": (
        LEARNING,
        PERIOD % ("2027-01-01", "2026-12-01") + LEARNING,
        "learning: the period from 2027-01-01 ends on 2026-12-01, before it begins",
    ),
    "learning twice on a day": (
        LEARNING,
        PERIOD % ("2027-01-01", "2027-03-01") + PERIOD % ("2027-03-01", "2027-04-01") + LEARNING,
        "learning: the periods from 2027-01-01 and from 2027-03-01 overlap",
    ),
    "learning that nobody agreed to": (
        LEARNING,
        "[[learning]]\nfirst_day = 2027-01-01\n\n" + LEARNING,
        "learning[0].agreed_by is missing. Add it.",
    ),
    "a duty list without hours": (
        "office_ends = 17:00:00",
        "office_ends = 08:00:00",
        "danger: office_begins must be before office_ends, on one day.",
    ),
    "an alert that is hardly ever repeated": (
        "repeat_minutes = 15",
        "repeat_minutes = 600",
        "danger.repeat_minutes: Input should be less than or equal to 120. Correct it.",
    ),
    "longer than the law": (S1, S1.replace("10", "21"), "stage_1.length is 21 working days, past"),
    "extended past the law": (S1, S1.replace("20", "30"), "stage_1.maximum is 30 working days"),
    "later than the law's event": (
        S1,
        S1.replace("received", "accepted"),
        "stage_1.starts is accepted, later than the received of regulation 14",
    ),
    "stage 2 from the statement": (
        'starts = "request"\nlength = 25\n',
        'starts = "statement_agreed"\nlength = 25\n',
        "stage_2.starts is statement_agreed, later than the request of regulation 17",
    ),
    "another unit": (S1, S1 + '\nunit = "months"', "stage_1 counts in months, but"),
    "a window too short": ('"known", length = 12', '"known", length = 6', "gives people 12 months"),
    "a window too early": (
        'make = { starts = "known"',
        'make = { starts = "grounds_arose"',
        "earlier than the known of paragraph 2.2",
    ),
    "a clock of the law left out": (
        'panel = { starts = "panel_request", length = 30 }\npanel_report = { starts = "panel_held",'
        ' length = 5, soft = true }\npanel_answer = { starts = "panel_report_received", length = 15'
        ', soft = true, tell = ["ombudsman"] }',
        "",
        "panel is missing: regulation 19(4) of SI 2006/1738",
    ),
    "historic in our time": (
        'code = "corporate-code"\ntrack = "corporate"\n',
        'code = "corporate-code"\ntrack = "corporate"\nhistoric = true\n',
        "historic is for what was done in the past",
    ),
    "past practice not marked": (
        HISTORIC,
        "in_force_to = 2026-03-31",
        "stage_1.starts is accepted",
    ),
    "profiles overlap": (
        CODE_FROM,
        CODE_FROM.replace("04-01", "03-01"),
        "corporate-to-2026-03 and corporate-code overlap on 2026-03-01",
    ),
    "profiles leave a gap": (
        CODE_FROM,
        CODE_FROM.replace("04-01", "05-01"),
        "profiles for corporate: nothing holds from 2026-04-01 to 2026-04-30",
    ),
    "profiles end": (
        CODE_FROM,
        CODE_FROM + "\nin_force_to = 2027-01-01",
        "nothing holds after 2027-01-01",
    ),
    "profiles begin late": (
        'track = "mp_enquiry"\nin_force_from = 2012',
        'track = "mp_enquiry"\nin_force_from = 2013',
        "profiles for mp_enquiry: nothing holds on 2012-01-01, up to 2013-01-01",
    ),
    "a profile ends first": (
        CODE_FROM,
        CODE_FROM + "\nin_force_to = 2026-01-01",
        "corporate-code ends on 2026-01-01, before it begins",
    ),
    "a code used twice": ('code = "corporate-code"', 'code = "ombudsman"', "is used twice"),
    "maximum below length": (S1, S1.replace("20", "9"), "stage_1.maximum is below its length"),
    "no reason to extend": (
        'extend_reasons = ["reason_in_writing"]\n',
        "",
        "stage_2 may be extended, but extend_reasons names no reason",
    ),
    "a cap that is no clock": (
        'start_no_later_than = "acknowledge_1"',
        'start_no_later_than = "panel"',
        "stage_1.start_no_later_than: panel must be another clock",
    ),
    "a cap on itself": (
        'start_no_later_than = "acknowledge_1"',
        'start_no_later_than = "stage_1"',
        "stage_1.start_no_later_than: stage_1 must be another clock",
    ),
    "reported without a clock": (
        "acknowledge_1 = [5]",
        "panel = [5]",
        "reported_against.panel has no clock",
    ),
    "an unknown event": (S1, S1.replace("received", "opened"), '"opened" is not known. Use one of'),
    "an unknown team": ("[teams.lado]", "[teams.lads]", '"lads" is not known. Use one of'),
    "a missing team": (
        '[teams.lado]\nlabel = "Team for worries about people who work with children"\n'
        'officer_label = "LADO Service"\nemail = "lado@staffordshire.example"\n'
        'membership = [{ area = "safeguarding", leadership = "SSTS", first_day = 2012-01-01 }]',
        "",
        "teams.lado is missing. Add it.",
    ),
    "a team's address that is none": (
        'email = "lado@staffordshire.example"',
        'email = "lado"',
        '"lado" is not an e-mail address',
    ),
    "an unknown area": (PLACE, PLACE.replace("education", "schools"), '"schools" is not known'),
    "an unknown leadership": (PLACE, PLACE.replace("EDU", "ESI"), '"ESI" is not a leadership'),
    "a team with no area for a while": (
        PLACE,
        MOVED % "2024-03-31",
        "teams.send.membership: nothing holds from 2024-04-01 to 2024-04-30",
    ),
    "a team with two areas on one day": (PLACE, MOVED % "2024-05-01", "overlap on 2024-05-01"),
    "a team with two areas": (PLACE, MOVED % "2024-05-31", "overlap on 2024-05-01"),
    "a team that begins late": (
        PLACE,
        PLACE.replace("2012-01-01", "2015-01-01"),
        "teams.send.membership: nothing holds on 2012-01-01, up to 2015-01-01",
    ),
    "not a colour": ('"#00407a"', '"navy"', 'brand_colour: "navy" is not a colour'),
    "a colour too light": ('"#00407a"', '"#ffdd00"', "white words cannot be read on #ffdd00"),
    "a missing key": ('service_name = "Heard"', "", "service_name is missing. Add it."),
    "a misspelt key": (
        'phone_hours = "',
        'phone_hour = "',
        "contact.phone_hour is not a key we know",
    ),
    "an empty text": ('name = "Feedback team"', 'name = ""', "mail.display_name is empty"),
    "a subject that tells": (
        '"We have your message"',
        '"Your complaint"',
        'mail.subject_receipt: "complain" tells a bystander',
    ),
    "a return line that tells": (
        "Return address: 1 Sample Street",
        "Children’s services, 1 Sample Street",
        'posting.return_line: "Child" tells a bystander',
    ),
    "a text that tells": (
        '"There is news for you.',
        '"There is news about your complaint.',
        'texts.words: "complain" tells a bystander',
    ),
    "a text that is too long": (
        '"There is news for you.',
        '"There is news for you. ' + "And more of it. " * 7,
        "texts.words is longer than 100 characters. Shorten it.",
    ),
    "posting within no time": ("within_days = 2", "within_days = 0", "posting.within_days: Input"),
    "posting that is not said": ("sends = true\n", "", "posting.sends is missing. Add it."),
    "initials in public": (
        'label = "Leaving care team"',
        'label = "LAC team"',
        "teams.throughcare.label: the public is never shown",
    ),
    "a missing label": ('policy = "the rule itself"\n', "", "labels.nature.policy is missing"),
    "an unknown label": ('policy = "', 'polity = "', "labels.nature.polity is not a code we know"),
    "an unknown table of labels": (
        "[labels.risk]",
        "[labels.risks]",
        "labels.risks is not a table",
    ),
    "a missing stage": (
        'stage_3 = "Stage 3: review panel"',
        "",
        "stages.statutory.stage_3 is missing",
    ),
    "a stage too many": (
        'answer = "Answer"\n',
        'answer = "Answer"\nstage_1 = "First"\n',
        "stages.mp_enquiry.stage_1 is not a stage of it",
    ),
    "a length of none": (S1, S1.replace("length = 10", "length = 0"), "stage_1.length: Input"),
    "people given less than the law": (
        STATUTORY_TIME % (1, "years"),
        STATUTORY_TIME % (11, "months"),
        "local_rules.statutory_time is 11 months, but SI 2006/1738 reg 9 gives people one year",
    ),
    "people given less than the Code": (
        "corporate_time = { number = 12,",
        "corporate_time = { number = 6,",
        "local_rules.corporate_time is 6 months, but Complaint Handling Code 2.2 gives people 12",
    ),
    "no time to come back": (
        '# come_back_within = { number = 1, unit = "years" }',
        'come_back_within = { number = 6, unit = "months" }',
        "local_rules.come_back_within is 6 months, but SI 2006/1738 reg 8 gives people one year",
    ),
    "a time to complain in days": (
        STATUTORY_TIME % (1, "years"),
        STATUTORY_TIME % (400, "days"),
        "local_rules.statutory_time is not in months or years. Change its unit.",
    ),
    "two times to complain": (
        'make = { starts = "known", length = 12',
        'make = { starts = "known", length = 18',
        "local_rules.corporate_time is 12 months, but corporate-code promises people 18 months",
    ),
    "a rung that is none": ('at = "before_3"', 'at = "soon"', '"soon" is no rung. Use half_way'),
    "a rung twice": ('at = "before_3"', 'at = "due"', 'chasing.ladder: "due" is there twice'),
    "rungs out of order": (
        'at = "after_3"',
        'at = "before_9"',
        "chasing.ladder is not in the order of its days",
    ),
    "nobody above learns of it": (
        AFTER_1,
        AFTER_1.replace(', "manager"', ""),
        "chasing.ladder after_1 goes to nobody above whoever must act",
    ),
    "a ladder that ends early": (
        AFTER_1 + AFTER_3,
        "",
        "chasing.ladder ends before a date is missed",
    ),
    "a rung to somebody unknown": (
        AFTER_3,
        AFTER_3.replace("head_of_service", "director"),
        '"director" is not known. Use one of',
    ),
    "no days before a holding letter": (
        "holding_days = 3",
        "holding_days = 0",
        "chasing.holding_days: Input should be greater than or equal to 1",
    ),
    "a kind without years": ("no_name = 1 ", "# ", "retention.years.no_name is missing. Add it."),
    "the Ombudsman's kept for less": (
        "ombudsman = 10",
        "ombudsman = 5",
        "retention.years.ombudsman is 5, but something that needs no longer time is kept for 6",
    ),
    "kept for no year": (
        "compliment = 2",
        "compliment = 0",
        "retention.years.compliment: Input should be greater than or equal to 1",
    ),
    "not TOML": ("[contact]", "[contact", "it is not TOML"),
}
