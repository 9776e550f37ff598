namespace Fairlead.Conformance;

/// <summary>What a rule says of a server. Verdicts join with <c>&amp;&amp;</c>: the first that is no pass is the verdict, and what follows is not asked.</summary>
/// <param name="Reason">One sentence; empty for a pass.</param>
public sealed record Verdict(Outcome Outcome, string Reason)
{
    public static readonly Verdict Pass = new(Outcome.Pass, "");

    public static Verdict Fail(string reason) => new(Outcome.Fail, reason);

    public static Verdict Skip(string reason) => new(Outcome.Skip, reason);

    /// <summary>Pass when it holds, else fail with the reason.</summary>
    public static Verdict That(bool holds, string reason) => holds ? Pass : Fail(reason);

    /// <summary>Pass when both are the same, else fail with what was expected and found.</summary>
    public static Verdict Same<T>(string what, T expected, T actual) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} is '{actual}' instead of '{expected}'");

    public static bool operator true(Verdict verdict) => verdict.Outcome == Outcome.Pass;

    public static bool operator false(Verdict verdict) => verdict.Outcome != Outcome.Pass;

    public static Verdict operator &(Verdict first, Verdict second) => first.Outcome == Outcome.Pass ? second : first;
}
