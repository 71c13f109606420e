"""What the screen offers and says about a person's rights (P-01 to P-04, P-06)."""

from __future__ import annotations

from models.questions.people_pages import customer_facts, vpa_facts
from models.records.offers import for_customer, for_vpa
from models.tables.person import Access
from screens.detail.vpa import customer_lines, vpa_lines
from tests.support import office as lay
from tests.support.world import World


def test_the_menu_of_a_person_offers_their_rights_p_01() -> None:
    """Auskunft, restricting, asking for erasure; of one who is gone too."""
    wanted = ["person.report", "person.restrict", "person.unrestrict"]
    assert [offer.code for offer in for_vpa("V001", "Mira")][-4:] == [*wanted, "vpa.erase"]
    assert [offer.code for offer in for_vpa("V001", "Mira", gone=True)][-4:] == [*wanted, "vpa.erase"]
    assert [offer.code for offer in for_customer("K001", "Sommer")][-4:] == [*wanted, "customer.erase"]


def test_the_detail_says_that_nobody_works_on_them_p_03(office: World) -> None:
    """Since when and why, above everything else."""
    work = office.session().work()
    assert "eingeschränkt" not in "".join(vpa_lines(vpa_facts(work, "V001")))
    for option, key in (("--vpa", "V001"), ("--customer", "K001")):
        office.cli("person", "restrict", option, key, "--reason", "Widerspruch", as_="KIM").ok()
    assert vpa_lines(vpa_facts(work, "V001"))[0].startswith("Verarbeitung eingeschränkt seit")
    assert customer_lines(customer_facts(work, "K001"), work.today)[0].endswith("Widerspruch")


def test_a_detail_with_entries_is_an_opened_akte_p_06(office: World) -> None:
    """Once a day; not for who reads none of them, nor where there are none."""
    vpa_facts(office.session().work(), "V001")
    lay.entry(subject="vpa:V001", file="vpa_akte", situation="Ruhig")
    vpa_facts(office.session("KIM").work(), "V001")
    assert Access.select().count() == 0
    for _ in range(2):
        vpa_facts(office.session().work(), "V001")
    assert [(row.member, row.what, row.subject) for row in Access.select()] == [("TOM", "file", "vpa:V001")]
