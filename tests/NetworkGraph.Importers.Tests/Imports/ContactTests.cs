using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Tests.Imports;

public class ContactTests
{
    [Fact]
    public void Cards_of_all_versions_give_their_expected_profiles()
    {
        var cards = Importing.Sample("vcard/contacts.vcf");

        cards.Interactions.ShouldBeEmpty();
        cards.Profiles.Select(p => (p.Id, p.Name, p.Organisation, p.Role)).ShouldBe(
        [
            ("ana@nunez.example", "Ana Sofía Núñez", "Globex", "CEO"),
            ("jonasfeld@gmail.com", "Jonas Feld", "Acme, Inc.", null),
            ("li.wei@initech.example", "Li Wei 李伟", "Initech", "Buyer"),
        ]);
        cards.Profiles[1].Tags.ShouldBe(["Conference, 2025", "Board"]);
        cards.SamePeople.Where(s => s.Id == "jonasfeld@gmail.com").Select(s => s.Other).ShouldBe(
            ["jonas.feld@acme.example", "https://www.linkedin.com/in/jonas-feld"]);
        cards.SamePeople.Where(s => s.Id == "li.wei@initech.example").Select(s => s.Other).ShouldContain("old.li.wei@initech.example");
        cards.SamePeople.ShouldAllBe(s => s.Evidence == SamePerson.SameCard);
        cards.LeftOut[LeftOutReasons.Group].ShouldBe(2);
    }

    [Fact]
    public void Cards_of_many_programs_are_read()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Importing.Samples, "vcard"), "*.vcf"))
        {
            using var source = Sources.ImportSource.Open(file);
            var cards = Importing.Import(source, null, null);
            cards.Formats.ShouldBe(["vcard"], file);
            cards.Rejected.ShouldAllBe(line => line.Field == "EMAIL", file);
            (cards.Profiles.Count + cards.LeftOut.Values.Sum()).ShouldBeGreaterThan(0, file);
        }
    }

    [Fact]
    public void An_address_on_two_cards_joins_no_one()
    {
        var cards = Importing.Text(
            "in.vcf", Card("Ann", "ann@x.example", "+49 30 123456") + Card("Bob", "bob@x.example", "+49 (0)30 123456"));

        cards.Profiles.Count.ShouldBe(2);
        cards.SamePeople.ShouldBeEmpty();
    }

    [Fact]
    public void Google_contacts_have_several_values_in_a_cell()
    {
        var contacts = Importing.Sample("csv/google-contacts.csv");

        contacts.Formats.ShouldBe(["contacts-csv"]);
        var jonas = contacts.Profiles.ShouldHaveSingleItem();
        (jonas.Id, jonas.Name, jonas.Organisation, jonas.Role).ShouldBe(("jonas.feld@acme.example", "Jonas Feld", "Acme", "CTO"));
        jonas.Tags.ShouldBe(["Conference"]);
        contacts.SamePeople.Select(s => s.Other).ShouldBe(["second@acme.example", "home@x.example"]);
    }

    [Fact]
    public void Outlook_contacts_are_in_Windows_1252_and_Exchange_addresses_are_refused()
    {
        var contacts = Importing.Sample("csv/outlook-contacts.csv");

        var ana = contacts.Profiles.ShouldHaveSingleItem();
        (ana.Id, ana.Name).ShouldBe(("ana@nunez.example", "Ana Núñez"));
        ana.Tags.ShouldBe(["Red", "VIP"]);
        var refused = contacts.Rejected.ShouldHaveSingleItem();
        (refused.Line, refused.Field).ShouldBe((3, "E-mail Address"));
    }

    [Fact]
    public void Old_google_headings_and_localised_outlook_headings_are_known()
    {
        Importing.Text("c.csv",
            "Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value\nAnn,Lee,* myContacts ::: Choir,* "
            + "Home,ann@x.example\n").Profiles.ShouldHaveSingleItem().Tags.ShouldBe(["Choir"]);
        var german = Importing.Text(
            "c.csv", "Vorname;Nachname;Firma;Position;E-Mail-Adresse\nZoë;Groß;Acme GmbH;Leiterin;zoe@x.example\n")
            .Profiles.ShouldHaveSingleItem();
        (german.Name, german.Organisation, german.Role).ShouldBe(("Zoë Groß", "Acme GmbH", "Leiterin"));
    }

    private static string Card(string name, string address, string number) =>
        $"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{address}\nTEL:{number}\nEND:VCARD\n";
}
