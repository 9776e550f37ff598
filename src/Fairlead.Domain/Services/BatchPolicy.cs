namespace Fairlead.Domain.Services;

/// <summary>How requests for one server group may be scored together.</summary>
/// <param name="MaxRows">Rows in one call of the model, inclusive.</param>
/// <param name="Wait">How long the first row waits for company; zero takes only what waits already.</param>
public sealed record BatchPolicy(int MaxRows, TimeSpan Wait);
