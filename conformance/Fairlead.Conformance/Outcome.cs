namespace Fairlead.Conformance;

/// <summary>What a rule found.</summary>
public enum Outcome
{
    Pass,
    Fail,

    /// <summary>The server does not have what the rule is about.</summary>
    Skip,
}
