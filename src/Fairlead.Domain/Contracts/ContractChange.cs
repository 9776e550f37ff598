namespace Fairlead.Domain.Contracts;

/// <summary>One change of a contract that breaks its clients.</summary>
/// <param name="Where">Full name of what changed, as it was released, such as <c>briefing.Answer.text</c>.</param>
/// <param name="Message">One sentence: what changed, why it breaks, the cure.</param>
public sealed record ContractChange(string Where, ContractRule Rule, ContractLevel Level, string Message)
{
    public override string ToString() => Message;
}
