using Fairlead.Domain.Problems;

namespace Fairlead.Web.Contracts;

/// <summary>The body of every answer that is no success.</summary>
/// <param name="Error">One sentence: the thing, the value in quotes, the cure.</param>
/// <param name="Kind">What kind of problem it is; absent in answers of the host.</param>
public sealed record ErrorAnswer(string Error, ProblemKind? Kind = null);
