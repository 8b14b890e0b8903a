namespace NetworkGraph.People.Habits;

/// <summary>One piece of advice for each archetype and warning: what to do next, in one sentence.</summary>
public static class Counsel
{
    private static readonly string[] s_archetypes =
    [
        "Follow up the people you have met before you meet more: a message within two days, to the few you would like to know.",
        "Before the next promotion, write to three people about what they are doing, and offer nothing.",
        "Give something to each person before you ask them again, and let a tie be answered before you ask on it.",
        "Say of people only what you would say to them; a confidence kept does more for a tie than one shared.",
        "Ask whether advice is wanted before you give it.",
        "At the next event set out to meet two people, and bring a question for them.",
        "Answer those whose request you accepted, if only with a line, or do not accept.",
        "Stay in touch while you need nothing, so that the next ask does not come out of silence.",
        "Keep introducing: ask both before you do, and hear afterwards what came of it.",
        "Keep it up: a note now and then is what holds these ties, and there may be a dormant one worth reviving.",
        "Keep giving, and ask now and then too: people who owe you would like to return something.",
    ];

    private static readonly string[] s_warnings =
    [
        "You have asked this person far more than you gave: give something before you ask again, and thank them for what they did.",
        "There is nothing but business between you: ask how they are before the next order.",
        "Nothing but reactions has passed between you: write a line about what they published.",
        "You asked or pitched before you knew each other: exchange a few messages first.",
        "Advice between you flows one way: the one who gets it can offer something back, the one who gives it can ask for it.",
        "This person keeps trying though you declined or did not answer: you owe no answer, and can block or report them.",
        "You write to many who do not know you, and they do not answer: write to few, and to each of them.",
        "You have ended several good ties in anger: talk to one of these people before you close with the next.",
        "Hardly any of those you met has been followed up: write to the last three within two days.",
        "On several ties your last contacts in a row have no answer: leave the next word to them, or try once more by another way.",
    ];

    /// <summary>For the safety role, about the one who persists.</summary>
    public const string OfPersisting = "Keeps trying to reach a person who declined or does not answer: look at what was reported, and at what else they do.";

    public static string Of(ArchetypeKind kind) => s_archetypes[(int)kind];

    public static string Of(WarningKind kind) => s_warnings[(int)kind];
}
