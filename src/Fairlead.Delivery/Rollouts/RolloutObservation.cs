namespace Fairlead.Delivery.Rollouts;

/// <summary>What a rollout sees when it decides what comes next.</summary>
/// <param name="Fact">What came of the action that it asked for last; null when it asked for none, or nobody knows.</param>
/// <param name="Services">By name; one that is not there cannot be seen now.</param>
internal sealed record RolloutObservation(RolloutFact? Fact, IReadOnlyDictionary<string, ServiceSight> Services)
{
    public ServiceSight? Of(string service) => Services.GetValueOrDefault(service);
}
