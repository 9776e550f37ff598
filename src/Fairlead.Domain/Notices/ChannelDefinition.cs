namespace Fairlead.Domain.Notices;

/// <summary>Where messages go. What is secret is a reference: <c>env:VARIABLE</c> or <c>file:PATH</c>.</summary>
public abstract record ChannelDefinition
{
    public required string Name { get; init; }

    /// <summary>Such as <c>slack</c>.</summary>
    public abstract string Kind { get; }
}
