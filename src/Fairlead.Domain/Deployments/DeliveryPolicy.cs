namespace Fairlead.Domain.Deployments;

/// <summary>How an environment is deployed to, unless an order says otherwise.</summary>
public sealed record DeliveryPolicy
{
    public static readonly DeliveryPolicy Default = new();

    /// <summary>Disabled server groups that stay warm when nothing is said.</summary>
    public const int DefaultKeepCount = 2;

    /// <summary>Null for blue-green.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>How many disabled server groups of a service stay warm.</summary>
    public int? KeepCount { get; init; }

    /// <summary>How long a server group stays warm after it was disabled; when given, the number does not matter.</summary>
    public TimeSpan? KeepFor { get; init; }

    /// <summary>How many of a command service's instances must be in server groups that take traffic, always.</summary>
    public Amount? Guard { get; init; }

    /// <summary>Null for the usual one.</summary>
    public HealthRule? Health { get; init; }
}
