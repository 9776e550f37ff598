namespace Fairlead.Domain.Contracts;

/// <summary>How the reading of one message went.</summary>
/// <param name="UnknownFields">How many fields the contract does not know, or not with that encoding; they are not in the JSON.</param>
public readonly record struct PayloadReading(PayloadOutcome Outcome, int UnknownFields)
{
    public bool IsWritten => Outcome == PayloadOutcome.Written;
}
