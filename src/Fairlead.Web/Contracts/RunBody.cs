namespace Fairlead.Web.Contracts;

/// <summary>Asks for steps to be run.</summary>
/// <param name="Steps">Names, or variants such as <c>train[customer=acme]</c>; empty means all.</param>
/// <param name="KeepGoing">Goes on with what does not depend on a step that failed.</param>
public sealed record RunBody(IReadOnlyList<string>? Steps, bool KeepGoing, string? User)
{
    /// <summary>False: what the steps print is not sent.</summary>
    public bool WithOutput { get; init; } = true;

    /// <summary>True: nothing is run, and the answer is one line, <c>{"forecast": …}</c>.</summary>
    public bool Dry { get; init; }
}
