using System.Runtime.InteropServices;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Structure;

/// <summary>
/// Names communities after what their people have in common. A term (organisation, industry, tag or audience of a profile)
/// speaks for a community by share × ln(share / share of everybody): how often it is true of a member, and how much more
/// often than elsewhere, which is its part of the divergence between the two. The best two that hold for at least a
/// quarter of the members with a profile make the label; where there is none it is named after its most central member.
/// Cost: one visit of every profile.
/// </summary>
internal static class CommunityLabels
{
    private const double MinShare = 0.25;
    private const int MaxTerms = 2;

    /// <summary>Labels by community, for those with a profile (<see cref="WholeStructure.Profiles"/>).</summary>
    public static string[] Of(WholeStructure whole, ProfileStore profiles, Func<int, string> nameOf, CancellationToken cancellation)
    {
        var counts = new Dictionary<Term, int>[whole.Profiles.Length];
        for (var community = 0; community < counts.Length; community++) counts[community] = [];
        var described = new int[counts.Length];
        var everywhere = new Dictionary<Term, int>();
        var all = 0;
        for (var person = 0; person < whole.Communities.CommunityOf.Length; person++)
        {
            if ((person & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (profiles.Of(person) is not { } profile) continue;
            all++;
            var community = whole.Communities.CommunityOf[person];
            var own = community >= 0 && community < counts.Length ? counts[community] : null;
            if (own is not null) described[community]++;
            foreach (var term in TermsOf(profile))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(everywhere, term, out _)++;
                if (own is not null) CollectionsMarshal.GetValueRefOrAddDefault(own, term, out _)++;
            }
        }
        return [.. whole.Profiles.Select(profile =>
            LabelOf(counts[profile.Community], described[profile.Community], everywhere, all)
                ?? $"around {nameOf(profile.TopMembers[0])}")];
    }

    private static string? LabelOf(Dictionary<Term, int> counts, int described, Dictionary<Term, int> everywhere, int all)
    {
        var telling = new List<(Term Term, double Worth)>();
        foreach (var (term, count) in counts)
        {
            var share = (double)count / described;
            var shareOfAll = (double)everywhere[term] / all;
            // Two people with a word in common are not yet what a community is about.
            if (share < MinShare || count < 3 || share <= shareOfAll) continue;
            telling.Add((term, share * Math.Log(share / shareOfAll)));
        }
        var best = telling.OrderByDescending(t => t.Worth).ThenBy(t => t.Term.Text, StringComparer.Ordinal).ThenBy(t => t.Term.Field).Take(
            MaxTerms)
            .Select(t => t.Term.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return best.Count == 0 ? null : string.Join(" · ", best);
    }

    private static IEnumerable<Term> TermsOf(Profile profile)
    {
        if (profile.Organisation is { } organisation) yield return new Term(Field.Organisation, organisation);
        if (profile.Industry is { } industry) yield return new Term(Field.Industry, industry);
        foreach (var tag in profile.Tags.Distinct(StringComparer.Ordinal)) yield return new Term(Field.Tag, tag);
        foreach (var audience in profile.Audience.Distinct(StringComparer.Ordinal)) yield return new Term(Field.Audience, audience);
    }

    private enum Field
    {
        Organisation,
        Industry,
        Tag,
        Audience,
    }

    private readonly record struct Term(Field Field, string Text);
}
