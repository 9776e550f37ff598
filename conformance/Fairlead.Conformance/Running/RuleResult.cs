namespace Fairlead.Conformance.Running;

/// <summary>A rule and what it found.</summary>
public sealed record RuleResult(IRule Rule, Verdict Verdict);
