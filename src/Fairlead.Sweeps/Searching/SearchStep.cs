namespace Fairlead.Sweeps.Searching;

/// <summary>What a search wants: another trial, or, without one, to know how those under way end, or nothing more.</summary>
/// <param name="IsDone">True: there will be no further trial.</param>
internal sealed record SearchStep(Proposal? Proposal, bool IsDone)
{
    /// <summary>What is next depends on trials that have not ended.</summary>
    public static readonly SearchStep Wait = new(Proposal: null, IsDone: false);

    public static readonly SearchStep Done = new(Proposal: null, IsDone: true);

    public static SearchStep Try(Proposal proposal) => new(proposal, IsDone: false);
}
