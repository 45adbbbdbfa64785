"""Hearing statements: frame, points, links to the draft, and nothing lost."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.participation.opening import lines_of, open_bytes
from jevn.participation.schemas import HEARING, HEARING_POINTS
from jevn.participation.statements import Statement, add_statement, read_statement, sender_type_of
from jevn.participation.statements.marks import is_courtesy, reference
from jevn.tables import read_table
from jevn.terms import InputRefused, UserError

LETTER = """\
Fabrikken velforening
v/ Anne Berg
Fabrikkveien 12
3040 Elvebyen

Elvebyen kommune
Postboks 100
3001 Elvebyen

Deres ref: 26/01234-5                    Elvebyen, 12. februar 2027

Høringsuttalelse til temaplan folkehelse

Vi viser til høringsbrev av 3. januar 2027 og takker for muligheten til å uttale oss.

Generelt
Vi er positive til planen. Den er lett å lese, men vi savner et tydeligere svar på
hvem som har ansvaret.

Til punkt 3.2 Bolig
Vi mener at kommunen må bygge flere utleieboliger på Fabrikken. Husleiene har steget
mye.

Det må også settes av penger til vedlikehold.

Ad kapittel 4
Vi ber om at:
- det settes opp lys langs elva
- gangveien strøs om
  vinteren

Tiltak T10: Møteplassen må være åpen i helgene.

Med vennlig hilsen
for Fabrikken velforening

Anne Berg
leder
tlf. 922 33 444

Vedlegg: Kart over gangveien
"""


def points(statement: Statement) -> list[tuple[str | None, str]]:
    return [(p.paragraph, p.text) for p in statement.points]


def reasons(statement: Statement) -> dict[int, str]:
    return {left.line: left.reason for left in statement.left_out}


def assert_nothing_lost(text: str, statement: Statement) -> None:
    """Every word of every line is in a point or among what was left out, in its place."""
    lines = {x.number: x.text for x in lines_of(text) if x.text.strip()}
    pointed = [n for p in statement.points for n in p.lines]
    left = [x.line for x in statement.left_out]
    assert sorted(pointed + left) == sorted(lines)
    for point in statement.points:
        joined = " ".join(lines[n] for n in point.lines)
        assert "".join(point.text.split()).replace("-", "") == "".join(joined.split()).replace(
            "-", ""
        )
    assert all(x.text == lines[x.line] for x in statement.left_out)


def test_a_letter_is_split_by_its_headings_lists_and_paragraphs() -> None:
    found = read_statement(LETTER)
    assert points(found) == [
        (
            None,
            "Vi er positive til planen. Den er lett å lese, men vi savner et tydeligere svar på"
            " hvem som har ansvaret.",
        ),
        (
            "3.2",
            "Vi mener at kommunen må bygge flere utleieboliger på Fabrikken. Husleiene har steget"
            " mye.\nDet må også settes av penger til vedlikehold.",
        ),
        ("4", "det settes opp lys langs elva"),
        ("4", "gangveien strøs om vinteren"),
        ("T10", "Tiltak T10: Møteplassen må være åpen i helgene."),
    ]
    assert_nothing_lost(LETTER, found)


def test_the_frame_of_a_letter_tells_sender_date_subject_and_case() -> None:
    found = read_statement(LETTER)
    assert (found.sender, found.sender_type) == ("Fabrikken velforening", "organisation")
    assert (found.date, found.case) == ("2027-02-12", "26/01234-5")
    assert found.subject == "Høringsuttalelse til temaplan folkehelse"
    told = reasons(found)
    assert (told[1], told[12], told[14], told[16]) == (
        "letterhead",
        "subject",
        "introduction",
        "heading",
    )
    assert (told[27], told[34], told[41]) == ("lead_in", "signature", "attachment")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Til punkt 3.2", ("3.2", True)),
        ("Ad kapittel 4 – Bolig", ("4", True)),
        ("Kommentarer til kap. 2.1:", ("2.1", True)),
        ("Merknad til pkt. 5: Dette må strykes.", ("5", False)),
        ("Tiltak T4: Vi ønsker flere.", ("T4", False)),
        ("M1.2 – Vi støtter målet.", ("M1.2", False)),
        ("§ 5 Bør endres.", ("§ 5", False)),
        ("Side 12: Tabellen mangler kilde.", ("side 12", False)),
        ("3.2 Bolig", ("3.2", True)),
        ("Til punkt 4.1: Bra.", ("4.1", False)),
        ("På side 12 står det feil.", None),
        ("Til dere i kommunen", None),
        ("2027 er et viktig år.", None),
        ("Del gjerne planen med oss.", None),
        ("Målet er godt.", None),
    ],
)
def test_parts_of_the_draft_are_recognised(line: str, found: tuple[str, bool] | None) -> None:
    assert reference(line) == found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Eldrerådet i Elvebyen kommune", "council"),
        ("Ungdomsrådet", "council"),
        ("Rådet for personer med funksjonsnedsettelse", "council"),
        ("Øvre Dalen nærutval", "council"),
        ("FAU ved Brusvika ungdomsskole", "organisation"),
        ("Elvebyen idrettsråd", "organisation"),
        ("Leieboerforeningen lokallag", "organisation"),
        ("Utdanningsforbundets klubb på Skogheim", "organisation"),
        ("Elvebyen Røde Kors", "organisation"),
        ("Elvebyen næringsforening", "business"),
        ("Dal Bygg AS", "business"),
        ("Statsforvalteren i Vestfold og Telemark", "public_body"),
        ("NAV Elvebyen", "public_body"),
        ("Nabokommunen Lierskog", "public_body"),
        ("Elvebyen Arbeiderparti", "politician"),
        ("Kari Nes", "person"),
        ("Else", "unknown"),
    ],
)
def test_the_kind_of_sender_is_told_by_the_name(name: str, kind: str) -> None:
    assert sender_type_of(name) == kind


def test_a_letter_in_nynorsk_with_numbered_points() -> None:
    text = """\
Til Elvebyen kommune

Fråsegn til folkehelseplanen

1. Vi støttar mål M2.
2. Vi føreslår eit nytt tiltak om
leksehjelp i alle soner.
3. Punkt 5.1 bør strykast.

Med venleg helsing
Øvre Dalen nærutval
"""
    found = read_statement(text)
    assert points(found) == [
        ("M2", "Vi støttar mål M2."),
        (None, "Vi føreslår eit nytt tiltak om leksehjelp i alle soner."),
        ("5.1", "Punkt 5.1 bør strykast."),
    ]
    assert (found.sender, found.sender_type) == ("Øvre Dalen nærutval", "council")
    assert_nothing_lost(text, found)


def test_a_private_letter_has_a_point_per_paragraph_and_tells_its_doubts() -> None:
    text = (
        "Hei!\n\nJeg vil ha lys langs elva.\n\n"
        "I tillegg ønsker jeg buss. Jeg savner også kafé.\n\nMvh Ola\n"
    )
    found = read_statement(text)
    assert [p.text for p in found.points] == [
        "Jeg vil ha lys langs elva.",
        "I tillegg ønsker jeg buss. Jeg savner også kafé.",
    ]
    assert (found.sender, found.sender_type) == ("Ola", "person")
    assert {(d.line, d.reason) for d in found.doubtful} == {
        (5, "perhaps_several"),
        (3, "sender_person"),
    }


def test_a_paragraph_between_numbered_points_goes_on_and_is_told() -> None:
    found = read_statement("1. Vi ber om lys.\n\nDet er mørkt der.\n\n2. Vi ber om buss.\n")
    assert [p.text for p in found.points] == [
        "Vi ber om lys.\nDet er mørkt der.",
        "Vi ber om buss.",
    ]
    assert (found.doubtful[0].line, found.doubtful[0].reason) == (3, "perhaps_own_point")


def test_a_single_sentence_is_one_point() -> None:
    found = read_statement("Bussen må gå oftere.")
    assert points(found) == [(None, "Bussen må gå oftere.")]
    assert found.sender is None
    assert [d.reason for d in found.doubtful] == ["sender_missing"]


@pytest.mark.parametrize(
    ("text", "points", "sender"),
    [
        (
            "Høringssvar fra Eldrerådet\n\nTil punkt 3.2: Flere boliger\nTil punkt 4.1: Bra.\n",
            [("3.2", "Til punkt 3.2: Flere boliger"), ("4.1", "Til punkt 4.1: Bra.")],
            "Eldrerådet",
        ),
        ("Hei, vi i FAU ønsker lys", [(None, "Hei, vi i FAU ønsker lys")], None),
        ("Vi har ingen merknader", [(None, "Vi har ingen merknader")], None),
        ("Innspill: flere benker", [(None, "Innspill: flere benker")], None),
        (
            "1. Vi ber om:\n- lys\n- buss\n2. Planen er for lang.\n",
            [(None, "Vi ber om:\nlys\nbuss"), (None, "Planen er for lang.")],
            None,
        ),
        (
            "Jeg vil ha en skatepark. Hilsen Nora",
            [(None, "Jeg vil ha en skatepark. Hilsen Nora")],
            "Nora",
        ),
        (
            "Solåsen vel har drøftet planen og har følgende uttalelse:\n\nPkt 1.2\nStøttes.\n\n"
            "For Solåsen vel\nPer Ås\nleder\n",
            [("1.2", "Støttes.")],
            "Solåsen vel",
        ),
        (
            "Fra: Kari Nes <k@x.no>\nEmne: Høring\n\nHei,\nPå side 12 står det feil.\n\nKari\n",
            [(None, "På side 12 står det feil.")],
            "Kari Nes",
        ),
    ],
)
def test_short_letters_are_read_as_people_write_them(
    text: str, points: list[tuple[str | None, str]], sender: str | None
) -> None:
    found = read_statement(text)
    assert [(p.paragraph, p.text) for p in found.points] == points
    assert found.sender == sender
    assert_nothing_lost(text, found)


def test_courtesy_that_also_asks_is_kept() -> None:
    assert is_courtesy("Vi viser til høringsbrev av 3. januar.")
    assert not is_courtesy("Vi takker for muligheten, og ber om at høringen utsettes.")
    only = read_statement("Vi viser til høring av planen og takker for invitasjonen.")
    assert len(only.points) == 1


def test_a_letter_that_says_nothing_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        read_statement("Hei!\n\nMed vennlig hilsen\nKari Nes\n")
    assert refused.value.id == "statement_empty"


def mail(body: str, attachment: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Elvebyen idrettsråd <post@idrett.example>"
    message["To"] = "postmottak@elvebyen.example"
    message["Subject"] = "Høringssvar folkehelseplan"
    message["Date"] = "Wed, 10 Feb 2027 09:00:00 +0100"
    message.set_content(body)
    if attachment is not None:
        message.add_attachment(attachment.encode(), "text", "plain", filename="svar.txt")
    return message.as_bytes()


def test_an_email_gives_sender_and_leaves_quoted_letters_out() -> None:
    body = (
        "Hei\n\nVi ber om tilskudd til lag.\n\nMvh\nPer Dal\nElvebyen idrettsråd\n\n"
        "> Dere inviteres til å uttale dere.\n"
    )
    found = read_statement(open_bytes(mail(body), "svar.eml"))
    assert [p.text for p in found.points] == ["Vi ber om tilskudd til lag."]
    assert (found.sender, found.sender_type) == ("Elvebyen idrettsråd", "organisation")
    assert (found.date, found.subject) == ("2027-02-10", "Høringssvar folkehelseplan")
    assert found.address == "post@idrett.example"
    assert "quoted" in {x.reason for x in found.left_out}


def test_an_email_with_the_statement_attached() -> None:
    sent = mail("Hei\n\nSe vedlagt uttalelse.\n\nMvh\nPer Dal\n", "Til punkt 2.1\nVi ber om lys.\n")
    assert points(read_statement(open_bytes(sent, "svar.eml"))) == [("2.1", "Vi ber om lys.")]


def test_a_form_in_a_word_file_gives_a_point_per_row(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Eldrerådet")
    document.add_paragraph("Høringsuttalelse til folkehelseplan")
    table = document.add_table(rows=0, cols=2)
    for cells in (
        ("Kapittel", "Kommentar"),
        ("3.2", "Flere omsorgsboliger."),
        ("T4", "Bra tiltak."),
    ):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    path = tmp_path / "skjema.docx"
    document.save(str(path))
    found = read_statement(path)
    assert points(found) == [
        ("3.2", "3.2 | Flere omsorgsboliger."),
        ("T4", "T4 | Bra tiltak."),
    ]
    assert (found.sender, found.sender_type) == ("Eldrerådet", "council")


ODD = ("", "", "Hei,", "1. Vi ber om lys.", "• buss", "Mvh Ola", "Vi ønsker", "> sitat", "a-", "b")
LINES = st.sampled_from([*LETTER.split("\n"), *ODD])


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=25))
def test_nothing_is_lost_whatever_the_order_of_the_lines(chosen: list[str]) -> None:
    text = "Vi ber om lys.\n" + "\n".join(chosen)
    found = read_statement(text)
    assert_nothing_lost(text, found)
    assert [p.point for p in found.points] == list(range(1, len(found.points) + 1))


def test_a_statement_is_added_once_with_its_points(tmp_path: Path) -> None:
    first = add_statement(tmp_path, read_statement(LETTER), recorder="arkivar")
    again = add_statement(tmp_path, read_statement(LETTER))
    assert (first.new, again.new, first.id == again.id) == (True, False, True)
    rows = read_table(tmp_path / "hearing.csv", HEARING).to_dicts()
    assert [(r["sender"], r["sender_type"], r["recorder"]) for r in rows] == [
        ("Fabrikken velforening", "organisation", "arkivar")
    ]
    split = read_table(tmp_path / "hearing_points.csv", HEARING_POINTS)
    assert split["point"].to_list() == [1, 2, 3, 4, 5]
    assert set(split["statement"]) == {first.id}


def test_rows_and_own_columns_of_the_folder_stay_as_they_are(tmp_path: Path) -> None:
    old = "id;avsendertype;avsender;tekst;x_saksmappe\nH-1;person;Kari Nes;Mer «lys»;26/17\n"
    (tmp_path / "hearing.csv").write_text(old, "utf-8")
    add_statement(tmp_path, read_statement(LETTER))
    lines = (tmp_path / "hearing.csv").read_text("utf-8").split("\n")
    assert lines[0].startswith("id;avsendertype;avsender;tekst;x_saksmappe")
    assert lines[1].startswith("H-1;person;Kari Nes;Mer «lys»;26/17")
    assert read_table(tmp_path / "hearing.csv", HEARING).height == 2


def test_a_statement_without_kind_of_sender_or_folder_is_refused_and_changes_nothing(
    tmp_path: Path,
) -> None:
    unknown = read_statement("Bussen må gå oftere.")
    with pytest.raises(InputRefused) as refused:
        add_statement(tmp_path, unknown)
    assert refused.value.id == "statement_sender_kind"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError):
        add_statement(tmp_path / "none", read_statement(LETTER))


def test_a_faulty_table_of_points_leaves_both_files_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "hearing_points.csv").write_text("statement,point,text\nH-1,null,A\n", "utf-8")
    with pytest.raises(InputRefused):
        add_statement(tmp_path, read_statement(LETTER))
    assert [p.name for p in tmp_path.iterdir()] == ["hearing_points.csv"]
