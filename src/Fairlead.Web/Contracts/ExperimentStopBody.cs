namespace Fairlead.Web.Contracts;

/// <param name="Keep">Who gets all traffic: <c>control</c>, <c>treatment</c> when there is one only, or a server group; null means the control.</param>
public sealed record ExperimentStopBody(string? Keep, string? User);
