using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// Recognises from a canonical id alone whether it is a person's. Only what an address says by convention decides; what is
/// merely likely is for a profile to say. The reason is part of the answer, so that a wrong guess can be understood and set right.
/// </summary>
public static partial class EntityRules
{
    private static readonly FrozenSet<string> s_roles = FrozenSet.Create(StringComparer.Ordinal,
        "abuse", "accounting", "accounts", "admin", "administrator", "billing", "booking", "bookings", "buero", "careers", "contact",
            "customercare",
        "customerservice", "enquiries", "events", "feedback", "finance", "hello", "help", "helpdesk", "hostmaster", "hr", "info",
            "inquiries", "invoices",
        "it", "jobs", "kontakt", "legal", "mail", "marketing", "media", "office", "orders", "postmaster", "press", "privacy", "reception",
            "recruiting",
        "reservations", "sales", "secretary", "security", "service", "services", "support", "team", "webmaster");

    private static readonly FrozenSet<string> s_lists = FrozenSet.Create(StringComparer.Ordinal,
        "all", "all-hands", "all-staff", "announce", "everybody", "everyone", "list", "majordomo", "news", "newsletter",
            "undisclosed-recipients");

    private static readonly FrozenSet<string> s_bots = FrozenSet.Create(StringComparer.Ordinal,
        "alert", "alerts", "auto-reply", "autoreply", "bounce", "bounces", "bot", "cron", "daemon", "donotreply", "mailer-daemon",
            "no-reply", "noreply",
        "notification", "notifications", "notify", "robot", "unknownorganizer");

    private static readonly (string Prefix, EntityKind Kind)[] s_named =
        [("list:", EntityKind.List), ("room:", EntityKind.Room), ("bot:", EntityKind.Bot), ("organisation:", EntityKind.Organisation)];

    private static readonly (string Start, EntityKind Kind)[] s_pages =
    [
        ("https://www.linkedin.com/company/", EntityKind.Organisation), ("https://www.linkedin.com/school/", EntityKind.Organisation),
        ("https://www.linkedin.com/showcase/", EntityKind.Organisation), ("https://github.com/apps/", EntityKind.Bot),
    ];

    /// <summary>What the id is, and what says so; a person, without a reason, where nothing speaks against it.</summary>
    public static (EntityKind Kind, string? Reason) Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase)) return (EntityKind.Bot, "the id ends in [bot]");
        foreach (var (prefix, kind) in s_named)
            if (id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.Ordinal)) return (kind, $"the id begins with {prefix}");
        if (id.StartsWith("https://", StringComparison.Ordinal)) return OfPage(id);
        var at = id.IndexOf('@', StringComparison.Ordinal);
        return at <= 0 || at == id.Length - 1 || id.LastIndexOf('@') != at || id.Contains('/', StringComparison.Ordinal)
            ? (EntityKind.Person, null)
            : OfAddress(id[..at], id[(at + 1)..]);
    }

    private static (EntityKind, string?) OfPage(string url)
    {
        foreach (var (start, kind) in s_pages)
            if (url.StartsWith(start, StringComparison.Ordinal)) return (kind, $"the page is one of {start}");
        return (EntityKind.Person, null);
    }

    private static (EntityKind, string?) OfAddress(string local, string domain)
    {
        var word = local.Split('+', 2)[0];
        // Calendars of rooms, and the addresses that a mail to a list or an answer by mail goes to.
        if (domain.StartsWith("resource.calendar.", StringComparison.Ordinal))
            return (EntityKind.Room, $"the domain {domain} is one of calendar resources");
        if (domain.StartsWith("group.calendar.", StringComparison.Ordinal))
            return (EntityKind.List, $"the domain {domain} is one of shared calendars");
        if (local.EndsWith("[bot]", StringComparison.Ordinal) || s_bots.Contains(word))
            return (EntityKind.Bot, $"the address begins with {local}@");
        if (Automatic().Match(local) is { Success: true } automatic)
            return (EntityKind.Bot, $"the address has '{automatic.Value}' before the @");
        if (domain.StartsWith("reply.", StringComparison.Ordinal) || word == "reply" && local.Length > word.Length)
            return (EntityKind.Bot, "the address is one that takes answers to a program");
        if (Room().IsMatch(word)) return (EntityKind.Room, $"the address begins with {word}@, as rooms' do");
        if (ListDomain().Match(domain) is { Success: true } host)
            return (EntityKind.List, $"the domain begins with {host.Value}, as mailing lists' do");
        if (domain is "googlegroups.com" or "groups.io" or "yahoogroups.com")
            return (EntityKind.List, $"the domain {domain} is one of mailing lists");
        if (s_lists.Contains(word) || ListName().IsMatch(word))
            return (EntityKind.List, $"the address begins with {word}@, as mailing lists' do");
        return s_roles.Contains(word) || Desk().Match(word) is { Success: true } desk && s_roles.Contains(desk.Groups[1].Value)
            ? (EntityKind.Role, $"the address begins with {word}@, as shared desks' do")
            : (EntityKind.Person, null);
    }

    [GeneratedRegex(@"no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer[-_.]?daemon|(?<=^|[-_.])(notifications?|bounces?|autoreply)(?=$|[-_.+=])"
        + @"|^bounces?[-+=]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Automatic();

    [GeneratedRegex(@"^(conf|conference|meeting|board|huddle|class|seminar)[-_.]?room([-_.]?[a-z0-9]+)*$|^room[-_.]?[0-9]+[a-z]?$"
        + @"|^(resource|room)[-_.][a-z0-9.-]+$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Room();

    [GeneratedRegex(@"^(lists?|listserv|mailman|mailinglists?|newsletters?)\.", RegexOptions.CultureInvariant)]
    private static partial Regex ListDomain();

    [GeneratedRegex(@"[-_.](list|announce|discuss|discussion|newsletter|users|devel|owner|request)$", RegexOptions.CultureInvariant)]
    private static partial Regex ListName();

    /// <summary>A desk of one place or language, such as support-eu.</summary>
    [GeneratedRegex(@"^([a-z]+)[-_.][a-z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Desk();
}
