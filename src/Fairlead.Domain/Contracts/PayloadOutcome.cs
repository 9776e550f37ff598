namespace Fairlead.Domain.Contracts;

/// <summary>What became of a message that was to be read.</summary>
public enum PayloadOutcome
{
    /// <summary>The JSON was written.</summary>
    Written,

    /// <summary>The contract has no such method.</summary>
    UnknownMethod,

    /// <summary>The bytes are no message: cut off, a wrong tag, a number that is too long.</summary>
    Damaged,

    /// <summary>Messages are nested more than 100 deep.</summary>
    TooDeep,

    /// <summary>The message or its JSON is longer than the reader's limit.</summary>
    TooLarge,
}
