namespace Fairlead.Predictions.Outcomes;

/// <summary>The key by which an outcome finds its predictions: whom they were made for.</summary>
/// <param name="Service">One that declares a key for its outcomes.</param>
/// <param name="Environment">Null for every one.</param>
/// <param name="Unit">As the requests named it; where the service's units are recorded as hashes, it is hashed alike.</param>
public sealed record OutcomeUnit(string Service, string? Environment, string Unit);
