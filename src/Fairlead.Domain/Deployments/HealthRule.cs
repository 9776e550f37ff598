namespace Fairlead.Domain.Deployments;

/// <summary>When a server group that takes traffic counts as well.</summary>
public sealed record HealthRule
{
    public static readonly HealthRule Default = new();

    /// <summary>Share of its answers, 0 to 1, that may be errors of the server (status 500 and up); no more than that is well.</summary>
    public double Errors { get; init; } = 0.05;

    /// <summary>How long the share is taken over, how long it may be bad before that counts, and how long a server group is watched once it has all traffic.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);
}
