using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Sources;

/// <summary>What one trigger looks at. Looked at by one at a time.</summary>
internal interface ITriggerSource
{
    /// <summary>What it looks at; with another text, it is looked at as if for the first time.</summary>
    string Source { get; }

    /// <summary>Between two looks; null for one that is only told.</summary>
    TimeSpan? Interval { get; }

    /// <summary>The next time at which it will fire, as far as that is known.</summary>
    DateTimeOffset? Next => null;

    /// <summary>Looks.</summary>
    /// <param name="cursor">How far it had seen; null at the first look, at which nothing is new.</param>
    /// <returns>Null when nothing changed.</returns>
    /// <exception cref="FairleadException">It cannot be looked at now.</exception>
    Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken);
}
