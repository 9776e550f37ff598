namespace Fairlead.Delivery.Measures;

/// <summary>Deployments of a day or a week.</summary>
/// <param name="From">Inclusive; <paramref name="Until"/> is exclusive.</param>
/// <param name="Failed">Those among them that failed.</param>
public sealed record DeliveryCount(DateTimeOffset From, DateTimeOffset Until, int Deployments, int Failed);
