namespace Fairlead.Domain.Identity;

/// <summary>Which entries of the audit log are wanted; newest first.</summary>
public sealed record AuditFilter
{
    public DateTimeOffset? Since { get; init; }

    /// <summary>Exactly this name.</summary>
    public string? Who { get; init; }

    /// <summary>This action, or with a dot at its end every action that begins so: <c>user.</c>.</summary>
    public string? What { get; init; }

    /// <summary>Entries before this one, for the next page.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 100;
}
