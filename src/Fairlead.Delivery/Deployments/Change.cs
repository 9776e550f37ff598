using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Deployments;

/// <summary>When something changes, and who wants it.</summary>
internal readonly record struct Change(DateTimeOffset At, string User)
{
    /// <summary>Of the environment; null for the usual one.</summary>
    public DeliveryPolicy? Policy { get; init; }
}
