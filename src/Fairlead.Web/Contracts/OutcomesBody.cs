namespace Fairlead.Web.Contracts;

/// <summary>What turned out to be true, for many predictions at once.</summary>
public sealed record OutcomesBody(IReadOnlyList<OutcomeBody> Outcomes);
