"""What a letter's wording may hold when it was written on a page: fields by name, "if" and "for".

Whoever writes wording is trusted with words and not with a program, so only these few things are
let through, and the parts that the law or safety puts into a letter stay in it.
"""

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from portal.correspondence.letters import FACTS
from portal.correspondence.own_wordings import FILTERS
from portal.council_values import TELLING
from portal.records.outbox_letter import LetterKind

LONGEST = 10_000
ALWAYS = frozenset({"council", "reference", "received_on", "track_url", "has_words"})
"""Fields that every letter has, besides its own."""
COUNCIL = frozenset(
    {
        "name", "mail.display_name", "mail.subject_update", "mail.subject_reply",
        "mail.subject_receipt", "contact.phone", "contact.phone_hours", "contact.out_of_hours",
        "contact.email", "ombudsman.name", "ombudsman.phone", "ombudsman.website",
        "ombudsman.about", "commissioner.name", "commissioner.phone", "commissioner.website",
        "commissioner.about", "plan_advice.name", "plan_advice.phone", "plan_advice.website",
        "plan_advice.about", "advocacy.name", "advocacy.phone",
    }
)  # fmt: skip
"""What may be said of the council."""
OF_EACH = frozenset(
    {
        "number", "text", "finding", "reasons", "agreed", "by", "what", "procedure_label",
        "stage_label", "points", "due_on", "promises", "next_step", "ask_by", "index",
        "opening", "apology",
    }
)  # fmt: skip
"""What may be said of each point, promise, part or answer."""
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter,
    nodes.If, nodes.For, nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And,
    nodes.Or, nodes.Test, nodes.Include,
)  # fmt: skip


def faults(kind: LetterKind, template: str, shipped: str) -> tuple[str, ...]:
    """Say in sentences what a wording may not be.

    Args:
        kind: which letter.
        template: as it was written.
        shipped: the wording that comes with the portal, whose parts and facts must stay.

    Returns:
        Nothing where it may be used, as far as its text tells.
    """
    if len(template) > LONGEST:
        return (f"It is longer than {LONGEST:,} characters. Shorten it.",)
    try:
        tree = _parser().parse(template)
    except TemplateSyntaxError as error:
        return (f"Line {error.lineno} cannot be read: {error.message}. Look at its brackets.",)
    return (
        *_of_subject(template, shipped),
        *_of_nodes(kind, tree),
        *_missing_parts(tree, _parser().parse(shipped)),
        *_missing_facts(kind, tree, _parser().parse(shipped)),
    )


def _of_subject(template: str, shipped: str) -> tuple[str, ...]:
    subject, _, body = template.strip().partition("\n")
    if not body.strip():
        return ("The first line is the subject. Write the letter below it.",)
    if subject == shipped.strip().partition("\n")[0]:
        return ()
    if told := TELLING.search(subject):
        return (f"The subject says “{told[0]}”, which tells a bystander what it is about.",)
    fields = subject.count("{{") - subject.count("{{ council.mail.")
    if fields or "{%" in subject:
        return ("The first line is the subject. Of the fields only council.mail… may stand in it.",)
    return ()


def _of_nodes(kind: LetterKind, tree: nodes.Template) -> tuple[str, ...]:
    known = {*FACTS[kind].needed, *FACTS[kind].may, *ALWAYS}
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    found: dict[str, None] = {}
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED):
            found[f"Line {node.lineno}: only fields, “if” and “for” are allowed."] = None
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            found[f"Line {node.lineno}: “{node.name}” is unknown. Use day or length."] = None
        elif isinstance(node, nodes.Name) and node.name not in known | own | {"loop"}:
            names = ", ".join(sorted(known))
            found[f"“{node.name}” is no field of this letter. It has {names}."] = None
        elif isinstance(node, nodes.Getattr) and not _may_name(node, own):
            found[f"Line {node.lineno}: “{_path(node)}” is no field of this letter."] = None
    return tuple(found)


def _may_name(node: nodes.Getattr, own: set[str]) -> bool:
    root, _, rest = _path(node).partition(".")
    if root == "council":
        # `council.mail` is met on the way to `council.mail.display_name`.
        return any(one == rest or one.startswith(f"{rest}.") for one in COUNCIL)
    return (root in own or root == "loop") and rest in OF_EACH


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "?"


def _missing_parts(tree: nodes.Template, shipped: nodes.Template) -> tuple[str, ...]:
    there, needed = _parts(tree), _parts(shipped)
    return (
        *(f'Keep {{% include "{name}" %}}: it must be in this letter.' for name in needed - there),
        *(f"There is no part “{name}” for this letter." for name in sorted(there - needed)),
    )


def _parts(tree: nodes.Template) -> set[str]:
    return {
        str(node.template.value) if isinstance(node.template, nodes.Const) else "?"
        for node in tree.find_all(nodes.Include)
    }


def _missing_facts(
    kind: LetterKind, tree: nodes.Template, shipped: nodes.Template
) -> tuple[str, ...]:
    """A fact that only one voice states may be left out in the other."""
    used, stated = (meta.find_undeclared_variables(one) for one in (tree, shipped))
    return tuple(
        f"It must state {name}: put {{{{ {name} }}}} where it belongs."
        for name in FACTS[kind].needed
        if name in stated - used
    )


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


@lru_cache
def _parser() -> Environment:
    made = Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    made.filters.update(dict.fromkeys(FILTERS, str))
    return made
