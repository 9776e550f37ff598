namespace Fairlead.Domain.Pipelines.Judgments;

/// <summary>What somebody chose.</summary>
/// <param name="Choice">One of the stage's choices, or <c>reject</c>.</param>
public sealed record JudgmentAnswer(string Choice, string? Comment)
{
    /// <summary>The attempt whose evidence was looked at; an answer to another one is refused. Null for whichever is asked now.</summary>
    public int? Attempt { get; init; }

    /// <summary>Id of the signed link by which it comes; each counts once.</summary>
    public string? Link { get; init; }
}
