namespace Fairlead.Delivery.Measures;

/// <summary>How delivery went in a period.</summary>
/// <param name="Since">Inclusive; <paramref name="Until"/> is exclusive.</param>
/// <param name="Project">All environments together.</param>
/// <param name="Environments">By name; those in which something happened.</param>
/// <param name="Deployments">Newest first.</param>
/// <param name="Notes">What could not be measured, as sentences.</param>
public sealed record DeliveryReport(
    DateTimeOffset Since, DateTimeOffset Until, DeliveryMeasure Project, IReadOnlyList<DeliveryMeasure> Environments, IReadOnlyList<MeasuredDeployment> Deployments, IReadOnlyList<string> Notes);
