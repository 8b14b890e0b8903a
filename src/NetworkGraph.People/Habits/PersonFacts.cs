namespace NetworkGraph.People.Habits;

/// <summary>What a person's habits rest on besides the sum over their dyads.</summary>
/// <param name="Attendances">Attendances in the window.</param>
/// <param name="Venues">Different venues of those.</param>
/// <param name="AsksInBursts">Asks after long silence that came in bursts.</param>
/// <param name="Introductions">Introductions made.</param>
/// <param name="IntroductionsLed">Introductions after which the two got in touch.</param>
/// <param name="ColdUnanswered">The most people with no contact before, written to within a week, of whom hardly anybody answered.</param>
public readonly record struct PersonFacts(
    int Attendances, int Venues, int AsksInBursts, int Introductions, int IntroductionsLed, int ColdUnanswered);
