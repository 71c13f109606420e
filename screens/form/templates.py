"""The Chatvorlage that fits what a form is about, ready to be adapted (K-22, K-23, K-29)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from models.care.assignment.sources import sales_texts, sources_with_something
from models.care.letters.templates import fill_for
from models.ground import clock
from models.ground.errors import SchichtError
from models.playbook import first_name, playbook
from models.playbook.entries import placeholder_word
from models.shared.entry_rules import may_read
from models.tables.people import Customer, Vpa
from screens.form.model import FormModel
from screens.form.spec import Values

FIELD = "text"
"""The field that a template fills."""

_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")


def ready_template(model: FormModel) -> str:
    """The Chatvorlage that F2 puts in, filled as far as possible; empty where there is none. In a thread."""
    if not model.action.keeps_letter:
        return ""
    with model.session.store.connected():
        work = model.session.work()
        try:
            return in_words(str(fill_for(work, *model.build({})[0].letter(work))["text"]))
        except SchichtError:
            return ""  # it cannot be filled here, or the request has gone: the text is the member's own


def template_key(model: FormModel, values: Values) -> tuple[Any, ...]:
    """What the template depends on: another key means another text."""
    customer = model.deed.values.get("customer") or values.get("customer")
    return (model.deed.code, customer, values.get("kind"), values.get("vpa"), values.get("deadline"))


def template_text(model: FormModel, values: Values) -> str:
    """The filled text; empty where the customer or the kind is not known yet. In a thread."""
    named = str(values.get("vpa") or "").strip()
    if named:
        model.called.candidates("vpa", named)  # here, because the note below the field may find them only later
    with model.session.store.connected():
        work = model.session.work()
        code, subject = model.build(values)[0].letter(work)
        if not code:
            return ""
        try:
            text = str(fill_for(work, code, subject)["text"])
        except SchichtError:
            return ""
        vpa = work.find(Vpa, model.called.key("vpa", named))
        known = {"frist": _deadline(values, work.today), "vorname": first_name(vpa.name) if vpa is not None else ""}
        return in_words(put_in(text, known))


def _deadline(values: Values, today: dt.date) -> str:
    """The Frist of the form in words; empty where it means no day yet."""
    try:
        return clock.german_date(clock.spoken_date(str(values.get("deadline") or ""), today))
    except ValueError:
        return ""


def open_placeholders(text: str) -> dict[str, str]:
    """Name and meaning of what a text still leaves open, in its order (K-23)."""
    known, names = playbook().placeholders, _names()
    return {names[word]: known[names[word]] for word in _BRACKETS.findall(text) if word in names}


def put_in(text: str, answers: Mapping[str, str]) -> str:
    """The text with these placeholders replaced, wherever they stand; empty answers leave theirs open."""
    names = _names()
    return _BRACKETS.sub(lambda found: answers.get(names.get(found[1], "")) or found[0], text)


def in_words(text: str) -> str:
    """What is left open as a German word, `[Termin]`: what a member reads and types over."""
    return put_in(text, {name: f"[{placeholder_word(name)}]" for name in playbook().placeholders})


def _names() -> dict[str, str]:
    """Names of placeholders by both ways in which a text holds them: `termin` and `Termin`."""
    known = playbook().placeholders
    return {placeholder_word(name): name for name in known} | {name: name for name in known}


def sources_text(model: FormModel, values: Values) -> str:
    """What Wizard and Sales have said about a customer, to be read before it is ticked (K-05, K-24). In a thread."""
    named = str(values.get("customer") or "").strip()
    if named:
        model.called.candidates("customer", named)  # here, because the note below the field may find them only later
    with model.session.store.connected():
        work = model.session.work()
        customer = work.find(Customer, model.build(values)[0].served(work))
        if customer is None:
            return ""
        sales = sales_texts(customer.id) if may_read(work.member, "oteam") else ["nur für Mitglieder, die sie lesen"]
        told = {"wizard": customer.wizard or "", "sales": "\n".join(sales)}
        said = [
            f"{playbook().label('source', source)}: {told[source].strip()}"
            for source in sources_with_something(customer)
        ]
    return "\n".join(said) or "Wizard und Sales haben nichts hinterlassen."
