using NetworkGraph.Events.Interactions;


namespace NetworkGraph.Events.Tests.Interactions;

public class EntityRulesTests
{
    [Theory]
    [InlineData("ann.lee@example.org")]
    [InlineData("a0@corp.example")]
    [InlineData("norbert@example.org")]
    [InlineData("roomy.smith@example.org")]
    [InlineData("alistair@example.org")]
    [InlineData("ann")]
    [InlineData("@handle")]
    [InlineData("team/info@example.org")]
    [InlineData("https://www.linkedin.com/in/info")]
    [InlineData("abbot@example.org")]
    [InlineData("sales.smith@example.org")]
    public void A_person_is_what_nothing_speaks_against(string id)
    {
        EntityRules.Of(id).Kind.ShouldBe(EntityKind.Person);
        EntityRules.Of(id).Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("info@example.org", EntityKind.Role)]
    [InlineData("support+ticket7@example.org", EntityKind.Role)]
    [InlineData("support-eu@example.org", EntityKind.Role)]
    [InlineData("dev@lists.example", EntityKind.List)]
    [InlineData("numpy-discussion@python.org", EntityKind.List)]
    [InlineData("friends@googlegroups.com", EntityKind.List)]
    [InlineData("newsletter@example.org", EntityKind.List)]
    [InlineData("room-5@resource.calendar.example", EntityKind.Room)]
    [InlineData("c_18@resource.calendar.google.com", EntityKind.Room)]
    [InlineData("conf-room.2b@example.org", EntityKind.Room)]
    [InlineData("room-12@example.org", EntityKind.Room)]
    [InlineData("noreply@shop.example", EntityKind.Bot)]
    [InlineData("do-not-reply@example.org", EntityKind.Bot)]
    [InlineData("mailer-daemon@example.org", EntityKind.Bot)]
    [InlineData("bounces+17-x@example.org", EntityKind.Bot)]
    [InlineData("calendar-notification@google.com", EntityKind.Bot)]
    [InlineData("49699333+dependabot[bot]@users.noreply.github.com", EntityKind.Bot)]
    [InlineData("reply+abc@reply.github.com", EntityKind.Bot)]
    [InlineData("dependabot[bot]", EntityKind.Bot)]
    [InlineData("https://www.linkedin.com/company/acme", EntityKind.Organisation)]
    [InlineData("list:dev", EntityKind.List)]
    public void Addresses_say_what_they_are_by_convention(string id, EntityKind kind)
    {
        EntityRules.Of(id).Kind.ShouldBe(kind);
        EntityRules.Of(id).Reason.ShouldNotBeNullOrEmpty();
    }
}
