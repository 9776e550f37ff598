namespace Fairlead.Web.Contracts;

/// <summary>Asks for steps to be run.</summary>
/// <param name="Steps">Names; empty means all.</param>
/// <param name="KeepGoing">Goes on with what does not depend on a step that failed.</param>
public sealed record RunBody(IReadOnlyList<string>? Steps, bool KeepGoing, string? User);
