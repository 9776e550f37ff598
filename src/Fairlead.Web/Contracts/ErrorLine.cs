using Fairlead.Domain.Problems;

namespace Fairlead.Web.Contracts;

/// <summary>The last line of a stream that failed after it had begun.</summary>
public sealed record ErrorLine(string Error, ProblemKind ProblemKind)
{
    public string Kind { get; init; } = "error";

    public ErrorAnswer ToAnswer() => new(Error, ProblemKind);
}
