namespace Fairlead.Domain.Identity;

/// <summary>What is to be entered into the audit log.</summary>
public sealed record AuditDraft
{
    public required string Who { get; init; }

    /// <summary>By what way: <c>api</c>, <c>cli</c>, <c>page</c>, or <c>job</c> for the control plane itself.</summary>
    public required string Via { get; init; }

    /// <summary>What is done, such as <c>deployment.start</c>.</summary>
    public required string What { get; init; }

    /// <summary>To which thing.</summary>
    public required string Target { get; init; }

    public AuditPhase Phase { get; init; } = AuditPhase.Done;

    public string? Detail { get; init; }

    /// <summary>The number of the entry of the action that this belongs to.</summary>
    public long? Cause { get; init; }
}
