namespace Fairlead.Transport.Tests;

/// <summary>Tests that count or bound what the whole process has run without company.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
